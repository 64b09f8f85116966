"""Imprint, privacy, accessibility: a headline and a text."""

from typing import Any

from django.http import HttpRequest

from home.context.featured import text_languages
from home.context.layout import PageLayout
from home.i18n.fields import localized_text
from home.models import StandardPage


def standard_context(page: StandardPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """The headline; the body is the template's own."""
    return {
        "headline": localized_text(page, "headline"),
        "available_languages": text_languages(page, request),
    }, PageLayout()
