"""The short link of a clip, printed on posters and pasted in mails: it outlives every slug."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from home.access.visibility import Standing, open_clip_pages, standing_of
from home.i18n.languages import asked_language, in_language
from home.media.admission import clip_with_standing
from home.models import ClipPage
from home.refusal import gone, not_found, uncached

SECONDS = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)


def clip_redirect(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/c/<id>/`` leads to the clip's page in the visitor's language, ``?t=42`` to that second of it.

    ``?lang=de`` knows better than the browser which language. 410 when it was taken back, 404 when unknown.
    """
    clip = clip_with_standing(public_id)
    standing = standing_of(clip) if clip else Standing.UNKNOWN
    if standing is Standing.GONE:
        return gone(request)
    page = open_clip_pages().filter(clip=clip).first() if clip and standing is not Standing.UNKNOWN else None
    if page is None:
        return uncached(not_found(request))
    return _to(page, request)


def _to(page: ClipPage, request: HttpRequest) -> HttpResponse:
    address = page.get_url(request) or ""
    asked = asked_language(request)
    if asked:
        address = in_language(address, asked)
    response = HttpResponseRedirect(address + _moment(request.GET.get("t", "")))
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _moment(text: str) -> str:
    """``#t=42``, as the player of the page reads it; nothing for what is no number of seconds."""
    return f"#t={text}" if SECONDS.fullmatch(text) else ""
