"""One attempt at a job: run its next step and write how that ended."""

import datetime
import logging
import time
import traceback
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import close_old_connections, transaction
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.jobs import lease, queue, workdir
from media_pipeline.models import Clip, Job
from media_pipeline.steps import run_current_step

logger = logging.getLogger(__name__)

# The machine is to blame and waiting a few seconds will not help: fail at once, and start again when it is repaired.
MACHINE_ERRORS = frozenset({ErrorCode.DISK_FULL, ErrorCode.NO_FFMPEG, ErrorCode.NO_SANDBOX})


def run_job(job_id: str | UUID, *, runner: Runner | None = None, stopping: Callable[[], bool] = lambda: False) -> str:
    """Run the next step of a job and return how that ended: skipped, done, lost, or the job's new status."""
    # 1. Claim the job; another worker may have been faster.
    leased = lease.claim_job(job_id, stopping)
    if leased is None:
        return "skipped"
    # 2. Run its step and write the outcome.
    started = time.monotonic()
    try:
        outcome = _attempt(leased, runner)
    # 3. Remove the files that no row names.
    finally:
        workdir.clean_job_dir(workdir.job_dir(leased.job.pk))
    clip, step, took = leased.job.clip.public_id, leased.job.step, time.monotonic() - started
    logger.info("clip %s: %s %s after %.1f s", clip, step, outcome, took)
    return outcome


def _attempt(leased: lease.LeasedJob, runner: Runner | None) -> str:
    try:
        with leased.heartbeats():
            run_current_step(leased, runner)
        return "done"
    except lease.LostLease:
        return leased.LOST
    except lease.StartOver:
        return _write_outcome(leased, partial(_start_over, leased))
    except MediaError as problem:
        return _write_outcome(leased, partial(_settle, leased, problem))
    except Exception:
        logger.exception("job %s: step %s failed", leased.job.pk, leased.job.step)
        close_old_connections()
        tail = traceback.format_exc()[-2000:]
        return _write_outcome(leased, partial(_settle, leased, MediaError(ErrorCode.INTERNAL, stderr_tail=tail)))


def _write_outcome(leased: lease.LeasedJob, settle: Callable[[], str]) -> str:
    """Write how an attempt ended, unless somebody else owns the job by now or it was cancelled meanwhile."""
    try:
        try:
            with transaction.atomic():
                return settle()
        except MediaError as cancelled:
            with transaction.atomic():
                return _end(leased, Job.Status.CANCELLED, cancelled.code)
    except lease.LostLease:
        return leased.LOST


def _settle(leased: lease.LeasedJob, problem: MediaError) -> str:
    """Decide what an attempt that did not succeed means for the job and the clip."""
    if leased.reason == leased.LOST:
        raise lease.LostLease
    if leased.reason == leased.STOPPING:
        return _requeue(leased, "released by a worker that was told to stop", attempts=leased.job.attempts - 1)
    leased.log(workdir.strip_paths(f"{leased.job.step}: {problem}\n{problem.stderr_tail}"))
    if leased.reason == leased.CANCELLED:
        return _end(leased, Job.Status.CANCELLED, ErrorCode.CANCELLED)
    give_up = problem.permanent or problem.code in MACHINE_ERRORS or leased.job.attempts >= conf().max_attempts
    if give_up:
        return _end(leased, Job.Status.FAILED, problem.code, refused=problem.refused)
    wait = backoff_s(leased.job.attempts)
    return _requeue(
        leased, f"attempt {leased.job.attempts} failed, next in {wait:.0f} s", wait_s=wait, error_code=problem.code
    )


def backoff_s(attempts: int) -> float:
    """Seconds to wait after so many attempts."""
    settings = conf()
    return min(settings.retry_max_s, settings.retry_base_s * 2 ** (attempts - 1))


def _requeue(leased: lease.LeasedJob, line: str, wait_s: float = 0, **columns: object) -> str:
    leased.log(line)
    not_before = timezone.now() + datetime.timedelta(seconds=wait_s) if wait_s else None
    leased.requeue(not_before=not_before, **columns)
    queue.enqueue_on_commit(leased.job)
    return Job.Status.QUEUED


def _start_over(leased: lease.LeasedJob) -> str:
    """Back to the first step; not for ever, in case this machine cannot keep what steps leave."""
    times = leased.job.work.get("started_over", 0) + 1
    if times >= conf().max_attempts:
        leased.log(f"{leased.job.step}: earlier work was gone {times} times")
        return _end(leased, Job.Status.FAILED, ErrorCode.INTERNAL)
    line = f"{leased.job.step}: earlier work is gone, beginning again"
    return _requeue(leased, line, step=Job.Step.PROBE, work={"started_over": times}, attempts=0, progress=0)


def _end(leased: lease.LeasedJob, status: Job.Status, code: ErrorCode, *, refused: bool = False) -> str:
    leased.end(status, error_code=code)
    Clip.objects.show_state(leased.job.clip, Clip.State.REJECTED if refused else Clip.State.FAILED, code)
    return status
