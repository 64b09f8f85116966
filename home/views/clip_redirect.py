"""The short link of a clip, for print and mail: it outlives every slug."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from home.access.visibility import Visibility
from home.i18n.language_switch import path_in_language, requested_language
from home.media.admission import clip_visibility, find_clip
from home.models import ClipPage
from home.refusal import Reason, refuse

SECONDS_PATTERN = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)


def clip_redirect(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/c/<id>/`` leads to the clip's page in the visitor's language, ``?t=42`` to that second of it.

    ``?lang=de`` knows better than the browser which language. 410 when it was removed, 404 when unknown.
    """
    clip = find_clip(public_id)
    visibility = clip_visibility(request, public_id, clip)
    shown = visibility in {Visibility.PLAYABLE, Visibility.PREPARING}
    page = ClipPage.objects.filter(clip=clip).first() if clip and shown else None
    if page is None:
        return refuse(request, Reason.of(visibility))
    address, language, seconds = page.get_url(request) or "", requested_language(request), request.GET.get("t", "")
    if language:
        address = path_in_language(address, language)
    if SECONDS_PATTERN.fullmatch(seconds):
        address += f"#t={seconds}"  # as the player of the page reads it
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Accept-Language"])
    return response
