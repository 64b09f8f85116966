"""What a dead worker, a lost message or a wrong clock leaves is put right, once."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.jobs import lease
from media_pipeline.models import Clip, Job
from media_pipeline.worker import process, reaper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DEAD = lease.worker_identity().rpartition(" ")[0] + " 1"


@pytest.fixture
def running(clip):
    """The clip's job in the hands of a worker that is still alive; its queue entry is used up."""
    job = clip.jobs.get()
    lease.claim_job(job.pk)
    DBTaskResult.objects.all().delete()
    return job


def row(job):
    return Job.objects.get(pk=job.pk)


def ago(**time):
    return timezone.now() - datetime.timedelta(**time)


def test_a_living_worker_keeps_its_job(running):
    assert reaper.reap_jobs() == 0
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
    assert reaper.reap_jobs() == 1
    now = row(running)
    assert (now.status, now.lease, now.attempts) == ("queued", None, 1)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[str(running.pk), "quick"]]
    assert reaper.reap_jobs() == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"attempts": 3}, "failed", "worker_lost"), ({"cancel_requested": True}, "cancelled", "cancelled")],
    ids=["it kills its workers", "it was cancelled"],
)
def test_a_job_of_a_lost_worker_ends(running, change, status, code):
    Job.objects.update(worker=DEAD, **change)
    assert reaper.reap_jobs() == 0
    assert (row(running).status, row(running).error_code) == (status, code)
    assert list(Clip.objects.values_list("state", "error_code")) == [("FAILED", code)]


def test_an_id_the_queue_lost_is_sent_again_once(clip):
    DBTaskResult.objects.all().delete()
    assert (reaper.reap_jobs(), reaper.reap_jobs()) == (1, 0)
    assert DBTaskResult.objects.count() == 1


def test_an_id_that_died_with_its_worker_is_sent_again(clip):
    DBTaskResult.objects.update(status="RUNNING")
    assert reaper.reap_jobs() == 1


def test_a_wait_that_a_wrong_clock_set_is_ended(clip):
    Job.objects.update(not_before=ago(days=-2))
    reaper.reap_jobs()
    assert row(clip.jobs.get()).not_before is None


def fail_for_space(ended):
    Job.objects.update(
        status="failed", error_code="disk_full", finished_at=ago(**ended), step="encode", attempts=1, lease=None
    )
    Clip.objects.update(state="FAILED", error_code="disk_full")


def test_a_full_disk_is_forgiven_when_there_is_space(running):
    fail_for_space({"hours": 1})
    assert reaper.reap_jobs() == 1
    now = row(running)
    assert (now.status, now.step, now.attempts, now.finished_at) == ("queued", "probe", 0, None)
    assert list(Clip.objects.values_list("state", "error_code")) == [("RECEIVED", "")]


@pytest.mark.parametrize(("ended", "reserve"), [({"hours": 1}, 1 << 60), ({"seconds": 1}, 0)], ids=["full", "too soon"])
def test_a_full_disk_is_not_forgiven(running, settings, ended, reserve):
    fail_for_space(ended)
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": reserve}
    assert (reaper.reap_jobs(), row(running).status) == (0, "failed")


def test_periodic_work_is_due_after_its_time(db, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"REAP_S": 60}
    done, now = [], [0.0]
    periodic = process.PeriodicRunner(clock=lambda: now[0], tasks=[lambda: done.append(now[0])])
    for now[0] in (0.0, 59.0, 60.0, 61.0, 120.0):
        periodic.run_when_due()
    assert done == [0.0, 60.0, 120.0]
