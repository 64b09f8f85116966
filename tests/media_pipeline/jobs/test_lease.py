"""Whoever holds the lease may write; nobody else can, however late they come."""

import datetime
import os
import subprocess
import time

import pytest
from django.utils import timezone

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.jobs import lease, queue, submit
from media_pipeline.models import Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def job(clip):
    return clip.jobs.get()


def row(job):
    return Job.objects.get(pk=job.pk)


def test_a_job_is_claimed_once(job):
    leased = lease.claim_job(job.pk)
    assert lease.claim_job(job.pk) is None
    now = row(job)
    assert (now.status, now.attempts, now.lease, now.worker) == ("running", 1, leased.lease, lease.worker_identity())
    assert now.started_at is not None


def test_a_job_that_is_not_due_is_left_alone(job):
    Job.objects.update(not_before=timezone.now() + datetime.timedelta(seconds=60))
    assert lease.claim_job(job.pk) is None


def test_a_cancelled_job_is_left_alone(job):
    Job.objects.update(cancel_requested=True)
    assert lease.claim_job(job.pk) is None


def test_a_late_worker_cannot_write(job):
    late = lease.claim_job(job.pk)
    Job.objects.update(status="queued", lease=None)
    now = lease.claim_job(job.pk)
    for write in (late.heartbeat, late.advance, lambda: late.end("failed", error_code="internal")):
        with pytest.raises(lease.LostLease):
            write()
    assert (row(job).lease, row(job).step, row(job).error_code) == (now.lease, "probe", "")


def test_a_late_worker_is_told_to_stop(job):
    leased = lease.claim_job(job.pk, check_s=0)
    assert (leased.should_stop(), leased.reason) == (False, None)
    Job.objects.update(lease="00000000-0000-0000-0000-000000000001")
    assert (leased.should_stop(), leased.reason) == (True, "lost")


def test_a_cancel_is_seen(job):
    leased = lease.claim_job(job.pk, check_s=0)
    assert submit.cancel_job(job.clip) is True
    assert (leased.should_stop(), leased.reason) == (True, "cancelled")


def test_a_stop_is_seen_at_once(job):
    leased = lease.claim_job(job.pk, stopping=lambda: True)
    assert (leased.should_stop(), leased.reason) == (True, "stopping")


def test_looking_shows_a_sign_of_life(job, settings):
    settings.MEDIA_PIPELINE |= {"HEARTBEAT_S": 0}
    leased = lease.claim_job(job.pk, check_s=0)
    Job.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(seconds=50))
    leased.report_progress(0.5)
    leased.should_stop()
    assert timezone.now() - row(job).heartbeat_at < datetime.timedelta(seconds=10)
    assert row(job).progress == pytest.approx(0.01)


def test_long_file_work_shows_signs_of_life_too(job, settings):
    settings.MEDIA_PIPELINE |= {"HEARTBEAT_S": 0.05}
    leased = lease.claim_job(job.pk)
    old = timezone.now() - datetime.timedelta(seconds=50)
    Job.objects.update(heartbeat_at=old)
    with leased.heartbeats():
        deadline = time.monotonic() + 10
        while row(job).heartbeat_at == old and time.monotonic() < deadline:
            time.sleep(0.02)
    assert row(job).heartbeat_at > old
    Job.objects.update(heartbeat_at=old)
    time.sleep(0.2)
    assert row(job).heartbeat_at == old


def test_a_process_that_hangs_falls_silent(job, settings):
    settings.MEDIA_PIPELINE |= {"HEARTBEAT_S": 0.01}
    leased = lease.claim_job(job.pk)
    old = timezone.now() - datetime.timedelta(seconds=50)
    Job.objects.update(heartbeat_at=old)
    with leased.heartbeats(max_silence_s=0.0):
        time.sleep(0.3)
    assert row(job).heartbeat_at == old


def test_the_next_step_waits_with_what_the_last_one_left(job):
    leased = lease.claim_job(job.pk)
    leased.log("one line")
    leased.advance(probe={"a": 1})
    now = row(job)
    assert (now.step, now.status, now.attempts, now.lease, now.work) == ("plan", "queued", 0, None, {"probe": {"a": 1}})
    assert now.log_tail.endswith(" one line\n")


@pytest.mark.parametrize("let_go", ["advance", "requeue"])
def test_a_cancelled_job_does_not_wait_again(job, let_go):
    leased = lease.claim_job(job.pk)
    submit.cancel_job(job.clip)
    with pytest.raises(MediaError) as ending:
        getattr(leased, let_go)()
    assert (ending.value.code, leased.reason, row(job).status) == (ErrorCode.CANCELLED, "cancelled", "running")


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
