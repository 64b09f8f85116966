"""The worker keeps the editors' schedule: nobody needs a clock of their own beside it."""

import datetime

import pytest

from home.access.visibility import is_public
from media_pipeline.worker.process import PeriodicRunner

# A round begins by giving back old connections.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def test_a_page_that_has_expired_goes_with_the_next_round(client, clip_page):
    url = f"/media/{clip_page.clip.public_id}/master.m3u8"
    assert client.get(url).status_code == 200
    type(clip_page).objects.filter(pk=clip_page.pk).update(expire_at=PAST)
    PeriodicRunner().run_once()
    assert (client.get(url).status_code, client.get(clip_page.get_url()).status_code) == (410, 404)


def test_a_scheduled_page_comes_with_the_next_round(client, archive):
    page = archive.clip_page(archive.city(), live=False)
    page.go_live_at = PAST
    revision = page.save_revision(approved_go_live_at=PAST)
    assert (client.get(page.get_url()).status_code, is_public(page.clip)) == (404, False)
    PeriodicRunner().run_once()
    revision.refresh_from_db()
    assert (client.get(page.get_url()).status_code, revision.approved_go_live_at) == (200, None)
    assert is_public(page.clip)
