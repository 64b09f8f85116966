"""What the embed page shows of one clip, for a wish that can be fulfilled."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.embed_options import Wish
from exchange.public_clip import Found
from home.api import (
    CaptionTrackLink,
    CreditLine,
    EuStatement,
    LicenceTerms,
    Localized,
    PosterSource,
    caption_track_links,
    clock,
    credit_lines,
    download_url,
    eu_statements,
    frame_size,
    licence_terms,
    localized,
    permanent_url,
    playlist_url,
    poster_sources,
    spoken,
    storyboard_url,
)
from home.models import ClipPage, ProjectPage
from media_pipeline.models import Caption


@dataclass(frozen=True)
class Playing:
    """One clip in a frame. Seconds, pixels of the film; addresses without a host."""

    public_id: str
    title: Localized
    page_url: str
    playlist_url: str
    download_url: str
    storyboard_url: str
    pictures: tuple[PosterSource, ...]
    width: int
    height: int
    duration_s: float
    length: str
    length_spoken: str
    tracks: tuple[CaptionTrackLink, ...]
    credits: tuple[CreditLine, ...]
    licence: LicenceTerms
    statements: tuple[EuStatement, ...]

    @property
    def shape(self) -> str:
        """``portrait``, ``square`` or ``landscape``."""
        if self.height > self.width:
            return "portrait"
        return "square" if self.height == self.width else "landscape"

    @property
    def plain_picture(self) -> PosterSource | None:
        """The poster that every browser can show."""
        return self.pictures[-1] if self.pictures else None


def playing(found: Found, wish: Wish, captions: Iterable[Caption], projects: Iterable[ProjectPage]) -> Playing:
    """Put together what was read; asks the database for nothing."""
    page, clip = found.page, found.clip
    width, height = frame_size(clip)
    return Playing(
        public_id=clip.public_id,
        title=localized(page, "headline"),
        page_url=page.get_url() or permanent_url(clip),
        playlist_url=playlist_url(clip),
        download_url=download_url(clip),
        storyboard_url=storyboard_url(clip) if found.has_storyboard else "",
        pictures=poster_sources(clip),
        width=width,
        height=height,
        duration_s=clip.duration_s or 0.0,
        length=clock(clip.duration_s),
        length_spoken=spoken(clip.duration_s),
        tracks=caption_track_links(clip, list(captions), wish.captions),
        credits=tuple(credit_lines(localized(page, "credits"))),
        licence=licence_terms(page.licence),
        statements=eu_statements(projects),
    )


def projects_of(page: ClipPage) -> list[ProjectPage]:
    """Projects of the page with their programmes, in one query."""
    projects = ProjectPage.objects.filter(clip_pages=page.pk)
    return list(projects.for_reading(None, "headline").select_related("programme"))
