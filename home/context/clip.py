"""One clip: to play, to read along, to know where it comes from and what one may do with it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home import links, page_slots
from home.context.card import clip_cards, newest_clips
from home.context.city_map import city_entry, city_of
from home.context.layout import PageLayout
from home.context.player import Player, player_of
from home.context.poster import poster_of
from home.context.project import page_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.language_switch import language_links
from home.i18n.languages import current_language, language_name
from home.models import ClipPage
from home.models.choices import Licence
from media_pipeline import api

MAX_RELATED_CLIPS = 6


@dataclass(frozen=True)
class CreditLine:
    """Who did what; the role is empty where the text names people only. Its language is that of the whole line."""

    role: LocalizedText
    name: str


@dataclass(frozen=True)
class DownloadLink:
    """A download; ``bytes`` is None where the file is written for the request."""

    label: str
    url: str
    bytes: int | None


@dataclass(frozen=True)
class ClipSlotContext:
    """What a clip's page tells the apps that add to it. ``player`` is None in the preview of a page without a clip."""

    request: HttpRequest
    page: ClipPage
    player: Player | None
    licence: Licence

    @property
    def is_preview(self) -> bool:
        """Whether an editor looks at a draft."""
        return bool(getattr(self.request, "is_preview", False))


CLIP_HEAD = page_slots.declare_slot("clip.head", ClipSlotContext)
CLIP_ACTIONS = page_slots.declare_slot("clip.actions", ClipSlotContext)


def clip_context(page: ClipPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Everything about one clip. The player is None only in the preview of a page that has no clip yet."""
    city, projects, clip = city_of(page), page_projects(page, request), page.clip
    summary = localized_text(page, "summary")
    player, terms = player_of(page, with_transcript=True), Licence(page.licence)
    # Clips on the same themes, of other cities.
    themes = list(page.themes.all())
    related = newest_clips(request).filter(themes__in=[theme.pk for theme in themes]).distinct().exclude(pk=page.pk)
    related = related.not_descendant_of(city) if city else related
    return {
        "player": player,
        "summary": summary,
        "original_headline": localized_text(page, "headline", page.original_language),
        "available_languages": language_links(page, request.path),
        "city": city_entry(city, request) if city else None,
        "projects": projects,
        "themes": themes,
        "credits": credit_lines(localized_text(page, "credits")),
        "licence": terms,
        "content_note": localized_text(page, "content_note"),
        "related": clip_cards(related[:MAX_RELATED_CLIPS], request),
        "permanent_url": links.base_url(request) + links.permanent_url(clip) if clip else "",
        "downloads": _downloads(page),
        "is_demo": bool(page.demo_key or (clip and clip.demo_key)),
        "slot_context": ClipSlotContext(request, page, player, terms),
    }, PageLayout(
        accent=city.accent if city else "",
        description=summary,
        image_url=poster_of(clip).url if clip else "",
        eu_statements=eu_statements(projects),
    )


def credit_lines(text: LocalizedText) -> list[CreditLine]:
    """A credit per line, written as ``Role: name`` or as a name alone."""
    found = []
    for line in filter(None, map(str.strip, str(text).splitlines())):
        role, colon, name = (part.strip() for part in line.partition(":"))
        role, name = (role, name) if colon and name else ("", line)
        found.append(CreditLine(LocalizedText(role, text.lang, text.wanted), name))
    return found


def _downloads(page: ClipPage) -> list[DownloadLink]:
    """The MP4 and every caption track, once the clip plays and as long as its licence allows downloads."""
    clip = page.clip
    if clip is None or not clip.is_playable or not Licence(page.licence).allows_download:
        return []
    save = f"?save&lang={current_language()}"
    found = [DownloadLink(_("Video (MP4)"), links.download_url(clip) + save, clip.package.download_bytes)]
    for caption in clip.captions.defer("cues"):
        for caption_format in api.CAPTION_FORMATS:
            extension = caption_format.extension
            names = {"language": language_name(caption.language), "format": extension.upper()}
            # Translators: language is a name in your language, format is e.g. "VTT".
            label = _("Captions in %(language)s (%(format)s)") % names
            found.append(DownloadLink(label, links.captions_url(clip, caption, extension) + save, None))
    return found
