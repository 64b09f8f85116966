"""The worker keeps the editors' schedule: nobody needs a clock of their own beside it."""

import datetime

import pytest

from home.editing import scheduled_publishing
from media_pipeline.models import PeriodicTaskRun
from media_pipeline.worker.periodic import PeriodicRunner
from tests.home.archive import is_public

# The tasks run in threads, with connections of their own.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def test_a_page_that_has_expired_goes_with_the_next_round(client, clip_page):
    url = f"/media/{clip_page.clip.public_id}/master.m3u8"
    assert client.get(url).status_code == 200
    type(clip_page).objects.filter(pk=clip_page.pk).update(expire_at=PAST)
    PeriodicRunner().run_once()
    assert (client.get(url).status_code, client.get(clip_page.get_url()).status_code) == (410, 410)


def test_a_scheduled_page_comes_with_the_next_round(client, archive):
    page = archive.clip_page(archive.city(), live=False)
    page.go_live_at = PAST
    revision = page.save_revision(approved_go_live_at=PAST)
    assert (client.get(page.get_url()).status_code, is_public(page.clip)) == (404, False)
    PeriodicRunner().run_once()
    revision.refresh_from_db()
    assert (client.get(page.get_url()).status_code, revision.approved_go_live_at) == (200, None)
    assert is_public(page.clip)


def test_a_page_that_cannot_be_published_does_not_stop_the_others(client, archive):
    city, pages, revisions = archive.city(), [], []
    for _page in range(3):
        pages.append(archive.clip_page(city, live=False))
        revisions.append(pages[-1].save_revision(approved_go_live_at=PAST))
    revisions[0].content["expire_at"] = "no date"
    revisions[0].save()
    with pytest.raises(ExceptionGroup, match="1 of 3 failed") as failed:
        scheduled_publishing.publish_scheduled_pages()
    assert failed.value.exceptions[0].__notes__ == [f"revision {revisions[0].pk} of clippage {pages[0].pk}"]
    assert [is_public(page.clip) for page in pages] == [False, True, True]
    PeriodicRunner().run_once()
    kept = PeriodicTaskRun.objects.get(pk="publish_scheduled_pages")
    assert (kept.is_failing, f"revision {revisions[0].pk} of clippage" in kept.last_error) == (True, True)


def test_a_failing_chore_does_not_stop_the_schedule(client, archive, settings, tmp_path):
    """What it once did: the cleaning of a folder that cannot be read came first."""
    page = archive.clip_page(archive.city(), live=False)
    page.save_revision(approved_go_live_at=PAST)
    jobs = tmp_path / "work" / "jobs"
    jobs.parent.mkdir(exist_ok=True)
    jobs.symlink_to(jobs)  # a disk that answers every look with an error
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"WORK_DIR": tmp_path / "work"}
    PeriodicRunner().run_once()
    assert is_public(page.clip)
