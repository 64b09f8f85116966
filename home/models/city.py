"""Cities: who they are, whom to ask, and everything they have made, in their own part of the tree."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection, Orderable

from home.i18n.fields import content_languages
from home.i18n.territories import validate_country

from ..forms.city import CityPageForm
from ..panels import TranslatedInlinePanel, page_tabs
from .base import IllustratedPage, IndexPage
from .choices import Accent


def validate_languages(codes: object) -> None:
    """Refuse anything but a list of codes of content languages."""
    if not isinstance(codes, list) or not set(codes) <= set(content_languages()):
        raise ValidationError(_("Choose from this site’s languages."), code="languages")


def _degrees_field(name: Any, most: int) -> models.DecimalField:
    limits = [MinValueValidator(-most), MaxValueValidator(most)]
    return models.DecimalField(name, max_digits=8, decimal_places=5, null=True, blank=True, validators=limits)


class CityIndexPage(IndexPage):
    """All cities, on the map and as a list."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.CityPage"]
    max_count = 1
    edit_handler = page_tabs(IndexPage.translated_fields, shared=[], heading=_("Cities"))

    class Meta:
        verbose_name = _("city index")


class CityPage(IllustratedPage):
    """One city or region. ``languages`` is a list of language codes spoken there, ``country`` an ISO 3166 code.

    ``collection`` holds the clips, images and documents of the city. It is made with the page, whatever makes the page.
    """

    headline = models.CharField(_("name of the city"), max_length=255, blank=True)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    languages = models.JSONField(_("languages of the city"), default=list, blank=True, validators=[validate_languages])
    latitude = _degrees_field(_("latitude"), 90)
    longitude = _degrees_field(_("longitude"), 180)
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent, default=Accent.CORAL)
    intro = models.TextField(_("introduction"), blank=True)
    # Translators: "history" of the city in the project.
    history = RichTextField(_("history"), blank=True)
    service_notice = models.CharField(_("service notice"), max_length=400, blank=True)
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, editable=False, related_name="city")

    translated_fields = ("headline", "intro", "history", "service_notice", "body")
    parent_page_types = ["home.CityIndexPage"]
    subpage_types = ["home.ClipPage", "home.StoryPage", "home.NewsIndexPage", "home.NewsPage", "home.StandardPage"]
    # A copy is another city.
    exclude_fields_in_copy = ["collection"]
    base_form_class = CityPageForm
    edit_handler = page_tabs(
        translated_fields,
        shared=[
            "country",
            "languages",
            FieldRowPanel(["latitude", "longitude"], heading=_("Location on the map")),
            "accent",
            "picture",
            TranslatedInlinePanel("contacts", heading=_("Contacts"), label=_("contact"), panels=["person"]),
        ],
        heading=_("City"),
    )

    class Meta:
        verbose_name = _("city page")

    @transaction.atomic
    def save(self, *args, **kwargs):
        if self.collection_id is None:
            name = self.original_text("headline") or self.title
            self.collection = Collection.get_first_root_node().add_child(name=name[:255])
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        # What the city owns is no part of a version: versions from before it had a collection must open, too.
        return super().with_content_json({**content, "collection": self.collection_id})


class CityContact(Orderable):
    """A person the city names."""

    page = ParentalKey(CityPage, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey("home.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="+")
