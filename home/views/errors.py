"""Answers that say no: in the visitor's language for people, in one line for machines."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseNotFound
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.context.site import site_context


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the page that says so, with the way back into the archive."""
    context = site_context(request, title=_("This page does not exist."))
    return render(request, "404.html", context, status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """The page about a clip that was taken back."""
    context = site_context(request, title=_("This clip is no longer shown."))
    return uncached(render(request, "410.html", context, status=410))


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
