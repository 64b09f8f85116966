"""Recover jobs: those of lost workers, ids the queue lost, failures of a machine that works again.

``reap_jobs`` may run anywhere and as often as wanted: every change names the state it expects. One job that cannot be
recovered does not stop the others.
"""

import datetime
import logging
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.each import do_each
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.jobs import lease, queue, shutdown
from media_pipeline.models import Clip, Job

logger = logging.getLogger(__name__)


def reap_jobs(pause: Callable[[float], object] = shutdown.stop_event.wait) -> int:
    """Requeue every job that should run and that no worker runs. Returns how many. ``pause`` waits for seconds."""
    back = do_each((*_of_dead_workers(), *_of_silent_workers(pause)), _requeue_or_end, _name)
    do_each(Job.objects.filter(status=Job.Status.QUEUED, cancel_requested=True), _end_cancelled, _name)
    _end_wrong_waits()
    lost = queue.undelivered_jobs(list(Job.objects.due()))
    do_each(lost, queue.enqueue_now, _name)
    return sum(back) + len(lost) + sum(do_each(_failed_for_space(), _resume, _name))


def reap_at_start() -> int:
    """The same but for silent workers, for which one has to wait: what a worker does first. Returns how many."""
    return reap_jobs(lambda _seconds: True)


def _name(job: Job) -> str:
    return f"job {job.pk}"


def _of_dead_workers() -> list[Job]:
    return [job for job in Job.objects.filter(status=Job.Status.RUNNING) if lease.is_worker_dead(job.worker)]


def _of_silent_workers(pause: Callable[[float], object]) -> list[Job]:
    """Running jobs whose heartbeat is old, and stays so while the database answers.

    A database that was away silences everybody. Living workers try it again within a sixth of the lease, so a second
    look after a third of it tells them from the lost.
    """
    seen = list(Job.objects.without_heartbeat(conf().lease_s))
    if not seen or pause(conf().lease_s / 3):
        return []
    return [job for job in seen if _as_seen(job).exists()]


def _as_seen(job: Job) -> QuerySet[Job]:
    """The job's row while its worker has given no further sign of life."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, heartbeat_at=job.heartbeat_at, status=Job.Status.RUNNING)


def _requeue_or_end(job: Job) -> bool:
    """Decide about one abandoned job. True when it waits again."""
    if job.cancel_requested:
        status, code, line = Job.Status.CANCELLED, ErrorCode.CANCELLED, f"{job.step}: {ErrorCode.CANCELLED}"
    elif job.attempts >= conf().max_attempts:
        status, code, line = Job.Status.FAILED, ErrorCode.WORKER_LOST, f"{job.step}: {ErrorCode.WORKER_LOST}"
    else:
        status, code, line = Job.Status.QUEUED, None, "worker lost, waiting again"
    columns = {"error_code": code, "finished_at": timezone.now()} if code else {}
    with transaction.atomic():
        # Only while the row is as we judged it: someone may cancel it, or take that back, at this moment.
        judged = _as_seen(job).filter(cancel_requested=job.cancel_requested)
        ended = judged.update(status=status, lease=None, log_tail=lease.append_log_line(job.log_tail, line), **columns)
        if ended and code:
            Clip.objects.show_state(job.clip, Clip.State.FAILED, code)
        elif ended:
            queue.enqueue_on_commit(job)
    if not ended:
        now = _as_seen(job).first()
        return now is not None and _requeue_or_end(now)
    if not code:
        logger.warning("job %s: worker lost in step %s, attempt %d", job.pk, job.step, job.attempts)
    return not code


def _end_cancelled(job: Job) -> None:
    """End a job that waits although it was cancelled: older versions left such, and nobody would take it."""
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED, cancel_requested=True).update(
            status=Job.Status.CANCELLED, error_code=ErrorCode.CANCELLED, finished_at=timezone.now()
        ):
            Clip.objects.show_state(job.clip, Clip.State.FAILED, ErrorCode.CANCELLED)


def _end_wrong_waits() -> None:
    """End waits longer than any we ever set: they come from a clock that was wrong."""
    longest = timezone.now() + datetime.timedelta(seconds=2 * conf().retry_max_s)
    for job in Job.objects.filter(status=Job.Status.QUEUED, not_before__gt=longest):
        Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED).update(not_before=None)
        queue.enqueue_now(Job.objects.get(pk=job.pk))  # the queue has the id for that late time


def _failed_for_space() -> QuerySet[Job]:
    """The newest jobs that failed on a full disk a while ago, those of withdrawn clips left out.

    An end that is still to come was written by a clock that was wrong.
    """
    now = timezone.now()
    ended = Q(finished_at__lt=now - datetime.timedelta(seconds=conf().retry_max_s)) | Q(finished_at__gt=now)
    full = {"error_code": ErrorCode.DISK_FULL, "clip__error_code": ErrorCode.DISK_FULL}
    newer = Job.objects.filter(clip=OuterRef("clip"), created_at__gt=OuterRef("created_at"))
    failed = Job.objects.filter(ended, ~Exists(newer), status=Job.Status.FAILED, cancel_requested=False, **full)
    return failed.exclude(clip__state=Clip.State.WITHDRAWN).select_related("clip__master")


def _resume(job: Job) -> bool:
    """Begin a failed job again from its first step, in the same row. False while there is no room for it."""
    try:
        storage.require_space(conf().work_dir, 2 * job.clip.master.size_bytes)
    except MediaError:
        return False
    fresh = {"step": Job.Step.PROBE, "attempts": 0, "progress": 0, "work": {}, "finished_at": None, "not_before": None}
    try:
        with transaction.atomic():
            again = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED, cancel_requested=False).update(
                status=Job.Status.QUEUED, log_tail=lease.append_log_line(job.log_tail, "there is room again"), **fresh
            )
            if again:
                Clip.objects.show_state(job.clip, Clip.State.RECEIVED)
                queue.enqueue_on_commit(job)
    except IntegrityError:  # someone was faster: the clip has a new job
        return False
    return bool(again)
