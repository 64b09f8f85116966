"""Recover jobs: those of lost workers, ids the queue lost, failures of a machine that works again.

``reap_jobs`` may run anywhere and as often as wanted: every change names the state it expects.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.jobs import lease, queue
from media_pipeline.models import Clip, Job

logger = logging.getLogger(__name__)


def reap_jobs() -> int:
    """Requeue every job that should run and that no worker runs. Returns how many."""
    back = sum(_requeue_or_end(job) for job in _abandoned())
    _end_impossible_waits()
    lost = queue.undelivered_jobs(list(Job.objects.due()))
    for job in lost:
        queue.enqueue_now(job)
    return back + len(lost) + sum(_resume(job) for job in _failed_for_space())


def _abandoned() -> list[Job]:
    silent = Job.objects.silent(conf().lease_s)
    running = Job.objects.filter(status=Job.Status.RUNNING)
    dead = [job.pk for job in running if lease.is_worker_dead(job.worker)]
    return list(silent | running.filter(pk__in=dead))


def _requeue_or_end(job: Job) -> bool:
    """Decide about one abandoned job. True when it waits again."""
    with transaction.atomic():
        if job.cancel_requested:
            _end(job, Job.Status.CANCELLED, ErrorCode.CANCELLED)
        elif job.attempts >= conf().max_attempts:
            _end(job, Job.Status.FAILED, ErrorCode.WORKER_LOST)
        elif _update_row(job, status=Job.Status.QUEUED, log_tail=_log_with(job, "worker lost, waiting again")):
            logger.warning("job %s: worker lost in step %s, attempt %d", job.pk, job.step, job.attempts)
            queue.enqueue_on_commit(job)
            return True
    return False


def _end(job: Job, status: Job.Status, code: ErrorCode) -> None:
    line = _log_with(job, f"{job.step}: {code}")
    if _update_row(job, status=status, error_code=code, finished_at=timezone.now(), log_tail=line):
        Clip.objects.show_state(job.clip, Clip.State.FAILED, code)


def _update_row(job: Job, **columns: object) -> bool:
    """Write only while the row still carries the lease we judged."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease, status=Job.Status.RUNNING)
    return bool(mine.update(lease=None, **columns))


def _log_with(job: Job, text: str) -> str:
    return lease.append_log_line(job.log_tail, text)


def _end_impossible_waits() -> None:
    """A wait longer than any we ever set comes from a clock that was wrong: end it."""
    longest = timezone.now() + datetime.timedelta(seconds=2 * conf().retry_max_s)
    for job in Job.objects.filter(status=Job.Status.QUEUED, not_before__gt=longest):
        Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED).update(not_before=None)
        queue.enqueue_now(Job.objects.get(pk=job.pk))


def _failed_for_space() -> list[Job]:
    """Newest jobs of clips that failed on a full disk a while ago, now that there is room again."""
    now = timezone.now()
    # An end that is still to come was written by a clock that was wrong.
    ended = Q(finished_at__lt=now - datetime.timedelta(seconds=conf().retry_max_s)) | Q(finished_at__gt=now)
    failed = Job.objects.filter(
        ended, status=Job.Status.FAILED, error_code=ErrorCode.DISK_FULL, clip__error_code=ErrorCode.DISK_FULL
    )
    return [job for job in failed.select_related("clip__master") if _fits_now(job) and not _has_newer_job(job)]


def _fits_now(job: Job) -> bool:
    try:
        storage.require_space(conf().work_dir, 2 * job.clip.master.size_bytes)
    except MediaError:
        return False
    return True


def _has_newer_job(job: Job) -> bool:
    return Job.objects.filter(clip=job.clip, created_at__gt=job.created_at).exists()


def _resume(job: Job) -> bool:
    """Begin a failed job again from its first step, in the same row."""
    fresh = {"step": Job.Step.PROBE, "attempts": 0, "progress": 0, "work": {}, "finished_at": None, "not_before": None}
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED).update(
            status=Job.Status.QUEUED, log_tail=_log_with(job, "there is room again"), **fresh
        )
        if again:
            Clip.objects.show_state(job.clip, Clip.State.RECEIVED)
            queue.enqueue_on_commit(job)
    return bool(again)
