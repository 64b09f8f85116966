"""Putting right what died: jobs of lost workers, ids the queue lost, failures of a machine that is well again.

``reap`` may run anywhere and as often as wanted: every change names the state it expects.
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
Status = Job.Status


def reap() -> int:
    """Bring every job that nobody works on, and somebody should, back to the queue. Returns how many."""
    back = sum(_take_back(job) for job in _abandoned())
    _forgive_clock()
    lost = queue.undelivered(list(Job.objects.due()))
    for job in lost:
        queue.dispatch(job)
    return back + len(lost) + sum(_resume(job) for job in _out_of_space())


def _abandoned() -> list[Job]:
    silent = Job.objects.silent(conf().lease_s)
    running = Job.objects.filter(status=Status.RUNNING)
    dead = [job.pk for job in running if lease.surely_dead(job.worker)]
    return list(silent | running.filter(pk__in=dead))


def _take_back(job: Job) -> bool:
    """Decide about one abandoned job. True when it waits again."""
    with transaction.atomic():
        if job.cancel_requested:
            _end(job, Status.CANCELLED, ErrorCode.CANCELLED)
        elif job.attempts >= conf().max_attempts:
            _end(job, Status.FAILED, ErrorCode.WORKER_LOST)
        elif _ours(job, status=Status.QUEUED, log_tail=_line(job, "worker lost, waiting again")):
            logger.warning("job %s: worker lost in step %s, attempt %d", job.pk, job.step, job.attempts)
            queue.send(job)
            return True
    return False


def _end(job: Job, status: Job.Status, code: ErrorCode) -> None:
    line = _line(job, f"{job.step}: {code}")
    if _ours(job, status=status, error_code=code, finished_at=timezone.now(), log_tail=line):
        Clip.objects.show_state(job.clip, Clip.State.FAILED, code)


def _ours(job: Job, **columns: object) -> bool:
    """Write only while the row still carries the lease we judged."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease, status=Status.RUNNING)
    return bool(mine.update(lease=None, **columns))


def _line(job: Job, text: str) -> str:
    return lease.with_line(job.log_tail, text)


def _forgive_clock() -> None:
    """A wait longer than any we ever set comes from a clock that was wrong: end it."""
    longest = timezone.now() + datetime.timedelta(seconds=2 * conf().retry_max_s)
    for job in Job.objects.filter(status=Status.QUEUED, not_before__gt=longest):
        Job.objects.filter(pk=job.pk, status=Status.QUEUED).update(not_before=None)
        queue.dispatch(Job.objects.get(pk=job.pk))


def _out_of_space() -> list[Job]:
    """Newest jobs of clips that failed on a full disk a while ago, now that there is room again."""
    now = timezone.now()
    # An end that is still to come was written by a clock that was wrong.
    ended = Q(finished_at__lt=now - datetime.timedelta(seconds=conf().retry_max_s)) | Q(finished_at__gt=now)
    failed = Job.objects.filter(
        ended, status=Status.FAILED, error_code=ErrorCode.DISK_FULL, clip__error_code=ErrorCode.DISK_FULL
    )
    return [job for job in failed.select_related("clip__master") if _fits(job) and not _succeeded_by_another(job)]


def _fits(job: Job) -> bool:
    try:
        storage.require_space(conf().work_dir, 2 * job.clip.master.size_bytes)
    except MediaError:
        return False
    return True


def _succeeded_by_another(job: Job) -> bool:
    return Job.objects.filter(clip=job.clip, created_at__gt=job.created_at).exists()


def _resume(job: Job) -> bool:
    """Begin a failed job again from its first step, in the same row."""
    fresh = {"step": Job.Step.PROBE, "attempts": 0, "progress": 0, "work": {}, "finished_at": None, "not_before": None}
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, status=Status.FAILED).update(
            status=Status.QUEUED, log_tail=_line(job, "there is room again"), **fresh
        )
        if again:
            Clip.objects.show_state(job.clip, Clip.State.RECEIVED)
            queue.send(job)
    return bool(again)
