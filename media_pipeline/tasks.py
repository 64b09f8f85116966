"""What the queue calls, and the same work without a queue."""

import time
from uuid import UUID

from django_tasks import task

from media_pipeline import carrier, jobs, stopping
from media_pipeline.ffmpeg.command import Runner
from media_pipeline.models import Clip
from media_pipeline.status import ClipStatus, progress, status

POLL_S = 0.2


@task(backend=carrier.ALIAS)
def run_step(job_id: str) -> str:
    """Do the next step of the job. Harmless when the id comes twice."""
    return jobs.carry_out(job_id, stopping=stopping.asked)


def process_now(clip: Clip, run: Runner | None = None) -> ClipStatus:
    """Carry out the clip's job in this process until it is over, and say how it ended.

    A worker may take steps of the same job meanwhile; then this waits for them.
    """
    while (job := clip.jobs.order_by("-created_at").first()) and not progress(clip).over:
        if _step(job.pk, run) == "skipped":
            time.sleep(POLL_S)
    return status(clip)


def _step(job_id: UUID, run: Runner | None) -> str:
    return jobs.carry_out(job_id, run=run, stopping=stopping.asked)
