"""The one answer that refuses: 403, 404 or 410, as a page in the visitor's language or as one line for programs."""

from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect

from home.access.gone import is_page_gone
from home.access.visibility import Visibility
from home.context.layout import site_context
from home.i18n.language_switch import has_language_prefix, requested_language
from home.i18n.languages import current_language


class Reason(Enum):
    """Why there is nothing to see; the value is the HTTP status."""

    DOWNLOAD_FORBIDDEN = 403
    NOT_FOUND = 404
    GONE = 410

    @classmethod
    def of(cls, visibility: Visibility) -> "Reason":
        """Why a clip is not shown: 410 where the public could see it before, else 404."""
        return cls.GONE if visibility is Visibility.GONE else cls.NOT_FOUND


# The template of the page, its title, and the colour of its label.
GONE_PAGE = ("page_gone.html", _("This page was taken down"), "mint")
REFUSAL_PAGES = {
    Reason.DOWNLOAD_FORBIDDEN: (
        "download_forbidden.html",
        _("You can watch and embed this clip, but not download it"),
        "sky",
    ),
    Reason.NOT_FOUND: ("404.html", _("Page not found"), "sun"),
    Reason.GONE: ("410.html", _("This clip was withdrawn"), "mint"),
}
REFUSAL_LINES = {Reason.NOT_FOUND: "Not found.\n", Reason.GONE: "No longer shown.\n"}


def refuse(
    request: HttpRequest, reason: Reason, *, as_text: bool = False, template: str = "", **context: Any
) -> HttpResponse:
    """Answer with the status of ``reason``; no cache keeps it, since the clip may be public tomorrow.

    The page is in the language of the address, or where that has none in the one ``?lang=`` asks for, else in the
    active one. ``template`` is another page for it, outside the layout of the site; it reads ``status`` and
    ``context``.
    """
    status = reason.value
    if as_text:
        response = HttpResponse(REFUSAL_LINES[reason], status=status, content_type="text/plain; charset=utf-8")
    elif template:
        response = render(request, template, {"status": status, **context}, status=status)
    else:
        response = _page(request, status, *REFUSAL_PAGES[reason], **context)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, status: int, template: str, title: Promise, tint: str, **context: Any) -> HttpResponse:
    wanted = "" if has_language_prefix(request.path) else requested_language(request)
    with override(wanted or current_language()):
        context = site_context(request, title=str(title)) | {"status": status, "tint": tint} | context
        response = render(request, template, context, status=status)
        response["Content-Language"] = current_language()
    return response


def refuse_download(request: HttpRequest, watch_url: str) -> HttpResponse:
    """403 for a download of a clip whose makers reserved all rights; ``watch_url`` is where people may watch it."""
    return refuse(request, Reason.DOWNLOAD_FORBIDDEN, watch_url=watch_url)


def not_found_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``: the page that says so, with the way back into the archive.

    Where the public could see a page before, which was deleted or unpublished, it is 410. An address that an editor
    redirects stays a 404 here: Wagtail's middleware then answers it.
    """
    path = request.path_info.lstrip("/").partition("/")[2]
    if has_language_prefix(request.path_info) and path.endswith("/") and is_page_gone(path, request):
        redirected = Redirect.objects.filter(old_path=Redirect.normalise_path(request.path_info)).exists()
        if not redirected:
            response = _page(request, Reason.GONE.value, *GONE_PAGE)
            response["Cache-Control"] = "no-store"
            return response
    return refuse(request, Reason.NOT_FOUND)


def not_found_text(request: HttpRequest) -> HttpResponse:
    """404 for players and scripts, as a view."""
    return refuse(request, Reason.NOT_FOUND, as_text=True)
