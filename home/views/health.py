"""``/healthz``: whether the site can work, for a monitor; what is degraded, for administrators."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse

from home.access.visibility import is_signed_in
from media_pipeline import api


def healthz(request: HttpRequest, report: Callable[[], api.HealthReport] = api.health_report) -> JsonResponse:
    """200 while pages can be read, 503 when the database does not answer.

    ``ok`` is false as soon as anything is degraded. What that is, and all else, is told to administrators alone:
    versions and free space help whoever looks for a weak spot.
    """
    try:
        found = report()
        is_administrator = is_signed_in(request) and (request.user.is_superuser or request.user.is_staff)
    except Error as error:
        if api.is_outage(error):
            api.note_outage(error)
        return _json({"ok": False}, 503)
    facts = {"database": True, **asdict(found)} if is_administrator else {}
    return _json({"ok": found.ok, **facts}, 200)


def _json(values: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(values, status=status, headers={"Cache-Control": "no-store"})
