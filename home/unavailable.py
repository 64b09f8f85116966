"""The answer when the database is away or locked by another process: nobody's fault, over soon, and nothing was lost.

A form that was sent comes back as a button that sends it again. Programs get one line.
"""

import logging
import sys
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from media_pipeline import api

logger = logging.getLogger(__name__)
RETRY_AFTER_S = {"sqlite": 5, "postgresql": 30}  # a lock is short, a server takes its time
EMBED_ANCESTORS = ["*", "file:"]  # as those of the embed itself


def server_error_page(request: HttpRequest) -> HttpResponse:
    """Answer the exception that is being handled: 503 for a database that cannot be used now, else Django's 500."""
    error = sys.exc_info()[1]
    if error is None or not (api.is_outage(error) or api.is_conflict(error)):
        return server_error(request)
    if api.is_outage(error):
        api.note_outage(error)
    else:
        logger.warning("a request was undone by another one: %s", " ".join(str(error).split()))
    return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 in the language of the address or the browser, without any query."""
    with override(get_language_from_request(request, check_path=True)):
        response = _answer(request)
    response["Retry-After"] = str(RETRY_AFTER_S.get(connection.vendor, 30))
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    accepted, in_frame = request.headers.get("Accept", ""), request.path_info.startswith("/embed/")
    line = _("Please try again in a minute.")
    if "application/json" in accepted:  # the page editor saves by itself: its form stays in the browser
        return JsonResponse({"success": False, "error_code": "unavailable", "error_message": line}, status=503)
    if "text/html" not in accepted or in_frame:
        response = HttpResponse(f"{line}\n", status=503, content_type="text/plain; charset=utf-8")
        if in_frame:
            response.xframe_options_exempt = True  # type: ignore[attr-defined]
            response._csp_replace = {"frame-ancestors": EMBED_ANCESTORS}  # noqa: SLF001 - as csp.decorators writes it
        return response
    return render(request, "503.html", {"address": request.get_full_path(), **_kept_form(request)}, status=503)


def _kept_form(request: HttpRequest) -> dict[str, Any]:
    """What was sent, to be sent again: its fields, unless there is a password among them or a file."""
    if request.method != "POST":
        return {}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except Exception:  # it cannot be read any more, or to read it one has to ask the database who sends it
        return {"has_files": True}
    if has_files:
        return {"has_files": True}
    return {} if any("password" in name for name, _value in fields) else {"fields": fields}
