"""What a dead worker, a lost message or a wrong clock leaves is put right, once."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline import api
from media_pipeline.jobs import lease, submit
from media_pipeline.models import Clip, Job
from media_pipeline.worker import reaper
from tests.media_pipeline.moments import armed, before

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DEAD = lease.worker_identity().rpartition(" ")[0] + " 1"


@pytest.fixture
def running(clip):
    """The clip's job in the hands of a worker that is still alive; its queue entry is used up."""
    job = clip.jobs.get()
    lease.claim_job(job.pk)
    DBTaskResult.objects.all().delete()
    return job


def reap(pause=lambda _seconds: None):
    """Recover jobs; nothing happens between the two looks at a silent worker unless ``pause`` does it."""
    return reaper.reap_jobs(pause)


def row(job):
    return Job.objects.get(pk=job.pk)


def ago(**time):
    return timezone.now() - datetime.timedelta(**time)


def test_a_living_worker_keeps_its_job(running):
    assert reap() == 0
    assert (row(running).status, DBTaskResult.objects.count()) == ("running", 0)


@pytest.mark.parametrize(
    "change",
    [
        {"worker": DEAD},
        {"worker": "elsewhere", "heartbeat_at": ago(seconds=61)},
        {"worker": "elsewhere", "heartbeat_at": ago(days=2)},
        {"worker": "elsewhere", "heartbeat_at": ago(days=-2)},
        {"worker": "elsewhere", "heartbeat_at": None},
    ],
    ids=["process gone", "silent", "clock set forward", "clock set back", "never beat"],
)
def test_a_lost_worker_loses_its_job(running, change):
    Job.objects.update(**change)
    assert reap() == 1
    now = row(running)
    assert (now.status, now.lease, now.attempts) == ("queued", None, 1)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[str(running.pk), "quick"]]
    assert reap() == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"attempts": 3}, "failed", "worker_lost"), ({"cancel_requested": True}, "cancelled", "cancelled")],
    ids=["it kills its workers", "it was cancelled"],
)
def test_a_job_of_a_lost_worker_ends(running, change, status, code):
    Job.objects.update(worker=DEAD, **change)
    assert reap() == 0
    assert (row(running).status, row(running).error_code) == (status, code)
    assert list(Clip.objects.values_list("state", "error_code")) == [("FAILED", code)]


def test_a_silent_worker_that_comes_back_keeps_its_job(running):
    """All are silent while the database is away; the first sign of life comes after it."""
    Job.objects.update(heartbeat_at=ago(seconds=90))
    leased = lease.LeasedJob(row(running), lambda: False, lambda: 0.0)
    assert reap(lambda _seconds: leased.heartbeat()) == 0
    assert (row(running).status, row(running).lease, row(running).attempts) == ("running", leased.job.lease, 1)


def test_a_worker_that_is_told_to_stop_judges_nobody(running):
    Job.objects.update(heartbeat_at=ago(seconds=90))
    assert (reap(lambda _seconds: True), row(running).status) == (0, "running")


def test_a_job_that_is_cancelled_while_its_lost_worker_is_judged_ends(running):
    """The race that left jobs waiting for ever: cancelled, so that nobody takes them, and not ended."""
    Job.objects.update(worker=DEAD)
    with armed(before(reaper, "_requeue_or_end", lambda _frame: submit.cancel_job(running.clip))):
        assert reap() == 0
    assert (row(running).status, row(running).error_code) == ("cancelled", "cancelled")
    assert list(Clip.objects.values_list("state", "error_code")) == [("FAILED", "cancelled")]


def test_a_job_that_is_cancelled_after_its_lost_worker_was_judged_ends(running):
    Job.objects.update(worker=DEAD)
    assert reap() == 1
    assert (submit.cancel_job(running.clip), row(running).status) == (True, "cancelled")


def test_a_cancel_that_is_taken_back_while_the_lost_worker_is_judged_counts(running):
    Job.objects.update(worker=DEAD)
    submit.cancel_job(running.clip)
    with armed(before(reaper, "_requeue_or_end", lambda _frame: submit.retry_job(running.clip))):
        assert reap() == 1
    assert (row(running).status, row(running).cancel_requested) == ("queued", False)
    assert lease.claim_job(running.pk) is not None


