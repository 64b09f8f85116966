"""Requests that nobody means, and that would be reported as faults of ours: they are answered 400 and nothing else.

An address with the character zero, which PostgreSQL refuses wherever it ends up; a form that broke off because its
sender went away.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError


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
