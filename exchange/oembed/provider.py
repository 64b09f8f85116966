"""oEmbed 1.0: the response for one clip. Pure: values in, JSON or XML out.

The specification stands at oembed.com. A frame gets as large as the consumer allows, in the video's aspect ratio.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from xml.sax.saxutils import escape

from exchange.links import DEFAULT_FRAME_WIDTH, MAX_FRAME_WIDTH, FrameSize, fit_frame

OEMBED_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
"""Format to content type; the specification asks for exactly these two."""

CACHE_AGE_S = 3600  # how long others may keep an answer: a withdrawn clip leaves their pages within the hour

# XML 1.0 has no way to write these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIXELS = re.compile(r"[0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class OEmbedVideo:
    """One clip for somebody else's page: the names and the order of the specification, addresses absolute.

    Empty texts and sizes of 0 are left out.
    """

    version: str = "1.0"
    type: str = "video"
    title: str
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    cache_age: int = CACHE_AGE_S
    html: str
    width: int
    height: int
    thumbnail_url: str = ""
    thumbnail_width: int = 0
    thumbnail_height: int = 0

    def values(self) -> dict[str, str | int]:
        """The answer's names and values, in one order."""
        return {name: value for name, value in asdict(self).items() if value}


def oembed_json(video: OEmbedVideo) -> str:
    """The answer as a JSON object."""
    return json.dumps(video.values(), ensure_ascii=False, indent=2) + "\n"


def oembed_xml(video: OEmbedVideo) -> str:
    """The answer as an XML document; its text declares UTF-8."""
    lines = [f"  <{name}>{escape(_NOT_XML.sub('', str(value)))}</{name}>" for name, value in video.values().items()]
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    return "\n".join([head, "<oembed>", *lines, "</oembed>", ""])


def parse_pixels(text: str) -> int | None:
    """A limit from the query; None for nonsense, which then limits nothing."""
    text = text.strip().removesuffix("px")
    return int(text) or None if _PIXELS.fullmatch(text) else None


def fit_oembed_frame(video_width: int, video_height: int, max_width: int | None, max_height: int | None) -> FrameSize:
    """The frame's size in the video's aspect ratio within the limits, however small."""
    return fit_frame(video_width, video_height, min(max_width or DEFAULT_FRAME_WIDTH, MAX_FRAME_WIDTH), max_height)


def best_thumbnail_width(widths: Sequence[int], size: FrameSize) -> int:
    """The widest picture that is no wider than the frame, else the smallest."""
    return max((width for width in widths if width <= size.width), default=min(widths))
