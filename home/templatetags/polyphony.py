"""Tags and filters of the public templates: text with its language, names of languages, lengths of time, dates."""

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.access.visibility import listed_clip_pages
from home.context.card import Card, cards
from home.context.player import Player, player
from home.i18n import date_ranges, durations, languages
from home.i18n.fields import Localized
from home.i18n.fields import localized as find_localized
from home.images.renditions import Shown
from home.images.renditions import picture as show_picture
from home.models import ClipPage, Picture

register = template.Library()


@register.simple_tag
def localized(obj: Any, field: str) -> Localized:
    """``{% localized page "headline" as t %}``: the best text for the reader, with the language it is really in."""
    return find_localized(obj, field)


@register.filter
def lang_attrs(text: Localized) -> SafeString:
    """`` lang="ca" dir="ltr"`` for a text in another language than the page, else nothing."""
    if not isinstance(text, Localized) or not text.is_fallback:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', text.lang, text.dir)


@register.filter
def in_its_language(text: Localized) -> SafeString:
    """The text as a part of a sentence in the page's language; a text in another one says so."""
    if not text.is_fallback:
        return format_html("{}", text)
    return format_html("<span{}>{}</span>", lang_attrs(text), text)


@register.filter
def language_name(code: str) -> str:
    """The language's name in itself."""
    return languages.own_name(code)


@register.filter
def language_name_here(code: str) -> str:
    """The language's name in the page's language."""
    return languages.name_here(code)


@register.filter
def language_dir(code: str) -> str:
    """``rtl`` or ``ltr``."""
    return languages.direction(code)


@register.simple_tag
def first_fonts() -> list[str]:
    """Font files that a page in its language shows first, as static files."""
    return [f"home/dist/fonts/{name}.woff2" for name in settings.LANGUAGE_FONTS[languages.current_language()]]


@register.filter
def country_name(code: str) -> str:
    """A country's name in the page's language, from its ISO 3166 code."""
    return languages.country_here(code)


register.filter("duration", durations.clock)
register.filter("duration_iso", durations.iso)
register.filter("duration_spoken", durations.spoken)
register.filter("timecode", durations.timecode)


@register.filter
def date_known(day: datetime.date | None, precision: str = "day") -> str:
    """A date as exactly as it is known: ``{{ project.start|date_known:page.period_note }}``."""
    return date_ranges.in_words(day, precision)


@register.simple_tag(takes_context=True)
def clip_card(context: template.Context, page: Page | None) -> Card | None:
    """``{% clip_card value as card %}``: a clip within a text; None when the public may not see it."""
    found = _listed(page)
    return cards([found], context.get("request"))[0] if found else None


@register.simple_tag
def clip_player(page: Page | None) -> Player | None:
    """``{% clip_player value as player %}``: the player of a clip within a text."""
    found = _listed(page)
    return player(found) if found else None


@register.simple_tag
def picture_of(image: Picture | None) -> Shown | None:
    """``{% picture_of value.picture as picture %}``: an editor's picture with sizes and credit."""
    return show_picture(image)


def _listed(page: Page | None) -> ClipPage | None:
    if page is None:
        return None
    wanted = listed_clip_pages().filter(pk=page.pk).for_reading(None, "headline")
    return wanted.select_related("clip__package", "clip__poster__package").first()
