"""What the embed page shows of one clip, for a wish that can be fulfilled."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.embed_options import Wish
from exchange.public_clip import Found
from home import links
from home.context.clip import CreditLine, credit_lines
from home.context.licence import LicenceTerms, licence_terms
from home.context.player import CaptionTrackLink, caption_track_links
from home.context.poster import NO_POSTER, middle_width
from home.context.project_statements import EuStatement, eu_statements
from home.i18n import durations
from home.i18n.fields import Localized, localized
from home.models import ClipPage, ProjectPage
from media_pipeline.models import Caption, Clip

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Picture:
    """A poster in one format: ``srcset`` of all widths, ``url`` of a middle one."""

    type: str
    srcset: str
    url: str


@dataclass(frozen=True)
class Playing:
    """One clip in a frame. Seconds, pixels of the film; addresses without a host."""

    public_id: str
    title: Localized
    page_url: str
    playlist_url: str
    download_url: str
    storyboard_url: str
    pictures: tuple[Picture, ...]
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
    def plain_picture(self) -> Picture | None:
        """The poster that every browser can show."""
        return self.pictures[-1] if self.pictures else None


def playing(found: Found, wish: Wish, captions: Iterable[Caption], projects: Iterable[ProjectPage]) -> Playing:
    """Put together what was read; asks the database for nothing."""
    page, clip = found.page, found.clip
    return Playing(
        public_id=clip.public_id,
        title=localized(page, "headline"),
        page_url=page.get_url() or links.permanent_url(clip),
        playlist_url=links.playlist_url(clip),
        download_url=links.download_url(clip),
        storyboard_url=links.storyboard_url(clip) if found.has_storyboard else "",
        pictures=pictures(clip),
        width=clip.poster.width if clip.poster else NO_POSTER.width,
        height=clip.poster.height if clip.poster else NO_POSTER.height,
        duration_s=clip.duration_s or 0.0,
        length=durations.clock(clip.duration_s),
        length_spoken=durations.spoken(clip.duration_s),
        tracks=caption_track_links(clip, list(captions), wish.captions),
        credits=tuple(credit_lines(localized(page, "credits"))),
        licence=licence_terms(page.licence),
        statements=eu_statements(projects),
    )


def projects_of(page: ClipPage) -> list[ProjectPage]:
    """Projects of the page with their programmes, in one query."""
    projects = ProjectPage.objects.filter(clip_pages=page.pk)
    return list(projects.for_reading(None, "headline").select_related("programme"))


def pictures(clip: Clip) -> tuple[Picture, ...]:
    """The poster in each of its formats, the most economical first, JPEG last."""
    poster = clip.poster
    if poster is None or not poster.widths:
        return ()
    widths = sorted(poster.widths)
    middle = middle_width(poster)

    def address(width: int, ending: str) -> str:
        return links.file_url(clip, poster.package, f"{poster.prefix}-{width}.{ending}")

    return tuple(
        Picture(TYPES[ending], ", ".join(f"{address(w, ending)} {w}w" for w in widths), address(middle, ending))
        for ending in TYPES
        if ending in poster.formats
    )
