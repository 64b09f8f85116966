"""Clients that go away before their form has arrived: a bad request of theirs, and no fault to report."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError


class LostClientMiddleware:
    """Answers 400 to a body that broke off, where Django would log an error of ours; nobody is left to read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """400 for a body that could not be read to its end."""
        return HttpResponseBadRequest() if isinstance(problem, UnreadablePostError) else None
