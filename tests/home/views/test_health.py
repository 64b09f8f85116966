"""``/healthz`` for monitors, and what administrators see beside it."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import OperationalError

from home.access.roles import sync_city_roles
from home.views.health import healthz
from media_pipeline.api import HealthReport
from media_pipeline.models import PeriodicTaskRun
from tests.home.archive import person_in


@pytest.fixture
def degraded(db, files):
    """A site whose scheduled pages are not published."""
    PeriodicTaskRun.objects.create(
        name="publish_scheduled_pages", last_error_at="2026-03-01T12:00:00Z", last_error="ValueError: page 7"
    )


def test_strangers_and_editors_learn_only_whether_all_is_well(client, degraded, archive):
    for person in (None, person_in(sync_city_roles(archive.city())["editor"])):
        if person is not None:
            client.force_login(person)
        found = client.get("/healthz")
        assert (found.status_code, found["Cache-Control"], found.json()) == (200, "no-store", {"ok": False})


def test_administrators_learn_what_is_degraded(client, degraded, capsys):
    client.force_login(get_user_model().objects.create_superuser("admin", password="x"))
    facts = client.get("/healthz").json()
    assert (facts["ok"], facts["database"]) == (False, True)
    assert "periodic task publish_scheduled_pages: ValueError: page 7" in facts["problems"]
    assert facts["periodic_tasks"] == [{
        "name": "publish_scheduled_pages",
        "last_success_at": "",
        "last_error_at": "2026-03-01T12:00:00+00:00",
        "last_error": "ValueError: page 7",
    }]  # fmt: skip
    assert {"ffmpeg", "sandbox", "free_bytes", "queue_age_s"} <= set(facts)
    with pytest.raises(SystemExit):
        call_command("health")
    assert capsys.readouterr().out.splitlines() == facts["problems"]


def test_health_without_a_database_is_503(rf):
    def broken() -> HealthReport:
        raise OperationalError("no such host")

    request = rf.get("/healthz")
    request.user = AnonymousUser()
    response = healthz(request, report=broken)
    assert (response.status_code, json.loads(response.content)) == (503, {"ok": False})
