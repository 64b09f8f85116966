"""Caption tracks as files, written from their cues."""

from django.http import HttpRequest, HttpResponseBase

from home.media import delivery, downloads
from home.media.admission import AdmittedClip, require_clip
from home.refusal import not_found_text
from media_pipeline import api
from media_pipeline.models import Caption

# Marks that players know in names of caption files: two tracks in one language are two files.
KIND_MARKS = {Caption.Kind.CAPTIONS: ".cc", Caption.Kind.DESCRIPTIONS: ".ad"}


@require_clip
def caption_track(
    request: HttpRequest, admitted: AdmittedClip, language: str, kind: str, ending: str
) -> HttpResponseBase:
    """``/media/<id>/captions/<language>.<kind>.<extension>``; ``?save`` asks the browser to download it."""
    caption = admitted.clip.captions.filter(language=language, kind=kind).first()
    if caption is None:
        return not_found_text(request)

    def send() -> HttpResponseBase:
        response = delivery.send_text(
            request, api.caption_text(caption, ending), ending, admitted.cache_control(delivery.CACHE_SHORT)
        )
        response["Content-Language"] = language
        return response

    return downloads.download_response(request, admitted, f".{language}{KIND_MARKS.get(kind, '')}.{ending}", send)
