"""The page of one clip: what it says, who made it, and what one may do with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from home.i18n.fields import TranslatedStreamField

from ..blocks import body_blocks
from ..clip_permissions import ClipPagePermissionTester
from ..forms.clip import ClipPageForm
from ..panels import CHECKBOXES, TranslatedInlinePanel, WarningPanel, page_tabs
from .base import ContentPage
from .choices import Age, Licence
from .licences import clip_page_warnings


class ClipPage(ContentPage):
    """Headline, summary and narrative around one clip. The clip is public while this page is live."""

    summary = models.TextField(_("summary"), blank=True)
    body = TranslatedStreamField(body_blocks(), verbose_name=_("story behind the clip"), blank=True)
    clip = models.ForeignKey(
        "media_pipeline.Clip",
        verbose_name=_("clip"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    projects = ParentalManyToManyField(
        "home.ProjectPage", verbose_name=_("projects"), blank=True, related_name="clip_pages"
    )
    themes = ParentalManyToManyField("home.Theme", verbose_name=_("themes"), blank=True, related_name="clip_pages")
    first_shown_on = models.DateField(_("first shown on"), null=True, blank=True)
    # Translators: "credits" are the people who made a clip or are in it.
    credits = models.TextField(_("credits"), blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.BY_SA)
    content_note = models.CharField(
        _("content note"),
        max_length=300,
        blank=True,
        help_text=_("What viewers should know before watching, in one sentence."),
    )
    age = models.PositiveSmallIntegerField(_("recommended age"), choices=Age, default=Age.ALL)

    translated_fields = ("headline", "summary", "body", "credits", "content_note")
    parent_page_types = ["home.CityPage"]
    subpage_types = []
    read_for_serving = ("clip__package", "clip__poster__package")
    # A copy is another page, and a clip has one.
    exclude_fields_in_copy = ["clip"]
    base_form_class = ClipPageForm
    edit_handler = page_tabs(
        translated_fields,
        shared=[
            WarningPanel(clip_page_warnings, heading=_("Licence")),
            "clip",
            FieldPanel("projects", widget=CHECKBOXES),
            FieldPanel("themes", widget=CHECKBOXES),
            "first_shown_on",
            TranslatedInlinePanel(
                "reposts", heading=_("Shown again"), label=_("repost"), panels=["shown_on", "source", "url"]
            ),
            "licence",
            "age",
        ],
        heading=_("Clip"),
    )

    class Meta:
        verbose_name = _("clip page")
        constraints = [
            models.UniqueConstraint(
                fields=["clip"],
                name="one_page_per_clip",
                violation_error_message=_("This clip already has a page."),
            )
        ]

    def permissions_for_user(self, user):
        return ClipPagePermissionTester(user, self)

    @classmethod
    def from_serializable_data(cls, data, *args, **kwargs):
        # A clip may be deleted once no page shows it; old versions of pages that did must still open.
        clips = cls._meta.get_field("clip").related_model.objects
        if data.get("clip") is not None and not clips.filter(pk=data["clip"]).exists():
            data = {**data, "clip": None}
        return super().from_serializable_data(data, *args, **kwargs)


class ClipRepost(Orderable):
    """Where and when the clip was shown again; the date of the original stays its own."""

    page = ParentalKey(ClipPage, on_delete=models.CASCADE, related_name="reposts")
    shown_on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=255)
    url = models.URLField(_("link"), blank=True)
