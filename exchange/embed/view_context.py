"""What the embed page shows of one clip."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.embed_options import EmbedOptions
from exchange.public_clip import PublicClip
from home.api import (
    CaptionTrackLink,
    CreditLine,
    EuStatement,
    LocalizedText,
    PosterSource,
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
from home.models import ClipPage, Licence, ProjectPage
from media_pipeline.models import Caption


@dataclass(frozen=True)
class EmbedContext:
    """One clip in a frame. Seconds, pixels of the video; addresses without a host."""

    public_id: str
    title: LocalizedText
    page_url: str
    playlist_url: str
    download_url: str
    storyboard_url: str
    posters: tuple[PosterSource, ...]
    width: int
    height: int
    duration_s: float
    duration: str
    duration_spoken: str
    tracks: tuple[CaptionTrackLink, ...]
    credits: tuple[CreditLine, ...]
    licence: Licence
    statements: tuple[EuStatement, ...]

    @property
    def shape(self) -> str:
        """``portrait``, ``square`` or ``landscape``."""
        if self.height > self.width:
            return "portrait"
        return "square" if self.height == self.width else "landscape"

    @property
    def fallback_poster(self) -> PosterSource | None:
        """The poster that every browser can show."""
        return self.posters[-1] if self.posters else None


def embed_context(
    public_clip: PublicClip, options: EmbedOptions, captions: Iterable[Caption], projects: Iterable[ProjectPage]
) -> EmbedContext:
    """Build the context from what was read; no query."""
    page, clip = public_clip.page, public_clip.clip
    width, height = frame_size(clip)
    return EmbedContext(
        public_id=clip.public_id,
        title=localized_text(page, "headline"),
        page_url=page.get_url() or permanent_url(clip),
        playlist_url=playlist_url(clip),
        download_url=download_url(clip),
        storyboard_url=storyboard_url(clip) if public_clip.has_storyboard else "",
        posters=poster_sources(clip),
        width=width,
        height=height,
        duration_s=clip.duration_s or 0.0,
        duration=format_clock(clip.duration_s),
        duration_spoken=spoken_duration(clip.duration_s),
        tracks=caption_track_links(clip, list(captions), options.captions),
        credits=tuple(credit_lines(localized_text(page, "credits"))),
        licence=Licence(page.licence),
        statements=eu_statements(projects),
    )


def projects_with_programme(page: ClipPage) -> list[ProjectPage]:
    """Projects of the page with their programmes, in one query."""
    projects = ProjectPage.objects.filter(clip_pages=page.pk)
    return list(projects.for_reading(None, "headline").select_related("programme"))
