"""Posters under an address that does not change, and the storyboard for seeking."""

from django.http import HttpRequest, HttpResponseBase

from home.links import poster_file_name
from home.media import delivery
from home.media.admission import AdmittedClip, require_clip
from home.media.files import send_package_file
from home.refusal import not_found_text
from media_pipeline import api
from media_pipeline.models import Storyboard


@require_clip
def poster_image(request: HttpRequest, admitted: AdmittedClip, width: str, ending: str) -> HttpResponseBase:
    """``/media/<id>/poster-<width>.<ending>``: the current poster in a width that exists."""
    chosen = admitted.clip.poster
    if chosen is None or int(width) not in chosen.widths or ending not in chosen.formats:
        return not_found_text(request)
    name = poster_file_name(chosen, int(width), ending)
    return send_package_file(request, admitted, chosen.package, name, delivery.CACHE_SHORT)


@require_clip
def storyboard_track(request: HttpRequest, admitted: AdmittedClip) -> HttpResponseBase:
    """``/media/<id>/storyboard.vtt``: which tile shows which second."""
    if not Storyboard.objects.filter(package=admitted.package).exists():
        return not_found_text(request)
    text = api.storyboard_text(admitted.package)
    return delivery.send_text(request, text, "vtt", admitted.cache_control(delivery.CACHE_SHORT))
