"""Dated news of a city, newest first."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from ..panels import TranslatedInlinePanel, page_tabs, text_in_each_language
from .base import IllustratedPage, IndexPage
from .saved_in_original import SaveInOriginalLanguage


class NewsIndexPage(IndexPage):
    """All news: of the archive below the start page, of a city below the city."""

    parent_page_types = ["home.HomePage", "home.CityPage"]
    subpage_types = ["home.NewsPage"]
    edit_handler = page_tabs(IndexPage.translated_fields, shared=[], heading=_("News"))

    class Meta:
        verbose_name = _("news index")


class NewsPage(IllustratedPage):
    """One piece of news with its own date, a teaser and, where there is one, picture, video and documents."""

    # Translators: a "teaser" is a short text that makes people want to read on.
    teaser = models.TextField(_("teaser"), blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    video = models.ForeignKey(
        "home.ClipPage", verbose_name=_("clip"), null=True, blank=True, on_delete=models.SET_NULL, related_name="news"
    )

    translated_fields = ("headline", "teaser", "body")
    parent_page_types = ["home.CityPage", "home.NewsIndexPage"]
    subpage_types = []
    edit_handler = page_tabs(
        translated_fields,
        shared=[
            "date",
            "picture",
            "video",
            TranslatedInlinePanel(
                "documents",
                heading=_("Documents"),
                label=_("document"),
                panels=[FieldPanel("document"), text_in_each_language("label", _("Link text"))],
            ),
        ],
        heading=_("News"),
    )

    class Meta:
        verbose_name = _("news page")


class NewsDocument(SaveInOriginalLanguage, Orderable):
    """A document to download with a piece of news. Its label's original language is the page's."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    label = models.CharField(_("link text"), max_length=200, blank=True)

    @property
    def original_language(self) -> str:
        return self.page.original_language if self.page_id else settings.LANGUAGE_CODE
