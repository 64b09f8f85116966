"""Pages every site needs: imprint, privacy, accessibility."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..panels import page_tabs
from .base import ContentPage


class StandardPage(ContentPage):
    """A headline and a text; ``footer`` puts it into the footer of every page."""

    footer = models.BooleanField(_("show link in the footer"), default=False)

    translated_fields = ("headline", "body")
    subpage_types = []
    edit_handler = page_tabs(translated_fields, shared=["footer"], heading=_("Page"))

    class Meta:
        verbose_name = _("standard page")
