"""Answers that say no: in the visitor's language for people, in one line for machines."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseNotFound
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.context.site import site_context


def machine_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose address carries no language.

    LocaleMiddleware turns a 404 without a language prefix into a redirect to one; a player must get its 404 at once.
    It looks for prefixes in the request's own address table, and that of this room has none.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.urlconf = "home.urls"
        return view(request, *args, **kwargs)

    return wrapped


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the page that says so, with the way back into the archive."""
    context = site_context(request, title=_("This page does not exist."))
    return render(request, "404.html", context, status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """The page about a clip that was taken back."""
    context = site_context(request, title=_("This clip is no longer shown."))
    return uncached(render(request, "410.html", context, status=410))


@machine_door
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
