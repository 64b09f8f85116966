"""Caption tracks as files, written from their cues."""

from django.http import HttpRequest, HttpResponseBase

from home.views import delivery
from home.views.access import Admitted, for_clip
from home.views.errors import plain_not_found
from media_pipeline import api

WRITERS = {"vtt": api.vtt_text, "srt": api.srt_text}


@for_clip
def track(request: HttpRequest, admitted: Admitted, language: str, kind: str, ending: str) -> HttpResponseBase:
    """``/media/<id>/captions/<language>.<kind>.vtt`` or ``.srt``; ``?save`` asks the browser to keep it."""
    caption = admitted.clip.captions.filter(language=language, kind=kind).first()
    if caption is None:
        return plain_not_found(request)
    response = delivery.send_text(request, WRITERS[ending](caption), ending, admitted.cache(delivery.FRESH))
    response["Content-Language"] = language
    if "save" in request.GET:
        name = f"{admitted.clip.public_id}.{language}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
