"""What the queue calls, and the same work without a queue."""

import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django_tasks import task

from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.jobs import queue, scheduling, shutdown
from media_pipeline.jobs.progress import job_progress
from media_pipeline.jobs.scheduling import QueueLane
from media_pipeline.models import Clip
from media_pipeline.status import ClipStatus, clip_status
from media_pipeline.worker.run_job import run_job

PROCESS_POLL_S = 0.2
MAX_CANDIDATES = 8


@task(backend=queue.QUEUE_BACKEND)
def run_step(job_id: str, lane: str = QueueLane.LONG) -> str:
    """Run a step of the job that is next in the lane. The id only says which job this call was enqueued for.

    Harmless when an id comes twice: there is work as long as rows wait, and none when they do not. The named job
    itself is not fallen back on: it may have come to its long step, which must not hold up the quick lane.
    """
    return run_next_job(QueueLane(lane))


def run_next_job(lane: QueueLane, run: Callable[[UUID], str] | None = None) -> str:
    """Run a step of the first job of the lane that no other worker takes. ``run`` replaces ``run_job`` in tests."""
    run = run or partial(run_job, stopping=shutdown.is_stopping)
    for candidate in scheduling.next_jobs(lane)[:MAX_CANDIDATES]:
        outcome = run(candidate)
        if outcome != "skipped":
            return outcome
    return "skipped"  # other workers were faster


def process_now(clip: Clip, runner: Runner | None = None) -> ClipStatus:
    """Run the clip's job in this process until it is over, and return how it ended.

    A worker may take steps of the same job meanwhile; then this waits for them. The job of a clip that is withdrawn
    meanwhile is left waiting.
    """
    while (job := clip.jobs.order_by("-created_at").first()) and not job_progress(job).over:
        if run_job(job.pk, runner=runner, stopping=shutdown.is_stopping) == "skipped":
            if Clip.objects.filter(pk=clip.pk, state=Clip.State.WITHDRAWN).exists():
                break
            time.sleep(PROCESS_POLL_S)
    return clip_status(clip)
