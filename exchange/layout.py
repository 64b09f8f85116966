"""Views of one public clip, in the site's layout. Their addresses carry no language: ``?lang=`` does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.public_clip import PublicClip, get_public_clip, refusal_reason
from home.api import (
    NavLink,
    current_language,
    interface_text,
    language_menu_by_query,
    localized_text,
    refuse,
    requested_language,
    site_context,
)


def clip_view(view: Callable[[HttpRequest, PublicClip], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view(request, public_clip)`` a clip that the visitor can play, with the requested language active.

    The page for any other clip is a 410 when it was taken back, else a 404. No page of these is indexed.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str) -> HttpResponseBase:
        with override(requested_language(request) or current_language()):
            public_clip = get_public_clip(public_id, request)
            if public_clip is None:
                response = refuse(request, refusal_reason(public_id, request))
            else:
                response = view(request, public_clip)
                public_clip.forbid_caching(response)
            response.headers.setdefault("Content-Language", current_language())
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(wrapped)


def clip_page_context(request: HttpRequest, public_clip: PublicClip, title: str, crumb: str) -> dict[str, Any]:
    """What ``base.html`` reads, with the clip's page in the way back. Call it in the language of the page."""
    page = public_clip.page
    clip_page = NavLink(localized_text(page, "headline"), page.get_url(request) or "")
    context = site_context(request, title=title)
    context["breadcrumb"] = [*context["breadcrumb"], clip_page]
    context["headline"] = interface_text(crumb)
    context["languages"] = language_menu_by_query(request)
    return {**context, "clip_page": clip_page}
