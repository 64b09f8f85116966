"""What there is to take along: code, links, QR code."""

from dataclasses import dataclass

from django.urls import reverse

from exchange import links, timecode
from exchange.public_clip import Found
from exchange.share.builder import FLUID, WIDTHS, Plan
from home.api import current_language, frame_size, in_language, localized


@dataclass(frozen=True)
class Pieces:
    """What to take along. ``code`` is HTML; links are absolute, pictures and the preview's address are not.

    ``shape`` is landscape, portrait or square, ``size`` the frame's pixels, ``fluid`` that it fills the width.
    """

    code: str
    link: str
    short_link: str
    qr_svg: str
    qr_png: str
    preview: str
    title: str
    size: links.Size
    fluid: bool
    shape: str
    allow: str = links.ALLOW


def pieces(found: Found, plan: Plan, base: str) -> Pieces:
    """What to take along for a plan. ``base`` is scheme and host; no query."""
    wish, public_id = plan.wish, found.clip.public_id
    language = wish.language or current_language()
    width, height = frame_size(found.clip)
    title = str(localized(found.page, "headline", language))
    fluid = plan.size == FLUID
    size = links.fitted(width, height, WIDTHS.get(plan.size, links.WIDTH))
    qr = f"?t={timecode.plain(wish.start_s)}" if wish.start_s else ""
    return Pieces(
        code=links.iframe(links.embed_url(base, public_id, wish), title, size, fluid=fluid),
        link=_link(found, base, language, wish.start_s),
        short_link=links.short_url(base, public_id, wish.start_s),
        qr_svg=reverse("clip_qr", args=[public_id, "svg"]) + qr,
        qr_png=reverse("clip_qr", args=[public_id, "png"]) + qr,
        preview=links.embed_url("", public_id, wish),
        title=title,
        size=size,
        fluid=fluid,
        shape=_shape(width, height),
    )


def _link(found: Found, base: str, language: str, start_s: float) -> str:
    address = base + in_language(found.page.get_url() or "", language)
    return f"{address}#t={timecode.plain(start_s)}" if start_s else address


def _shape(width: int, height: int) -> str:
    if width == height:
        return "square"
    return "portrait" if height > width else "landscape"
