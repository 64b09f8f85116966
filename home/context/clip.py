"""One clip: to play, to read along, to know where it comes from and what one may do with it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home import links, page_slots
from home.context.card import clip_cards, parent_path, theme_label
from home.context.city_map import city_entry, city_of
from home.context.featured import (
    meta_description,
    newest_clips,
    original_text,
    page_projects,
    project_links,
    text_languages,
)
from home.context.layout import PageLayout
from home.context.licence import LicenceTerms, licence_terms
from home.context.player import Player, player_of
from home.context.poster import poster_of
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language, language_name
from home.models import CityPage, ClipPage, Theme
from home.models.choices import Licence
from media_pipeline import api

MAX_RELATED_CLIPS = 6


@dataclass(frozen=True)
class Repost:
    """Where and when it was shown again."""

    date: datetime.date
    source_label: str
    url: str


@dataclass(frozen=True)
class CreditLine:
    """Who did what; the role is empty where the text names people only. Its language is that of the whole line."""

    role: LocalizedText
    name: str


@dataclass(frozen=True)
class DownloadLink:
    """A download. ``kind`` is video or captions; ``bytes`` is None where the file is written for the request."""

    label: str
    url: str
    bytes: int | None
    kind: str
    language: str


@dataclass(frozen=True)
class ClipSlotContext:
    """What a clip's page tells the apps that add to it. ``player`` is None in the preview of a page without a clip."""

    request: HttpRequest
    page: ClipPage
    player: Player | None
    licence: LicenceTerms

    @property
    def is_preview(self) -> bool:
        """Whether an editor looks at a draft."""
        return bool(getattr(self.request, "is_preview", False))


CLIP_HEAD = page_slots.declare_slot("clip.head", ClipSlotContext)
CLIP_ACTIONS = page_slots.declare_slot("clip.actions", ClipSlotContext)


def clip_context(page: ClipPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Everything about one clip. The player is None only in the preview of a page that has no clip yet."""
    city, projects, clip = city_of(page), page_projects(page), page.clip
    themes = list(page.themes.all())
    player, terms = player_of(page, with_transcript=True), licence_terms(page.licence)
    return {
        "player": player,
        "headline": localized_text(page, "headline"),
        "summary": localized_text(page, "summary"),
        "original_headline": original_text(page, "headline"),
        "available_languages": text_languages(page, request),
        "city": city_entry(city, request),
        "project_list": project_links(projects, request),
        "themes": [theme_label(theme) for theme in themes],
        "first_shown": page.first_shown_on,
        "reposts": [Repost(repost.shown_on, repost.source, repost.url) for repost in page.reposts.all()],
        "credits": credit_lines(localized_text(page, "credits")),
        "licence": terms,
        "content_note": localized_text(page, "content_note"),
        "age_recommendation": page.age or None,
        "related": clip_cards(_related(page, city, themes)[:MAX_RELATED_CLIPS], request),
        "permanent_url": links.base_url(request) + links.permanent_url(clip) if clip else "",
        "downloads": _downloads(page, request),
        "is_demo": bool(page.demo_key or (clip and clip.demo_key)),
        "slot_context": ClipSlotContext(request, page, player, terms),
    }, PageLayout(
        accent=city.accent if city else "",
        description=meta_description(localized_text(page, "summary")),
        image_url=poster_of(clip).url if clip else "",
        eu_statements=eu_statements(projects),
    )


def credit_lines(text: LocalizedText) -> list[CreditLine]:
    """A credit per line, written as ``Role: name`` or as a name alone."""
    found = []
    for line in str(text).splitlines():
        role, colon, name = line.partition(":")
        if colon and name.strip():
            found.append(CreditLine(LocalizedText(role.strip(), text.lang, text.wanted), name.strip()))
        elif line.strip():
            found.append(CreditLine(LocalizedText("", text.lang, text.wanted), line.strip()))
    return found


def _related(page: ClipPage, city: CityPage | None, themes: list[Theme]) -> Any:
    """Clips on the same themes, of other cities."""
    same = newest_clips().filter(themes__in=[theme.pk for theme in themes]).distinct()
    away = same.exclude(pk=page.pk) if page.pk else same
    return away.not_descendant_of(city) if city else away.exclude(path__startswith=parent_path(page))


def _downloads(page: ClipPage, request: HttpRequest) -> list[DownloadLink]:
    """The MP4 and every caption track, once the clip plays and as long as its licence allows downloads."""
    clip = page.clip
    if clip is None or not clip.is_playable or not Licence(page.licence).allows_download:
        return []
    save = f"?save&lang={current_language()}"
    video = links.download_url(clip) + save
    found = [DownloadLink(_("Video (MP4)"), video, clip.package.download_bytes, "video", clip.spoken_language)]
    for caption in clip.captions.defer("cues"):
        for caption_format in api.CAPTION_FORMATS:
            label = _("Captions in %(language)s (%(format)s)") % {
                "language": language_name(caption.language),
                "format": caption_format.extension.upper(),
            }
            url = links.captions_url(clip, caption, caption_format.extension) + save
            found.append(DownloadLink(label, url, None, "captions", caption.language))
    return found
