"""Whoever holds the lease may write; nobody else can, however late they come."""

import datetime
import os
import subprocess
import threading

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.jobs import lease, queue, submit
from media_pipeline.models import Job
from media_pipeline.worker import run_job
from tests.media_pipeline.clips import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


class Clock:
    """Seconds that pass only when a test says so."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def job(clip):
    return clip.jobs.get()


@pytest.fixture
def leased(job):
    """The claimed job, with a clock that has come to the next check of the lease."""
    leased = lease.claim_job(job.pk, clock=(clock := Clock()))
    clock.now = lease.LEASE_CHECK_S
    return leased


def row(job):
    return Job.objects.get(pk=job.pk)


def test_a_job_is_claimed_once(job, leased):
    assert lease.claim_job(job.pk) is None
    now = row(job)
    assert (now.status, now.attempts, now.lease) == ("running", 1, leased.job.lease)
    assert (now.worker, now.started_at is None) == (lease.worker_identity(), False)


@pytest.mark.parametrize("row", [{"not_before": "2999-01-01T00:00:00Z"}, {"cancel_requested": True}])
def test_a_job_that_is_not_due_or_cancelled_is_left_alone(job, row):
    Job.objects.update(**row)
    assert lease.claim_job(job.pk) is None


def test_a_late_worker_cannot_write(job, leased):
    Job.objects.update(status="queued", lease=None)
    now = lease.claim_job(job.pk)
    for write in (leased.heartbeat, leased.advance, lambda: leased.end("failed", error_code="internal")):
        with pytest.raises(lease.LostLease):
            write()
    assert (row(job).lease, row(job).step, row(job).error_code) == (now.job.lease, "probe", "")


@pytest.mark.parametrize(
    ("row", "reason"),
    [({"lease": "00000000-0000-0000-0000-000000000001"}, "lost"), ({"cancel_requested": True}, "cancelled")],
)
def test_a_worker_is_told_to_stop(leased, row, reason):
    Job.objects.update(**row)
    assert (leased.should_stop(), leased.reason) == (True, reason)


def test_a_stop_is_seen_at_once(job):
    leased = lease.claim_job(job.pk, stopping=lambda: True)
    assert (leased.should_stop(), leased.reason) == (True, "stopping")


def test_the_database_is_asked_once_a_second(leased, django_assert_num_queries):
    assert lease.LEASE_CHECK_S <= 1  # a cancel is seen well within two seconds
    for queries in (1, 0):
        with django_assert_num_queries(queries):
            assert (leased.should_stop(), leased.reason) == (False, None)


def test_checking_the_lease_writes_heartbeats(job, leased, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"HEARTBEAT_S": 0}
    Job.objects.update(heartbeat_at=LONG_AGO)
    leased.report_progress(0.5)
    leased.should_stop()
    assert (row(job).heartbeat_at > LONG_AGO, row(job).progress) == (True, pytest.approx(0.01))


def heartbeat_threads():
    return [thread for thread in threading.enumerate() if thread.name == "heartbeat"]


def test_long_file_work_writes_heartbeats_while_it_lasts(job, leased, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"HEARTBEAT_S": 0.01}
    Job.objects.update(heartbeat_at=LONG_AGO)
    with leased.heartbeats():
        wait_until(lambda: row(job).heartbeat_at > LONG_AGO)
    assert heartbeat_threads() == []


def test_a_process_that_hangs_falls_silent(job, leased, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"HEARTBEAT_S": 0.01}
    Job.objects.update(heartbeat_at=LONG_AGO)
    leased._clock.now = lease.MAX_SILENCE_S
    with leased.heartbeats():
        wait_until(lambda: heartbeat_threads() == [])
    assert row(job).heartbeat_at == LONG_AGO


def test_the_next_step_waits_with_what_the_last_one_left(job, leased):
    leased.log("one line")
    leased.advance(probe={"a": 1})
    now = row(job)
    assert (now.step, now.status, now.attempts, now.lease, now.work) == ("plan", "queued", 0, None, {"probe": {"a": 1}})
    assert now.log_tail.endswith(" one line\n")


@pytest.mark.parametrize("let_go", ["advance", "requeue"])
def test_a_cancelled_job_does_not_wait_again(job, leased, let_go):
    submit.cancel_job(job.clip)
    with pytest.raises(MediaError) as ending:
        getattr(leased, let_go)()
    assert (ending.value.code, leased.reason, row(job).status) == (ErrorCode.CANCELLED, "cancelled", "running")


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_how_a_job_ends_is_the_last_word_of_a_person(job, leased, status):
    """A failure does not cover up a cancel, and a cancel that was taken back does not end a job."""
    if status == "failed":
        submit.cancel_job(job.clip)
    assert (leased.end(status, error_code="internal"), row(job).status) == (False, "running")


def test_a_failure_after_a_cancel_is_a_cancel(job, leased):
    submit.cancel_job(job.clip)
    assert run_job._write_problem(leased, MediaError(ErrorCode.VERIFY_FAILED)) == "cancelled"
    assert (row(job).status, row(job).error_code) == ("cancelled", "cancelled")


def test_a_cancel_that_was_taken_back_costs_no_attempt(job, leased):
    submit.cancel_job(job.clip)
    leased.should_stop()
    assert submit.retry_job(job.clip) == job
    assert run_job._write_problem(leased, MediaError(ErrorCode.CANCELLED)) == "queued"
    assert (row(job).status, row(job).attempts, row(job).cancel_requested) == ("queued", 0, False)


def test_a_cancelled_clip_that_is_retried_gets_a_new_job(job, leased):
    submit.cancel_job(job.clip)
    assert run_job._write_problem(leased, MediaError(ErrorCode.CANCELLED)) == "cancelled"
    again = submit.retry_job(job.clip)
    assert (again.pk == job.pk, lease.claim_job(again.pk) is not None) == (False, True)


def test_a_waiting_job_is_cancelled_at_once(job):
    assert (submit.cancel_job(job.clip), row(job).status) == (True, "cancelled")
    assert (submit.cancel_job(job.clip), lease.claim_job(job.pk)) == (False, None)


def test_a_log_keeps_its_end():
    log = ""
    for number in range(2000):
        log = lease.append_log_line(log, f"line {number}")
    assert len(log) == lease.MAX_LOG_CHARS
    assert log.endswith(" line 1999\n")


def test_this_process_is_alive_and_its_dead_child_is_not():
    assert lease.is_worker_dead(lease.worker_identity()) is False
    child = subprocess.Popen(["sleep", "30"])
    me = f"process {os.getpid()} {lease._started(os.getpid())}"
    name = lease.worker_identity().replace(me, f"process {child.pid} {lease._started(child.pid)}")
    assert lease.is_worker_dead(name) is False
    child.kill()
    child.wait()
    assert lease.is_worker_dead(name) is True


@pytest.mark.parametrize("name", ["", "elsewhere boot ns process 1 1", "nonsense"])
def test_nobody_judges_workers_of_other_machines(name):
    assert lease.is_worker_dead(name) is False


def test_quick_work_goes_before_long_work(job):
    from django_tasks_db.models import DBTaskResult

    Job.objects.update(step="encode")
    queue.enqueue_now(row(job))
    waiting = DBTaskResult.objects.order_by("enqueued_at").values_list("priority", "queue_name")
    assert list(waiting) == [(10, "quick"), (0, "default")]
