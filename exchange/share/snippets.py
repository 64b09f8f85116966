"""What people copy from the embed builder: code, links, QR code."""

from dataclasses import dataclass

from django.urls import reverse

from exchange import links, timecode
from exchange.public_clip import PublicClip
from exchange.share.builder import FLUID, FRAME_WIDTHS, BuilderOptions
from home.api import current_language, frame_size, localized_text, path_in_language


@dataclass(frozen=True)
class EmbedSnippets:
    """What to copy. ``code`` is HTML; links are absolute, pictures and the preview's address are not.

    ``shape`` is landscape, portrait or square, ``size`` the frame's pixels, ``fluid`` that it fills the width.
    """

    code: str
    link: str
    short_link: str
    qr_svg: str
    qr_png: str
    preview: str
    title: str
    size: links.FrameSize
    fluid: bool
    shape: str
    allow: str = links.IFRAME_ALLOW


def embed_snippets(public_clip: PublicClip, options: BuilderOptions, base: str) -> EmbedSnippets:
    """The snippets for these options. ``base`` is scheme and host; no query."""
    embed, public_id = options.embed, public_clip.clip.public_id
    language = embed.language or current_language()
    width, height = frame_size(public_clip.clip)
    title = str(localized_text(public_clip.page, "headline", language))
    fluid = options.size == FLUID
    size = links.fit_frame(width, height, FRAME_WIDTHS.get(options.size, links.DEFAULT_FRAME_WIDTH))
    qr = f"?t={timecode.format_seconds(embed.start_s)}" if embed.start_s else ""
    return EmbedSnippets(
        code=links.iframe_html(links.embed_url(base, public_id, embed), title, size, fluid=fluid),
        link=_link(public_clip, base, language, embed.start_s),
        short_link=links.short_url(base, public_id, embed.start_s),
        qr_svg=reverse("clip_qr", args=[public_id, "svg"]) + qr,
        qr_png=reverse("clip_qr", args=[public_id, "png"]) + qr,
        preview=links.embed_url("", public_id, embed),
        title=title,
        size=size,
        fluid=fluid,
        shape=_shape(width, height),
    )


def _link(public_clip: PublicClip, base: str, language: str, start_s: float) -> str:
    address = base + path_in_language(public_clip.page.get_url() or "", language)
    return f"{address}#t={timecode.format_seconds(start_s)}" if start_s else address


def _shape(width: int, height: int) -> str:
    if width == height:
        return "square"
    return "portrait" if height > width else "landscape"
