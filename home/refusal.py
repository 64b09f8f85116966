"""Answers that say no: in the visitor's language for people, in one line for machines."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseNotFound
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.context.layout import site_context
from home.i18n.languages import asked_language, current_language, switch_by_query


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the page that says so, with the way back into the archive."""
    context = site_context(request, title=_("This page does not exist."))
    return render(request, "404.html", context, status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """The page about a clip that was taken back."""
    context = site_context(request, title=_("This clip is no longer shown."))
    return uncached(render(request, "410.html", context, status=410))


def not_to_keep(request: HttpRequest, watch_url: str) -> HttpResponse:
    """403 for a file to keep of a clip whose makers reserved all rights; ``watch_url`` is where one may watch it."""
    with override(asked_language(request) or current_language()):
        context = site_context(request, title=_("This film is here to be watched, not to be kept."))
        context |= {"languages": switch_by_query(request), "watch_url": watch_url}
        response = uncached(render(request, "not_to_keep.html", context, status=403))
        response["Content-Language"] = current_language()
    return response


def plain_not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """404 for players and scripts."""
    return uncached(HttpResponseNotFound("Not found.\n", content_type="text/plain; charset=utf-8"))


def plain_gone() -> HttpResponse:
    """410 for players and scripts."""
    return uncached(HttpResponseGone("No longer shown.\n", content_type="text/plain; charset=utf-8"))


def uncached(response: HttpResponse) -> HttpResponse:
    """A no today may be a yes tomorrow: nobody keeps it."""
    response["Cache-Control"] = "no-store"
    return response
