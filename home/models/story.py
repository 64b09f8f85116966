"""Long-form narratives."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from home.i18n.fields import TranslatedStreamField

from ..blocks import body_blocks
from ..panels import CHECKBOXES, page_tabs
from .base import IllustratedPage


class StoryPage(IllustratedPage):
    """A story told at length with clips, quotes and pictures."""

    summary = models.TextField(_("summary"), blank=True)
    body = TranslatedStreamField(body_blocks(), verbose_name=_("story"), blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    told_on = models.DateField(_("date"), null=True, blank=True)
    projects = ParentalManyToManyField(
        "home.ProjectPage", verbose_name=_("projects"), blank=True, related_name="story_pages"
    )
    themes = ParentalManyToManyField("home.Theme", verbose_name=_("themes"), blank=True, related_name="story_pages")

    translated_fields = ("headline", "summary", "body")
    parent_page_types = ["home.CityPage"]
    subpage_types = []
    edit_handler = page_tabs(
        translated_fields,
        shared=[
            "author",
            "told_on",
            "picture",
            FieldPanel("projects", widget=CHECKBOXES),
            FieldPanel("themes", widget=CHECKBOXES),
        ],
        heading=_("Story"),
    )

    class Meta:
        verbose_name = _("story page")