def test_a_job_that_waits_although_it_was_cancelled_ends(clip):
    """What an older version left."""
    Job.objects.update(cancel_requested=True)
    reap()
    assert list(Job.objects.values_list("status", "error_code")) == [("cancelled", "cancelled")]
    assert list(Clip.objects.values_list("state", "error_code")) == [("FAILED", "cancelled")]


def test_a_lost_job_of_a_withdrawn_clip_waits_for_its_clip(running):
    Job.objects.update(worker=DEAD)
    api.withdraw_clip(running.clip)
    reap()
    assert (row(running).status, lease.claim_job(running.pk), reap(), api.queue_age_s()) == ("queued", None, 0, 0.0)
    api.restore_clip(running.clip)
    assert lease.claim_job(running.pk) is not None


def test_one_job_that_cannot_be_recovered_does_not_stop_the_others(running, small_video):
    other = api.ingest_clip(small_video, title="Other", spoken_language="en").jobs.get()
    lease.claim_job(other.pk)
    Job.objects.update(worker=DEAD)
    with (
        armed(before(reaper, "_requeue_or_end", fails_once := raising(ValueError("broken")))),
        pytest.raises(ExceptionGroup, match="1 of 2 failed") as failed,
    ):
        reap()
    assert failed.value.exceptions[0].__notes__ == [f"job {fails_once.job.pk}"]
    assert {job.pk for job in Job.objects.filter(status="queued")} == {running.pk, other.pk} - {fails_once.job.pk}


class raising:  # noqa: N801 - reads as an action
    """An action: the function that is called first raises ``error``; ``job`` is what it was called with."""

    def __init__(self, error):
        self.error, self.job = error, None

    def __call__(self, frame):
        if self.job is None:
            self.job = frame.f_locals["job"]
            raise self.error


def test_a_worker_that_starts_takes_back_what_needs_no_second_look(running):
    Job.objects.update(worker=DEAD)
    assert (reaper.reap_at_start(), row(running).status) == (1, "queued")


def test_an_id_the_queue_lost_is_sent_again_once(clip):
    DBTaskResult.objects.all().delete()
    assert (reap(), reap()) == (1, 0)
    assert DBTaskResult.objects.count() == 1


def test_an_id_that_died_with_its_worker_is_sent_again(clip):
    DBTaskResult.objects.update(status="RUNNING")
    assert reap() == 1


def test_a_wait_that_a_wrong_clock_set_is_ended(clip):
    Job.objects.update(not_before=ago(days=-2))
    reap()
    assert row(clip.jobs.get()).not_before is None


def fail_for_space(ended):
    Job.objects.update(
        status="failed", error_code="disk_full", finished_at=ago(**ended), step="encode", attempts=1, lease=None
    )
    Clip.objects.update(state="FAILED", error_code="disk_full")


def test_a_full_disk_is_forgiven_when_there_is_space(running):
    fail_for_space({"hours": 1})
    assert reap() == 1
    now = row(running)
    assert (now.status, now.step, now.attempts, now.finished_at) == ("queued", "probe", 0, None)
    assert list(Clip.objects.values_list("state", "error_code")) == [("RECEIVED", "")]


@pytest.mark.parametrize("change", ["withdrawn", "cancelled"])
def test_a_full_disk_is_not_forgiven_for_what_nobody_wants(running, change):
    fail_for_space({"hours": 1})
    if change == "withdrawn":
        api.withdraw_clip(running.clip)
    else:
        Job.objects.update(cancel_requested=True)
    assert (reap(), row(running).status) == (0, "failed")


def test_a_clip_that_was_retried_by_hand_keeps_its_new_job(running):
    fail_for_space({"hours": 1})
    with armed(before(reaper, "_resume", lambda _frame: api.retry_job(running.clip))):
        assert reap() == 0
    assert list(Job.objects.order_by("created_at").values_list("status", flat=True)) == ["failed", "queued"]


@pytest.mark.parametrize(("ended", "reserve"), [({"hours": 1}, 1 << 60), ({"seconds": 1}, 0)], ids=["full", "too soon"])
def test_a_full_disk_is_not_forgiven(running, settings, ended, reserve):
    fail_for_space(ended)
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": reserve}
    assert (reap(), row(running).status) == (0, "failed")
