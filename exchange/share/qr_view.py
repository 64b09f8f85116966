"""``/c/<id>/qr.svg`` and ``.png``: the clip's short link for everybody with a phone, with the second to begin with."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchange import embed_options, links
from exchange.public_clip import public_clip, standing
from exchange.share import qr
from home.api import Reason, base_url, interface_languages, refuse

KEPT = "private, max-age=300"


@require_safe
def picture(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The code of ``/c/<id>/?t=&lang=``; ``?save`` makes it a download. Two queries; 404 and 410 as for the clip."""
    found = public_clip(public_id)
    if found is None:
        return refuse(request, Reason.of(standing(public_id)), as_text=True)
    asked = {"t": request.GET.get("t", ""), "lang": request.GET.get("lang", "")}
    wish = embed_options.read(asked, duration_s=found.clip.duration_s, interface=interface_languages(), captions=None)
    address = links.short_url(base_url(request), public_id, wish.start_s, wish.language)
    response = HttpResponse(qr.picture(address, ending), content_type=qr.TYPES[ending])
    response["Cache-Control"] = KEPT
    if "save" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="polyphony-{public_id}-qr.{ending}"'
    return response
