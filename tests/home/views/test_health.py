"""``/healthz`` for monitors."""

import json

from django.db import OperationalError

from home.views.health import healthz
from media_pipeline.api import HealthReport


def test_health_says_what_is_degraded(client, db, files):
    found = client.get("/healthz")
    facts = found.json()
    assert (found.status_code, found["Cache-Control"]) == (200, "no-store")
    assert facts["ok"] is (facts["problems"] == [])
    assert {"database", "ffmpeg", "sandbox", "free_bytes", "queue_age_s"} <= set(facts)


def test_health_without_a_database_is_503(rf):
    def broken() -> HealthReport:
        raise OperationalError("no such host")

    response = healthz(rf.get("/healthz"), report=broken)
    assert (response.status_code, json.loads(response.content)["ok"]) == (503, False)
    assert "no such host" not in response.content.decode()
