"""``/embed/<id>/``: one clip for a frame in somebody else's page, where storage, cookies and our origin may be missing.

Only these answers may stand in any frame; they set no cookie, tell nobody where the visitor came from, and load
nothing of the player before it is wanted.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from exchange.embed.view_context import playing, projects_of
from exchange.embed_options import NOTES, Wish, read
from exchange.links import embed_url
from exchange.oembed.discovery import oembed_links
from exchange.public_clip import public_clip, standing
from home.api import CACHE_SHORT, Reason, Visibility, base_url, current_language, interface_languages, refuse

# "*" is every site; a lesson that lies on the disk of the room's computer is none.
ANCESTORS = {"frame-ancestors": ["*", "file:"]}


def for_frames(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let an answer stand in frames of any page, and tell no other site where it was asked from."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(csp_replace(ANCESTORS)(xframe_options_exempt(wrapped)))


@for_frames
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clip as the address wishes; 404 for an unknown id, 410 for a clip that is not shown. Four queries."""
    found = public_clip(public_id)
    if found is None:
        return _refuse(request, Reason.NOT_FOUND if standing(public_id) is Visibility.UNKNOWN else Reason.GONE)
    captions = list(found.clip.captions.defer("cues"))
    wish = read(
        request.GET,
        duration_s=found.clip.duration_s,
        interface=interface_languages(),
        captions=[caption.language for caption in captions],
    )
    with override(wish.language or current_language()):
        shown = playing(found, wish, captions, projects_of(found.page))
        notes = [NOTES[note] for note in wish.notes]
        context = {"clip": shown, "wish": wish, "notes": notes, **_around(request, public_id, wish)}
        response = render(request, "exchange/embed.html", context)
        response["Content-Language"] = current_language()
    response["Cache-Control"] = CACHE_SHORT
    return response


@for_frames
def unknown(request: HttpRequest) -> HttpResponse:
    """An address below ``/embed/`` that cannot be a clip's."""
    return _refuse(request, Reason.NOT_FOUND)


def _around(request: HttpRequest, public_id: str, wish: Wish) -> dict[str, Any]:
    base = base_url(request)
    return {
        "base": base,
        "lang_query": f"?lang={wish.language}" if wish.language else "",
        "oembed": oembed_links(base, embed_url(base, public_id, wish)),
    }


def _refuse(request: HttpRequest, reason: Reason) -> HttpResponse:
    wish = read(request.GET, duration_s=None, interface=interface_languages(), captions=None)
    with override(wish.language or current_language()):
        response = refuse(request, reason, template="exchange/embed_no.html")
        response["Content-Language"] = current_language()
    return response
