"""The page of one clip: what it says, who made it, and what one may do with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from ..blocks import body_blocks
from ..i18n import LeanStreamField
from .base import TranslatedPage
from .choices import Age, Licence


class ClipPage(TranslatedPage):
    """Headline, summary and narrative around one clip. The clip is public while this page is live."""

    headline = models.CharField(_("headline"), max_length=255, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = LeanStreamField(body_blocks(), verbose_name=_("narrative"), blank=True)
    clip = models.ForeignKey(
        "media_pipeline.Clip", verbose_name=_("clip"), null=True, blank=True, on_delete=models.PROTECT, related_name="pages"
    )
    projects = ParentalManyToManyField("home.ProjectPage", verbose_name=_("projects"), blank=True, related_name="clip_pages")
    themes = ParentalManyToManyField("home.Theme", verbose_name=_("themes"), blank=True, related_name="clip_pages")
    first_shown_on = models.DateField(_("date of the original"), null=True, blank=True)
    credits = models.TextField(_("credits"), blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.BY_SA)
    content_note = models.CharField(
        _("content note"), max_length=300, blank=True, help_text=_("What may hurt somebody who watches, in one sentence.")
    )
    age = models.PositiveSmallIntegerField(_("age recommendation"), choices=Age, default=Age.ALL)
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    translated_fields = ("headline", "summary", "body", "credits", "content_note")
    parent_page_types = ["home.CityPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("clip page")


class ClipRepost(Orderable):
    """Where and when the clip was shown again; the date of the original stays its own."""

    page = ParentalKey(ClipPage, on_delete=models.CASCADE, related_name="reposts")
    shown_on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=255)
    url = models.URLField(_("link"), blank=True)
