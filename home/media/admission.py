"""Admission to media: find the clip, ask its visibility, and answer 404 or 410 before a byte is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from home.access.gone import is_clip_gone
from home.access.visibility import (
    Visibility,
    is_personal_clip,
    may_preview,
    visibility_of,
    with_visibility_facts,
)
from home.media import delivery
from home.page_access import Visitor
from home.refusal import Reason, refuse
from media_pipeline.models import Clip, Package

# What a browser asks before a request with a range that it does not count as simple.
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class AdmittedClip:
    """A clip the visitor may have. ``public`` means that anybody may, ``preview`` that only its people may."""

    clip: Clip
    public: bool
    preview: bool

    @property
    def package(self) -> Package:
        """What plays now; for those who may preview a new clip, its preview."""
        package = self.clip.package or self.clip.preview
        assert package is not None  # noqa: S101 - admit_to_clip admits nobody without
        return package

    def cache_control(self, policy: str) -> str:
        """``policy``, or the one that lets no cache keep what is not for everybody."""
        return policy if self.public else delivery.CACHE_NEVER


def require_clip(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view(request, admitted, ...)`` a clip with a package, or answer 404, 405 or 410 in its place."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return allow_cross_origin(HttpResponse(status=204, headers=PREFLIGHT_HEADERS))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        clip = find_clip(public_id)
        admitted = admit_to_clip(request, clip) if clip else None
        if clip is None or admitted is None:
            reason = Reason.of(clip_visibility(request, public_id, clip))
            return allow_cross_origin(refuse(request, reason, as_text=True))
        response = view(request, admitted, **kwargs)
        # The language of a video is not that of the interface, which LocaleMiddleware would set.
        response.headers.setdefault("Content-Language", clip.spoken_language)
        return allow_cross_origin(response) if admitted.public else response

    return wrapped


def allow_cross_origin(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any page read this answer, without credentials: players in frames that have no origin at all."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Length, Content-Range"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def find_clip(public_id: str) -> Clip | None:
    """The clip with its package and what visibility needs, in one query."""
    clips = Clip.objects.select_related("package", "preview", "poster__package").filter(public_id=public_id)
    found = with_visibility_facts(clips).first()
    for package in filter(None, (found.package, found.preview) if found else ()):
        package.clip = found  # Package.prefix asks for the id; no second look
    return found


def clip_visibility(visitor: Visitor, public_id: str, clip: Clip | None) -> Visibility:
    """What the visitor gets of the clip with this id, as ``find_clip`` has found it or not."""
    if clip is not None:
        return visibility_of(clip, visitor)
    return Visibility.GONE if is_clip_gone(public_id) else Visibility.UNKNOWN


def admit_to_clip(request: HttpRequest, clip: Clip) -> AdmittedClip | None:
    """Let visitors in to a clip whose page they may see, and its people to any clip with a package or a preview."""
    if visibility_of(clip, request) is Visibility.PLAYABLE:
        return AdmittedClip(clip, public=not is_personal_clip(clip, request), preview=False)
    if (clip.package_id or clip.preview_id) is not None and may_preview(request, clip):
        return AdmittedClip(clip, public=False, preview=True)
    return None
