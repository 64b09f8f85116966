"""The start page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..panels import page_tabs
from .base import TranslatedPage


class HomePage(TranslatedPage):
    """One featured clip, one sentence on what this is, and two doors: for teachers and for youth workers."""

    lead = models.TextField(_("introduction"), blank=True)
    notice = models.CharField(
        # Translators: a banner above every page of the site.
        _("notice"),
        max_length=400,
        blank=True,
        help_text=_("Shown as a banner on every page, for example “This is a demo.”"),
    )
    teachers_headline = models.CharField(_("headline of the section for teachers"), max_length=120, blank=True)
    teachers_text = models.TextField(_("text of the section for teachers"), blank=True)
    upload_headline = models.CharField(_("headline of the section for youth workers"), max_length=120, blank=True)
    upload_text = models.TextField(_("text of the section for youth workers"), blank=True)
    featured = models.ForeignKey(
        "home.ClipPage",
        verbose_name=_("featured clip"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    translated_fields = (
        "headline", "lead", "notice", "teachers_headline", "teachers_text", "upload_headline", "upload_text",
    )  # fmt: skip
    parent_page_types = [Page]
    max_count = 1
    edit_handler = page_tabs(translated_fields, shared=["featured"], heading=_("Home page"))

    class Meta:
        verbose_name = _("home page")
