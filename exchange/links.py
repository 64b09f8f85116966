"""Addresses and HTML snippets that people paste into their own pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exchange import timecode
from exchange.embed_options import EmbedOptions

DEFAULT_FRAME_WIDTH = 720
MAX_FRAME_WIDTH = 1920  # pixels of a frame's width

# Full screen has an attribute of its own, which browsers of every age know; values twice, Chromium warns.
IFRAME_ALLOW = "picture-in-picture; autoplay; encrypted-media"


@dataclass(frozen=True)
class FrameSize:
    """Pixels of a frame."""

    width: int
    height: int


def embed_url(base: str, public_id: str, options: EmbedOptions | None = None) -> str:
    """Absolute address of the embed page. ``base`` is scheme and host."""
    query = options.query() if options else ""
    return f"{base}{reverse('embed', args=[public_id])}" + (f"?{query}" if query else "")


def short_url(base: str, public_id: str, start_s: float = 0.0, language: str = "") -> str:
    """The link that outlives every slug, with the second to begin with; without ``language`` the browser's."""
    values = {"t": timecode.format_seconds(start_s) if start_s else "", "lang": language}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{base}{reverse('clip_redirect', args=[public_id])}" + (f"?{query}" if query else "")


def fit_frame(
    video_width: int, video_height: int, max_width: int = DEFAULT_FRAME_WIDTH, max_height: int | None = None
) -> FrameSize:
    """The largest frame in the video's aspect ratio within the limits; a portrait is at most ``max_width`` high."""
    video_width, video_height = (video_width, video_height) if video_width and video_height else (16, 9)
    width = float(max_width)
    if max_height is None and video_height > video_width:
        max_height = max_width
    height = width * video_height / video_width
    if max_height is not None and height > max_height:
        width, height = max_height * video_width / video_height, float(max_height)
    return FrameSize(max(1, int(width)), max(1, int(height)))


def iframe_html(address: str, title: str, size: FrameSize, *, fluid: bool = False) -> SafeString:
    """The code to paste: named for screen readers, loaded when it comes into sight, telling us nothing of its page.

    ``fluid`` fills the width there is and keeps the shape; ``size`` then stands for pages that take styles away, and
    bounds a portrait, which would else be higher than the window.
    """
    style = "border:0;max-width:100%"
    if fluid:
        widest = "100%" if size.width >= size.height else f"{size.width}px"
        style = f"border:0;width:100%;max-width:{widest};height:auto;aspect-ratio:{size.width}/{size.height}"
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" referrerpolicy="no-referrer" '
        'allow="{}" allowfullscreen style="{}"></iframe>',
        address,
        title,
        size.width,
        size.height,
        IFRAME_ALLOW,
        style,
    )
