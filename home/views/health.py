"""``/healthz``: whether the site can work, for a monitor."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from media_pipeline import api


def healthz(request: HttpRequest, report: Callable[[], api.HealthReport] = api.health_report) -> JsonResponse:
    """200 while pages can be read, with ``problems`` naming what is degraded; 503 when the database does not answer."""
    try:
        found = report()
    except DatabaseError:
        return _json({"ok": False, "database": False, "problems": ["database: no answer"]}, 503)
    return _json({"ok": found.ok, "database": True, **asdict(found)}, 200)


def _json(values: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(values, status=status, headers={"Cache-Control": "no-store"})
