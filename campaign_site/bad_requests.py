"""Requests that nobody means, and that would be reported as faults of ours: they are answered 400 and nothing else.

An address with the character zero, which PostgreSQL refuses wherever it ends up; a form that broke off because its
sender went away; a form in a character set that no browser sends.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override


class BadRequestMiddleware:
    """Answers before any view does, and when a view could not read a body to its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400 for an address with the character zero, as it is or as it is written in queries."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """400 for a body that could not be read; nobody is left to see it."""
        return HttpResponseBadRequest() if isinstance(problem, UnreadablePostError) else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``. Django's own asks for the form's token, so where the form cannot be read it fails as the request
    did, middleware by middleware, and in the end the server writes thousands of lines.
    """
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponseBadRequest("Bad Request\n", content_type="text/plain; charset=utf-8")
    with override(get_language_from_request(request)):
        return render(None, "400.html", status=400)  # without the request, of which nothing may be readable
