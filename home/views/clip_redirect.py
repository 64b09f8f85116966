"""The short link of a clip, printed on posters and pasted in mails: it outlives every slug."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from home.models import ClipPage
from home.views.access import clip_with_standing
from home.views.errors import gone, not_found, uncached
from home.visibility import Standing, open_clip_pages, standing_of


def clip_redirect(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/c/<id>/`` leads to the clip's page in the visitor's language; 410 when it was taken back, 404 when unknown."""
    clip = clip_with_standing(public_id)
    standing = standing_of(clip) if clip else Standing.UNKNOWN
    if standing is Standing.GONE:
        return gone(request)
    page = open_clip_pages().filter(clip=clip).first() if clip and standing is not Standing.UNKNOWN else None
    if page is None:
        return uncached(not_found(request))
    return _to(page, request)


def _to(page: ClipPage, request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(page.get_url(request))
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Accept-Language"])
    return response
