"""Imprint, privacy, accessibility: a headline and a text."""

from typing import Any

from django.http import HttpRequest

from home.context.body import PageBody
from home.context.card import read_clips
from home.context.layout import PageLayout
from home.i18n.language_switch import language_links
from home.images.renditions import read_renditions
from home.models import StandardPage


def standard_context(page: StandardPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """The text and the languages it is written in."""
    body = PageBody(page)
    clips = read_clips(request, in_body=body.clip_keys)
    read_renditions(body.pictures)
    return {
        "body": body.parts(clips["in_body"], body.read_texts(request)),
        "available_languages": language_links(page, request.path),
    }, PageLayout()
