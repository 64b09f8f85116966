"""One clip: to play, to read along, to know where it comes from and what one may do with it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home import links, page_slots
from home.context.body import PageBody
from home.context.card import newest_clips, read_clips
from home.context.city_map import city_entry
from home.context.layout import PageLayout
from home.context.player import Player, player_of
from home.context.poster import poster_of
from home.context.project import keys_of, page_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.language_switch import language_links
from home.i18n.languages import current_language, language_name
from home.images.renditions import read_renditions
from home.models import ClipPage
from home.models.choices import Licence
from media_pipeline import api
from media_pipeline.models import Caption

MAX_RELATED_CLIPS = 6


def is_preview(request: HttpRequest) -> bool:
    """Whether an editor looks at a page as it would be, which is not what the database has."""
    return bool(getattr(request, "is_preview", False))


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
        return is_preview(self.request)


CLIP_HEAD = page_slots.declare_slot("clip.head", ClipSlotContext)
CLIP_ACTIONS = page_slots.declare_slot("clip.actions", ClipSlotContext)


def clip_context(page: ClipPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Everything about one clip. The player is None only in the preview of a page that has no clip yet."""
    projects, clip, body = page_projects(page, request), page.clip, PageBody(page)
    tracks = list(clip.captions.all()) if clip else []
    summary, terms = localized_text(page, "summary"), Licence(page.licence)
    clips = read_clips(
        request,
        beside=page,
        own=[] if is_preview(request) else [page.pk],
        related=_related_clips(page, request),
        in_body=body.clip_keys,
    )
    own = next(iter(clips["own"]), None)
    player = player_of(own.page if own else page, tracks, with_transcript=True)
    city = clips.cities.get(page.path)
    read_renditions(body.pictures)
    return {
        "player": player,
        "summary": summary,
        "body": body.parts(clips["in_body"], body.read_texts(request)),
        "original_headline": localized_text(page, "headline", page.original_language),
        "available_languages": language_links(page, request.path),
        "city": city_entry(city, request) if city else None,
        "projects": projects,
        "themes": own.card.themes if own else page.themes.all(),
        "credits": credit_lines(localized_text(page, "credits")),
        "licence": terms,
        "content_note": localized_text(page, "content_note"),
        "related": clips.cards("related"),
        "permanent_url": links.base_url(request) + links.permanent_url(clip) if clip else "",
        "downloads": _downloads(page, tracks),
        "is_demo": bool(page.demo_key or (clip and clip.demo_key)),
        "slot_context": ClipSlotContext(request, page, player, terms),
    }, PageLayout(
        accent=city.accent if city else "",
        description=summary,
        image_url=poster_of(clip).url if clip else "",
        eu_statements=eu_statements(projects),
    )


def _related_clips(page: ClipPage, request: HttpRequest) -> QuerySet[ClipPage]:
    """Clips on the same themes, of other cities."""
    related = newest_clips(request).filter(themes__in=keys_of(page.themes)).distinct().exclude(pk=page.pk)
    beside = related.exclude(path__startswith=page.path[: -page.steplen]) if page.path else related
    return beside[:MAX_RELATED_CLIPS]


def credit_lines(text: LocalizedText) -> list[CreditLine]:
    """A credit per line, written as ``Role: name`` or as a name alone."""
    found = []
    for line in filter(None, map(str.strip, str(text).splitlines())):
        role, colon, name = (part.strip() for part in line.partition(":"))
        role, name = (role, name) if colon and name else ("", line)
        found.append(CreditLine(LocalizedText(role, text.lang, text.wanted), name))
    return found


def _downloads(page: ClipPage, tracks: list[Caption]) -> list[DownloadLink]:
    """The MP4 and every caption track, once the clip plays and as long as its licence allows downloads."""
    clip = page.clip
    if clip is None or not clip.is_playable or not Licence(page.licence).allows_download:
        return []
    save = f"?save&lang={current_language()}"
    found = [DownloadLink(_("Video (MP4)"), links.download_url(clip) + save, clip.package.download_bytes)]
    for caption in tracks:
        for caption_format in api.DOWNLOAD_FORMATS:
            extension = caption_format.extension
            names = {"language": language_name(caption.language), "format": extension.upper()}
            # Translators: language is a name in your language, format is e.g. "VTT".
            label = _("Captions in %(language)s (%(format)s)") % names
            found.append(DownloadLink(label, links.captions_url(clip, caption, extension) + save, None))
    return found
