"""Pages every site needs: imprint, privacy, accessibility."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.i18n.fields import TranslatedStreamField

from ..blocks import body_blocks
from ..panels import page_tabs
from .base import TranslatedPage


class StandardPage(TranslatedPage):
    """A headline and a text; ``footer`` puts it into the footer of every page."""

    headline = models.CharField(_("headline"), max_length=255, blank=True)
    body = TranslatedStreamField(body_blocks(), verbose_name=_("main text"), blank=True)
    footer = models.BooleanField(_("show link in the footer"), default=False)
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    translated_fields = ("headline", "body")
    subpage_types = []
    edit_handler = page_tabs(translated_fields, shared=["footer"], heading=_("Page"))

    class Meta:
        verbose_name = _("standard page")
