"""What the embed page shows of one clip."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.embed_options import EmbedOptions
from exchange.links import FrameSize
from exchange.public_clip import PublicClip
from home.api import (
    caption_track_links,
    credit_lines,
    download_url,
    eu_statements,
    format_clock,
    frame_size,
    localized_text,
    permanent_url,
    playlist_url,
    poster_sources,
    spoken_duration,
    storyboard_url,
)
from home.models import Licence, ProjectPage
from media_pipeline.models import Caption


def embed_context(
    public_clip: PublicClip, options: EmbedOptions, captions: Iterable[Caption], projects: Iterable[ProjectPage]
) -> dict[str, Any]:
    """One clip in a frame: seconds, pixels of the video, addresses without a host. No query."""
    page, clip = public_clip.page, public_clip.clip
    posters, size = poster_sources(clip), FrameSize(*frame_size(clip))
    return {
        "public_id": clip.public_id,
        "title": localized_text(page, "headline"),
        "page_url": page.get_url() or permanent_url(clip),
        "playlist_url": playlist_url(clip),
        "download_url": download_url(clip),
        "storyboard_url": storyboard_url(clip) if public_clip.has_storyboard else "",
        "posters": posters,
        "fallback_poster": posters[-1] if posters else None,  # what every browser can show
        "width": size.width,
        "height": size.height,
        "shape": size.shape,
        "duration_s": clip.duration_s or 0.0,
        "duration": format_clock(clip.duration_s),
        "duration_spoken": spoken_duration(clip.duration_s),
        "tracks": caption_track_links(clip, list(captions), options.captions),
        "credits": credit_lines(localized_text(page, "credits")),
        "licence_line": _licence_line(page.licence),
        "statements": eu_statements(projects),
    }


def _licence_line(code: str) -> SafeString:
    licence, linked = Licence(code), '<a href="{}" target="_blank" rel="license noopener">{}</a>'
    name = format_html(linked, licence.url, licence.label) if licence.url else licence.label
    return format_html(_("Licence: {licence}"), licence=name)


def projects_with_programme(public_clip: PublicClip) -> list[ProjectPage]:
    """Projects of the clip that the visitor may see, with their programmes, in one query."""
    projects = public_clip.access.visible(ProjectPage.objects.filter(clip_pages=public_clip.page.pk))
    return list(projects.for_reading(None, "headline").select_related("programme"))
