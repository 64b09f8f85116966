"""The one answer that refuses: 403, 404 or 410, as a page in the visitor's language or as one line for programs."""

from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.access.visibility import Visibility
from home.context.layout import site_context
from home.i18n.language_switch import language_menu_by_query, requested_language
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

    The page is in the active language. ``template`` is another page for it, outside the layout of the site; it reads
    ``status`` and ``context``.
    """
    status = reason.value
    if as_text:
        response = HttpResponse(REFUSAL_LINES[reason], status=status, content_type="text/plain; charset=utf-8")
    elif template:
        response = render(request, template, {"status": status, **context}, status=status)
    else:
        page, title, tint = REFUSAL_PAGES[reason]
        context = site_context(request, title=str(title)) | {"status": status, "tint": tint} | context
        response = render(request, page, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def refuse_download(request: HttpRequest, watch_url: str) -> HttpResponse:
    """403 for a download of a clip whose makers reserved all rights; ``watch_url`` is where people may watch it."""
    with override(requested_language(request) or current_language()):
        languages = language_menu_by_query(request)
        response = refuse(request, Reason.DOWNLOAD_FORBIDDEN, languages=languages, watch_url=watch_url)
        response["Content-Language"] = current_language()
    return response


def not_found_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``: the page that says so, with the way back into the archive."""
    return refuse(request, Reason.NOT_FOUND)


def not_found_text(request: HttpRequest) -> HttpResponse:
    """404 for players and scripts, as a view."""
    return refuse(request, Reason.NOT_FOUND, as_text=True)
