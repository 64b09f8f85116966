"""``/c/<id>/qr.svg`` and ``.png``: the clip's short link for everybody with a phone, with the second to begin with."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchange import embed_options, links
from exchange.public_clip import clip_visibility, get_public_clip
from exchange.share import qr
from home.api import Reason, base_url, interface_languages, refuse

QR_CACHE_CONTROL = "private, max-age=300"


@require_safe
def qr_code(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The code of ``/c/<id>/?t=&lang=``; ``?save`` makes it a download. Two queries; 404 and 410 as for the clip."""
    public_clip = get_public_clip(public_id)
    if public_clip is None:
        return refuse(request, Reason.of(clip_visibility(public_id)), as_text=True)
    values = {"t": request.GET.get("t", ""), "lang": request.GET.get("lang", "")}
    options = embed_options.parse_embed_options(
        values, duration_s=public_clip.clip.duration_s, interface=interface_languages(), captions=None
    )
    address = links.short_url(base_url(request), public_id, options.start_s, options.language)
    response = HttpResponse(qr.qr_image(address, ending), content_type=qr.QR_TYPES[ending])
    response["Cache-Control"] = QR_CACHE_CONTROL
    if "save" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="polyphony-{public_id}-qr.{ending}"'
    return response
