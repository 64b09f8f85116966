"""Submit, retry and cancel jobs.

The row is the truth. Who holds the lease may write it (``lease.py``); all others change it only by
conditional updates that say which state they expect.
"""

from django.db import transaction
from django.utils import timezone

from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.jobs import queue
from media_pipeline.models import Clip, Job


def submit_job(clip: Clip, *, priority: int = 0) -> Job:
    """Create the clip's job, which is enqueued on commit. A clip that has an active job keeps that one."""
    with transaction.atomic():
        job, new = Job.objects.active().get_or_create(clip=clip, defaults={"priority": priority})
        if new:
            Clip.objects.show_state(clip, Clip.State.RECEIVED)
            queue.enqueue_on_commit(job)
    return job


def retry_job(clip: Clip) -> Job:
    """Begin again after a failure, a refusal or a cancel. A clip that is being worked on keeps its job.

    A cancel that nobody has carried out yet is taken back.
    """
    with transaction.atomic():
        taken_back = clip.jobs.active().filter(cancel_requested=True)
        for job in list(taken_back):
            if Job.objects.active().filter(pk=job.pk).update(cancel_requested=False):
                queue.enqueue_on_commit(job)  # harmless where it runs
    last = clip.jobs.order_by("-created_at").first()
    return submit_job(clip, priority=last.priority if last else 0)


def cancel_job(clip: Clip) -> bool:
    """Stop the clip's job: at once when it waits, within two seconds when it runs. False when there was none."""
    # One transaction, so that a process that dies leaves no half of it. The request first: a worker that ends a step
    # after it sees it, and one that ended before leaves a waiting row.
    with transaction.atomic():
        wanted = clip.jobs.active().update(cancel_requested=True)
        ended = clip.jobs.filter(status=Job.Status.QUEUED, cancel_requested=True).update(
            status=Job.Status.CANCELLED, error_code=ErrorCode.CANCELLED, finished_at=timezone.now()
        )
        if ended:
            Clip.objects.show_state(clip, Clip.State.FAILED, ErrorCode.CANCELLED)
    return bool(wanted)


def queue_age_s() -> float:
    """Seconds the longest-waiting job that is due has waited, 0.0 when none waits."""
    oldest = Job.objects.due().order_by("created_at").first()
    if oldest is None:
        return 0.0
    since = oldest.not_before or oldest.created_at
    return max(0.0, (timezone.now() - since).total_seconds())
