"""What people copy from the embed builder: code, links, QR code."""

from typing import Any

from exchange import links, timecode
from exchange.public_clip import PublicClip
from exchange.share.builder import FLUID, FRAME_WIDTHS, BuilderOptions
from home.api import current_language, frame_size, localized_text, path_in_language


def embed_snippets(public_clip: PublicClip, options: BuilderOptions, base: str) -> dict[str, Any]:
    """The snippets for these options. ``base`` is scheme and host; no query.

    ``code`` is HTML; links are absolute, pictures and the preview's address are not. ``shape`` is the video's, ``size``
    the frame's pixels, ``fluid`` says that it fills the width.
    """
    embed, public_id = options.embed, public_clip.clip.public_id
    language = embed.language or current_language()
    video = links.FrameSize(*frame_size(public_clip.clip))
    title = str(localized_text(public_clip.page, "headline", language))
    fluid = options.size == FLUID
    size = links.fit_frame(video.width, video.height, FRAME_WIDTHS.get(options.size, links.DEFAULT_FRAME_WIDTH))
    start = timecode.format_start(embed.start_s)
    page_url = base + path_in_language(public_clip.page.get_url() or "", language)
    qr_svg, qr_png = (links.clip_path("clip_qr", public_id, ending, t=start) for ending in ("svg", "png"))
    return {
        "code": links.iframe_html(links.embed_url(base, public_id, embed), title, size, fluid=fluid),
        "link": f"{page_url}#t={start}" if start else page_url,
        "short_link": links.short_url(base, public_id, embed.start_s),
        "qr_svg": qr_svg,
        "qr_png": qr_png,
        "preview": links.embed_url("", public_id, embed),
        "title": title,
        "size": size,
        "fluid": fluid,
        "shape": video.shape,
        "allow": links.IFRAME_ALLOW,
    }
