"""Posters under an address that does not change, and the storyboard for seeking."""

from django.http import HttpRequest, HttpResponseBase

from home.media import delivery
from home.media.admission import Admitted, for_clip
from home.media.files import poster_name, send_package_file
from home.refusal import plain_not_found
from media_pipeline import api
from media_pipeline.models import Storyboard


@for_clip
def poster(request: HttpRequest, admitted: Admitted, width: str, ending: str) -> HttpResponseBase:
    """``/media/<id>/poster-<width>.<ending>``: today's poster in a width it exists in."""
    chosen = admitted.clip.poster
    if chosen is None or int(width) not in chosen.widths or ending not in chosen.formats:
        return plain_not_found(request)
    name = poster_name(chosen, int(width), ending)
    return send_package_file(request, admitted, chosen.package, name, delivery.FRESH)


@for_clip
def storyboard(request: HttpRequest, admitted: Admitted) -> HttpResponseBase:
    """``/media/<id>/storyboard.vtt``: which tile shows which second."""
    if not Storyboard.objects.filter(package=admitted.package).exists():
        return plain_not_found(request)
    text = api.storyboard_text(admitted.package)
    return delivery.send_text(request, text, "vtt", admitted.cache(delivery.FRESH))
