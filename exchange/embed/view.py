"""``/embed/<id>/``: one clip for a frame in another site's page, where storage, cookies and our origin may be missing.

Only these responses may be framed by any site; they set no cookie, send no referrer, and load nothing of the player
before the first play.
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

from exchange.embed.view_context import embed_context, projects_with_programme
from exchange.embed_options import OPTION_NOTES, parse_embed_options
from exchange.links import embed_url
from exchange.oembed.discovery import oembed_links
from exchange.public_clip import get_public_clip, refusal_reason
from home.api import CACHE_SHORT, Reason, base_url, current_language, interface_languages, refuse

# "*" is every site; a lesson opened from a local disk has no site.
FRAME_ANCESTORS = {"frame-ancestors": ["*", "file:"]}


def allow_framing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow any page to frame the response, without a referrer for other sites and without indexing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(csp_replace(FRAME_ANCESTORS)(xframe_options_exempt(wrapped)))


@allow_framing
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clip as the address wishes; 404 for an unknown id, 410 for a clip that was removed. Four queries."""
    public_clip = get_public_clip(public_id, request)
    if public_clip is None:
        return _refuse(request, refusal_reason(public_id, request))
    captions = list(public_clip.clip.captions.defer("cues"))
    options = parse_embed_options(
        request.GET,
        duration_s=public_clip.clip.duration_s,
        interface=interface_languages(),
        captions=[caption.language for caption in captions],
    )
    with override(options.language or current_language()):
        clip = embed_context(public_clip, options, captions, projects_with_programme(public_clip))
        notes = [OPTION_NOTES[note] for note in options.notes]
        base = base_url(request)
        context = {
            "clip": clip,
            "options": options,
            "notes": notes,
            "base": base,
            "lang_query": f"?lang={options.language}" if options.language else "",
            "oembed": oembed_links(base, embed_url(base, public_id, options)),
        }
        response = render(request, "exchange/embed/embed.html", context)
        response["Content-Language"] = current_language()
    response["Cache-Control"] = CACHE_SHORT
    public_clip.forbid_caching(response)
    return response


@allow_framing
def embed_not_found(request: HttpRequest) -> HttpResponse:
    """An address below ``/embed/`` that cannot be a clip's."""
    return _refuse(request, Reason.NOT_FOUND)


def _refuse(request: HttpRequest, reason: Reason) -> HttpResponse:
    options = parse_embed_options(request.GET, interface=interface_languages())
    with override(options.language or current_language()):
        response = refuse(request, reason, template="exchange/embed/unavailable.html")
        response["Content-Language"] = current_language()
    return response
