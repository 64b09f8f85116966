"""What the queue calls, and the same work without a queue."""

import time
from uuid import UUID

from django_tasks import task

from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.jobs import queue, scheduling, shutdown
from media_pipeline.jobs.scheduling import Lane
from media_pipeline.models import Clip
from media_pipeline.status import ClipStatus, clip_progress, clip_status
from media_pipeline.worker import run_job

POLL_S = 0.2
TRIES = 8


@task(backend=queue.ALIAS)
def run_step(job_id: str, lane: str = Lane.LONG) -> str:
    """Do a step of the job whose turn it is in the lane. The id only says which job this call was sent for.

    Harmless when an id comes twice: there is work as long as rows wait, and none when they do not. The named job
    itself is not fallen back on: it may have come to its long step, which must not hold up the quick lane.
    """
    for candidate in scheduling.next_jobs(Lane(lane))[:TRIES]:
        outcome = run_job.carry_out(candidate, stopping=shutdown.is_stopping)
        if outcome != "skipped":
            return outcome
    return "skipped"  # other workers were faster


def process_now(clip: Clip, run: Runner | None = None) -> ClipStatus:
    """Carry out the clip's job in this process until it is over, and say how it ended.

    A worker may take steps of the same job meanwhile; then this waits for them.
    """
    while (job := clip.jobs.order_by("-created_at").first()) and not clip_progress(clip).over:
        if _step(job.pk, run) == "skipped":
            time.sleep(POLL_S)
    return clip_status(clip)


def _step(job_id: UUID, run: Runner | None) -> str:
    return run_job.carry_out(job_id, run=run, stopping=shutdown.is_stopping)
