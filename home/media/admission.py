"""The door of every media address: finds the clip, asks visibility, and says 404 or 410 before a byte is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from home.access import visibility
from home.media import delivery
from home.refusal import plain_gone, plain_not_found
from media_pipeline.models import Clip, Package

# What a browser asks before a request with a range that it does not count as simple.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Admitted:
    """A clip the visitor may have. ``preview`` means that the public may not."""

    clip: Clip
    preview: bool

    @property
    def package(self) -> Package:
        """What plays now, for the people of a new clip its first version; only asked for where there is one."""
        package = self.clip.package or self.clip.preview
        assert package is not None  # noqa: S101 - for_clip lets nobody in without
        return package

    def cache(self, policy: str) -> str:
        """The wished ``Cache-Control``, or the one that lets nobody keep a preview."""
        return delivery.PREVIEW if self.preview else policy


def for_clip(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view(request, admitted, ...)`` a clip with a package, or answer 404, 405 or 410 in its place."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return for_everywhere(HttpResponse(status=204, headers=PREFLIGHT))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        clip = clip_with_standing(public_id)
        if clip is None:
            return for_everywhere(plain_not_found(request))
        admitted = admit(request, clip)
        if admitted is None:
            gone = visibility.standing_of(clip) is visibility.Standing.GONE
            return for_everywhere(plain_gone() if gone else plain_not_found(request))
        response = view(request, admitted, **kwargs)
        # What is said in a film does not follow the buttons around it; without this, LocaleMiddleware would say so.
        response.headers.setdefault("Content-Language", clip.spoken_language)
        return response if admitted.preview else for_everywhere(response)

    return wrapped


def for_everywhere(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any page read this answer, without credentials: players in frames that have no origin at all."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Length, Content-Range"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def clip_with_standing(public_id: str) -> Clip | None:
    """The clip with its package and what visibility needs, in one query and one for the restrictions."""
    clips = Clip.objects.select_related("package", "preview", "poster__package").filter(public_id=public_id)
    found = visibility.with_standing(clips).first()
    for package in filter(None, (found.package, found.preview) if found else ()):
        package.clip = found  # Package.prefix asks for the id; no second look
    return found


def admit(request: HttpRequest, clip: Clip) -> Admitted | None:
    """Let the public in to a public clip, and an editor to any clip that has a package or a first version of it."""
    if visibility.standing_of(clip) is visibility.Standing.PUBLIC:
        return Admitted(clip, preview=False)
    if (clip.package_id or clip.preview_id) is not None and visibility.may_preview(request, clip):
        return Admitted(clip, preview=True)
    return None
