"""``/c/<id>/qr.svg`` and ``.png``: the clip's short link for everybody with a phone, to print and to project.

Error correction M survives a fold or a coffee ring (15 %) and keeps the symbol small; the quiet zone of four modules is
what ISO/IEC 18004 asks for, and the ground is always white, so that a dark page does not swallow it.
"""

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchange import embed_options, links
from exchange.public_clip import get_public_clip, refusal_reason
from home.api import base_url, interface_languages, refuse

QR_CACHE_CONTROL = "private, max-age=300"
QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
CORRECTION = "m"
QUIET_ZONE = 4  # modules
PNG_SCALE = 24  # pixels per module: about a thousand pixels, sharp on a poster
# Millimetres per module: 7 to 8 cm, read from a few steps away (whole numbers only: else the ground shrinks).
SVG_SCALE = 2


@require_safe
def qr_code(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The code of ``/c/<id>/?t=&lang=``; ``?save`` makes it a download. Two queries; 404 and 410 as for the clip."""
    public_clip = get_public_clip(public_id, request)
    if public_clip is None:
        return refuse(request, refusal_reason(public_id, request), as_text=True)
    values = {"t": request.GET.get("t", ""), "lang": request.GET.get("lang", "")}
    options = embed_options.parse_embed_options(
        values, duration_s=public_clip.clip.duration_s, interface=interface_languages()
    )
    address = links.short_url(base_url(request), public_id, options.start_s, options.language)
    response = HttpResponse(qr_image(address, ending), content_type=QR_TYPES[ending])
    response["Cache-Control"] = QR_CACHE_CONTROL
    public_clip.forbid_caching(response)
    if "save" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="polyphony-{public_id}-qr.{ending}"'
    return response


def qr_image(text: str, ending: str) -> bytes:
    """The code for ``text`` as a file; ``ending`` is a key of ``QR_TYPES``."""
    code = segno.make_qr(text, error=CORRECTION, boost_error=False)
    file = io.BytesIO()
    if ending == "svg":
        size = {"scale": SVG_SCALE, "unit": "mm"}
        code.save(file, kind="svg", border=QUIET_ZONE, light="#fff", svgclass=None, lineclass=None, title=text, **size)
    else:
        code.save(file, kind="png", border=QUIET_ZONE, light="#fff", scale=PNG_SCALE)
    return file.getvalue()
