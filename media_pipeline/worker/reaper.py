"""Recover jobs: those of lost workers, ids the queue lost, failures of a machine that works again.

``reap_jobs`` may run anywhere and as often as wanted: every change names the state it expects.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.jobs import lease, queue
from media_pipeline.models import Clip, Job

logger = logging.getLogger(__name__)


def reap_jobs() -> int:
    """Requeue every job that should run and that no worker runs. Returns how many."""
    now, settings = timezone.now(), conf()
    # 1. Take back the jobs of workers that are silent or, on this machine, dead.
    running = Job.objects.filter(status=Job.Status.RUNNING)
    dead = [job.pk for job in running if lease.is_worker_dead(job.worker)]
    abandoned = list(Job.objects.without_heartbeat(settings.lease_s) | running.filter(pk__in=dead))
    back = sum(_requeue_or_end(job) for job in abandoned)
    # 2. End waits longer than any we ever set: they come from a clock that was wrong.
    longest = now + datetime.timedelta(seconds=2 * settings.retry_max_s)
    for job in Job.objects.filter(status=Job.Status.QUEUED, not_before__gt=longest):
        Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED).update(not_before=None)
        queue.enqueue_now(Job.objects.get(pk=job.pk))
    # 3. Send ids again that the queue has lost.
    lost = queue.undelivered_jobs(list(Job.objects.due()))
    for job in lost:
        queue.enqueue_now(job)
    # 4. Resume the newest jobs that failed on a full disk a while ago; an end that is still to come was written by a
    # clock that was wrong.
    ended = Q(finished_at__lt=now - datetime.timedelta(seconds=settings.retry_max_s)) | Q(finished_at__gt=now)
    full = {"error_code": ErrorCode.DISK_FULL, "clip__error_code": ErrorCode.DISK_FULL}
    newer = Job.objects.filter(clip=OuterRef("clip"), created_at__gt=OuterRef("created_at"))
    failed = Job.objects.filter(ended, ~Exists(newer), status=Job.Status.FAILED, **full)
    return back + len(lost) + sum(_resume(job) for job in failed.select_related("clip__master"))


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
        # Only while the row still carries the lease that we judged.
        mine = Job.objects.filter(pk=job.pk, lease=job.lease, status=Job.Status.RUNNING)
        if not mine.update(status=status, lease=None, log_tail=lease.append_log_line(job.log_tail, line), **columns):
            return False
        if code:
            Clip.objects.show_state(job.clip, Clip.State.FAILED, code)
            return False
        queue.enqueue_on_commit(job)
    logger.warning("job %s: worker lost in step %s, attempt %d", job.pk, job.step, job.attempts)
    return True


def _resume(job: Job) -> bool:
    """Begin a failed job again from its first step, in the same row. False while there is no room for it."""
    try:
        storage.require_space(conf().work_dir, 2 * job.clip.master.size_bytes)
    except MediaError:
        return False
    fresh = {"step": Job.Step.PROBE, "attempts": 0, "progress": 0, "work": {}, "finished_at": None, "not_before": None}
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED).update(
            status=Job.Status.QUEUED, log_tail=lease.append_log_line(job.log_tail, "there is room again"), **fresh
        )
        if again:
            Clip.objects.show_state(job.clip, Clip.State.RECEIVED)
            queue.enqueue_on_commit(job)
    return bool(again)
