"""``/healthz``: whether the site can work, for a monitor."""

from dataclasses import asdict

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from home.refusal import uncached
from media_pipeline import api


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be read, with ``problems`` naming what is degraded; 503 when the database does not answer."""
    try:
        found = api.health()
    except DatabaseError:
        return uncached(JsonResponse({"ok": False, "database": False, "problems": ["database: no answer"]}, status=503))
    return uncached(JsonResponse({"ok": found.ok, "database": True, **asdict(found)}))
