"""Rungs that wait for a first viewer: whose request counts, how often, and that nothing else is in its way."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from media_pipeline import api
from media_pipeline.models import Clip, Job
from tests.home.archive import person_in
from tests.home.media.addresses import answer, every_address


@pytest.fixture
def on_demand(settings):
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "RUNGS_ON_DEMAND": True}


def waiting() -> list[tuple[str, int]]:
    return list(Job.objects.active().values_list("clip__title", "priority"))


def playlist(clip: Clip) -> str:
    return f"/media/{clip.public_id}/master.m3u8"


@pytest.mark.usefixtures("on_demand")
def test_the_first_viewer_has_them_made_once(client, clip_page):
    clip = clip_page.clip
    for url in set(every_address(clip)) - {playlist(clip)}:
        answer(client, url)
    client.head(playlist(clip))
    assert waiting() == []
    for _ in range(3):
        assert client.get(playlist(clip)).status_code == 200
    assert waiting() == [(clip.title, -10)]
    # What plays stays what it was, and a further viewer after the work begins nothing.
    assert Clip.objects.get(pk=clip.pk).package == clip.package
    Job.objects.update(status=Job.Status.DONE)
    client.get(playlist(clip))
    assert waiting() == []


@pytest.mark.usefixtures("on_demand")
def test_whoever_only_previews_is_no_viewer(client, archive, admin_user):
    clip = archive.clip_page(archive.city(), live=False).clip
    client.force_login(admin_user)
    assert client.get(playlist(clip)).status_code == 200
    client.force_login(person_in())
    assert client.get(playlist(clip)).status_code == 404
    assert waiting() == []


@pytest.mark.usefixtures("on_demand")
def test_while_a_clip_is_worked_on_the_next_viewer_counts(client, clip_page):
    clip = clip_page.clip
    running = api.retry_job(clip)
    client.get(playlist(clip))
    assert Job.objects.active().get() == running
    Job.objects.update(status=Job.Status.DONE)
    client.get(playlist(clip))
    assert waiting() == [(clip.title, -10)]


def test_without_the_setting_nothing_waits(client, clip_page):
    client.get(playlist(clip_page.clip))
    assert waiting() == []


@pytest.mark.usefixtures("on_demand")
def test_a_database_that_cannot_be_written_shows_the_clip_all_the_same(client, clip_page, monkeypatch):
    class BusyError(Exception):
        sqlite_errorcode = 5

    def locked(*_args, **_kwargs):
        raise OperationalError("database is locked") from BusyError()

    monkeypatch.setattr("home.media.playlists.api.want_all_rungs", locked)
    assert client.get(playlist(clip_page.clip)).status_code == 200


@pytest.mark.usefixtures("on_demand")
def test_later_viewers_cost_no_query(client, clip_page, settings, django_assert_num_queries):
    clip = clip_page.clip
    client.get(playlist(clip))
    Job.objects.update(status=Job.Status.DONE)
    with CaptureQueriesContext(connection) as asked:
        client.get(playlist(clip))
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "RUNGS_ON_DEMAND": False}
    with django_assert_num_queries(len(asked)):
        client.get(playlist(clip))
