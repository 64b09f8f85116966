"""The picture of a clip before it plays, as addresses for ``<img>``."""

from dataclasses import dataclass

from home import links
from media_pipeline.models import Clip, Poster

PREFERRED = ("webp", "jpg", "avif")
PLAIN = ("jpg", "webp", "avif")
MIDDLE = 720


@dataclass(frozen=True)
class PosterImage:
    """``url`` for every browser, ``srcset`` in the smaller format, pixels of the largest; empty and 16:9 without."""

    url: str
    srcset: str
    width: int
    height: int


NO_POSTER = PosterImage("", "", 1280, 720)


def still_of(clip: Clip) -> PosterImage:
    """The clip's poster. No query when ``poster__package`` was selected with the clip."""
    return NO_POSTER if clip.poster is None else still_of_poster(clip, clip.poster)


def still_of_poster(clip: Clip, poster: Poster) -> PosterImage:
    """One candidate, chosen or not. No query when ``package`` was selected with the poster."""
    if not poster.widths or not poster.formats:
        return NO_POSTER
    widths = sorted(poster.widths)
    ending = next(ending for ending in PREFERRED if ending in poster.formats)
    srcset = ", ".join(f"{_address(clip, poster, width, ending)} {width}w" for width in widths)
    plain = next(ending for ending in PLAIN if ending in poster.formats)
    return PosterImage(_address(clip, poster, middle_width(poster), plain), srcset, poster.width, poster.height)


def middle_width(poster: Poster) -> int:
    """Pixels of the picture behind ``Still.url``. Only asked for where there are widths."""
    widths = sorted(poster.widths)
    return next((width for width in widths if width >= MIDDLE), widths[-1])


def _address(clip: Clip, poster: Poster, width: int, ending: str) -> str:
    return links.file_url(clip, poster.package, f"{poster.prefix}-{width}.{ending}")
