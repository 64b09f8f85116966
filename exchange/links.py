"""Addresses and HTML snippets that people paste into their own pages."""

from dataclasses import dataclass

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

    @property
    def shape(self) -> str:
        """``portrait``, ``square`` or ``landscape``."""
        if self.height == self.width:
            return "square"
        return "portrait" if self.height > self.width else "landscape"


def clip_path(name: str, public_id: str, *further: str, **query: str) -> str:
    """The path of a view about a clip, with what is said in its query; ``further`` are its other arguments."""
    return reverse(name, args=[public_id, *further], query={key: value for key, value in query.items() if value})


def embed_url(base: str, public_id: str, options: EmbedOptions) -> str:
    """Absolute address of the embed page. ``base`` is scheme and host."""
    return base + clip_path("embed", public_id, **options.query())


def short_url(base: str, public_id: str, start_s: float = 0.0, language: str = "") -> str:
    """The link that outlives every slug, with the second to begin with; without ``language`` the browser's."""
    return base + clip_path("clip_redirect", public_id, t=timecode.format_start(start_s), lang=language)


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
