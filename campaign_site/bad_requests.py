"""Requests that nobody means, and that would be reported as faults of ours: they are answered 400 and nothing else.

An address with the character zero, which PostgreSQL refuses wherever it ends up; a form that broke off because its
sender went away; a form in a character set that no browser sends.
"""

import codecs
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.shortcuts import render
from django.utils.http import parse_header_parameters
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


def without_odd_charsets(application: Any) -> Any:
    """Wrap a WSGI application: 400 for what is not in UTF-8.

    Django takes any codec of Python's by its name ("zlib", "undefined"). With one that makes no text, addresses, tokens
    and forms fail wherever they are read, the making of the request included, so no middleware of Django's can answer.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if is_in_utf8(environ.get("CONTENT_TYPE", "")):
            response: Iterable[bytes] = application(environ, start_response)
            return response
        text = b"Bad Request\n"
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start_response("400 Bad Request", [kind, ("Content-Length", str(len(text)))])
        return (text,)

    return answer


def is_in_utf8(content_type: str) -> bool:
    """Whether a header ``Content-Type`` can be read and names UTF-8, no character set, or one that nobody knows."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except (LookupError, ValueError):  # it may itself be written in any codec
        return False
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return True
    except ValueError:
        return False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``. Django's own asks for the form's token, so where the form cannot be read it fails as the request
    did, middleware by middleware, and in the end the server writes thousands of lines.
    """
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponseBadRequest("Bad Request\n", content_type="text/plain; charset=utf-8")
    with override(get_language_from_request(request)):
        return render(None, "400.html", status=400)  # without the request, of which nothing may be readable
