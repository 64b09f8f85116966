"""Imprint, privacy, accessibility: a headline and a text."""

from typing import Any

from django.http import HttpRequest

from home.context.layout import PageLayout
from home.i18n.language_switch import language_links
from home.models import StandardPage


def standard_context(page: StandardPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """The languages it is written in; the body is the template's own."""
    return {"available_languages": language_links(page, request.path)}, PageLayout()
