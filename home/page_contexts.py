"""Which function makes the context of which page model's template. ``home.context`` registers them at start."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

ContextBuilder = Callable[[Any, HttpRequest], dict[str, Any]]

_builders: dict[type[Page], ContextBuilder] = {}


def register_page_context(model: type[Page], build: ContextBuilder) -> None:
    """Let ``build(page, request)`` make what the templates of ``model`` read besides ``page`` and ``self``."""
    _builders[model] = build


def build_page_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """All a page's template reads. Raises KeyError for a model that nobody registered."""
    return _builders[type(page)](page, request)
