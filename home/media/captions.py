"""Caption tracks as files, written from their cues."""

from django.http import HttpRequest, HttpResponseBase

from home.media import delivery, downloads
from home.media.admission import Admitted, for_clip
from home.refusal import plain_not_found
from media_pipeline import api
from media_pipeline.models import Caption

WRITERS = {"vtt": api.vtt_text, "srt": api.srt_text}
# What players know in the names of files beside a film: two tracks in one language are two files.
MARKS = {Caption.Kind.CAPTIONS: ".cc", Caption.Kind.DESCRIPTIONS: ".ad"}


@for_clip
def track(request: HttpRequest, admitted: Admitted, language: str, kind: str, ending: str) -> HttpResponseBase:
    """``/media/<id>/captions/<language>.<kind>.vtt`` or ``.srt``; ``?save`` asks the browser to keep it."""
    caption = admitted.clip.captions.filter(language=language, kind=kind).first()
    if caption is None:
        return plain_not_found(request)

    def send() -> HttpResponseBase:
        response = delivery.send_text(request, WRITERS[ending](caption), ending, admitted.cache(delivery.FRESH))
        response["Content-Language"] = language
        return response

    return downloads.to_keep(request, admitted, f".{language}{MARKS.get(kind, '')}.{ending}", send)
