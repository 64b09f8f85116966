"""In which size and format each use shows a clip's poster; no other module reads posters to show one.

Which picture that is, ``Clip.poster`` says: the pipeline ranks candidates and sets it, an editor may choose another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from home import links
from media_pipeline.models import Clip, Poster

# The most economical first; the last is what every browser shows.
CONTENT_TYPES_BY_FORMAT = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
SRCSET_FORMATS = ("webp", "jpg", "avif")
MIDDLE_WIDTH = 720


@dataclass(frozen=True)
class PosterSource:
    """One format for ``<source>``: all widths in ``srcset``, a middle one as ``url``."""

    type: str
    srcset: str
    url: str


@dataclass(frozen=True)
class PosterImage:
    """``url`` of one picture with its pixels, and ``srcset`` of all widths; empty without a poster."""

    url: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0


NO_POSTER = PosterImage()


def middle_width(widths: list[int]) -> int:
    """The width for browsers that choose none themselves."""
    return next((width for width in widths if width >= MIDDLE_WIDTH), widths[-1])


@dataclass(frozen=True)
class PosterUse:
    """What one use takes: formats in its order, one of the widths in ascending order, or the address that lasts."""

    formats: Sequence[str] = ("jpg", "webp", "avif")
    choose_width: Callable[[list[int]], int] = middle_width
    permanent: bool = False


ON_PAGE = PosterUse()


def poster_of(clip: Clip, use: PosterUse = ON_PAGE) -> PosterImage:
    """The clip's poster for ``use``. No query when ``poster__package`` was selected with the clip."""
    return NO_POSTER if clip.poster is None else candidate_image(clip, clip.poster, use)


def candidate_image(clip: Clip, poster: Poster, use: PosterUse = ON_PAGE) -> PosterImage:
    """One candidate, chosen or not. No query when ``package`` was selected with the poster."""
    widths = sorted(poster.widths)
    image_format = next((name for name in use.formats if name in poster.formats), None)
    if not widths or image_format is None:
        return NO_POSTER
    width = use.choose_width(widths)
    if use.permanent:
        url = links.permanent_poster_url(clip, width, image_format)
    else:
        url = links.poster_url(clip, poster, width, image_format)
    srcset = _srcset(clip, poster, next(name for name in SRCSET_FORMATS if name in poster.formats))
    return PosterImage(url, srcset, width, round(width * poster.height / poster.width))


def poster_sources(clip: Clip) -> tuple[PosterSource, ...]:
    """The clip's poster in each of its formats for ``<picture>``, the most economical first."""
    poster = clip.poster
    if poster is None:
        return ()
    return tuple(
        PosterSource(
            CONTENT_TYPES_BY_FORMAT[name],
            _srcset(clip, poster, name),
            candidate_image(clip, poster, PosterUse(formats=(name,))).url,
        )
        for name in CONTENT_TYPES_BY_FORMAT
        if poster.widths and name in poster.formats
    )


def frame_size(clip: Clip) -> tuple[int, int]:
    """Pixels of the largest poster, which has the shape of the video; 16:9 without one."""
    return (clip.poster.width, clip.poster.height) if clip.poster else (1280, 720)


def _srcset(clip: Clip, poster: Poster, image_format: str) -> str:
    urls = ((width, links.poster_url(clip, poster, width, image_format)) for width in sorted(poster.widths))
    return ", ".join(f"{url} {width}w" for width, url in urls)
