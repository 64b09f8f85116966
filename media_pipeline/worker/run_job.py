"""One attempt at a job: do its next step, and settle how that ended."""

import datetime
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
from media_pipeline.jobs.submit import Status, logger
from media_pipeline.models import Clip, Job
from media_pipeline.steps import run_step

# The machine is to blame and waiting a few seconds will not help: say so at once, and begin again when it is put right.
ENVIRONMENT = frozenset({ErrorCode.DISK_FULL, ErrorCode.NO_FFMPEG, ErrorCode.NO_SANDBOX})


def carry_out(job_id: str | UUID, *, run: Runner | None = None, stopping: Callable[[], bool] = lease.never) -> str:
    """Do the next step of a job and say how that ended: skipped, done, lost, or the job's new status."""
    held = lease.claim(job_id, stopping)
    if held is None:
        return "skipped"
    began = time.monotonic()
    try:
        outcome = _attempt(held, run)
    finally:
        workdir.leave(held)
    clip, step, took = held.job.clip.public_id, held.job.step, time.monotonic() - began
    logger.info("clip %s: %s %s after %.1f s", clip, step, outcome, took)
    return outcome


def _attempt(held: lease.Held, run: Runner | None) -> str:
    try:
        with held.beating():
            run_step(held, run)
        return "done"
    except lease.LostLease:
        return held.LOST
    except lease.StartOver:
        return _guarded(held, partial(_start_over, held))
    except MediaError as problem:
        return _guarded(held, partial(_settle, held, problem))
    except Exception:
        logger.exception("job %s: step %s broke", held.job.pk, held.job.step)
        close_old_connections()
        tail = traceback.format_exc()[-2000:]
        return _guarded(held, partial(_settle, held, MediaError(ErrorCode.INTERNAL, stderr_tail=tail)))


def _guarded(held: lease.Held, settle: Callable[[], str]) -> str:
    """Write how an attempt ended, unless somebody else owns the job by now or it was cancelled meanwhile."""
    try:
        try:
            with transaction.atomic():
                return settle()
        except MediaError as cancelled:
            with transaction.atomic():
                return _end(held, Status.CANCELLED, cancelled.code)
    except lease.LostLease:
        return held.LOST


def _settle(held: lease.Held, problem: MediaError) -> str:
    """Decide what an attempt that did not succeed means for the job and the clip."""
    if held.reason == held.LOST:
        raise lease.LostLease
    if held.reason == held.STOPPING:
        return _wait_again(held, "released by a worker that was told to stop", attempts=held.job.attempts - 1)
    held.log(workdir.without_places(f"{held.job.step}: {problem}\n{problem.stderr_tail}"))
    if held.reason == held.CANCELLED:
        return _end(held, Status.CANCELLED, ErrorCode.CANCELLED)
    hopeless = problem.permanent or problem.code in ENVIRONMENT or held.job.attempts >= conf().max_attempts
    if hopeless:
        return _end(held, Status.FAILED, problem.code, refused=problem.refused)
    wait = backoff_s(held.job.attempts)
    return _wait_again(
        held, f"attempt {held.job.attempts} failed, next in {wait:.0f} s", wait_s=wait, error_code=problem.code
    )


def backoff_s(attempts: int) -> float:
    """Seconds to wait after so many attempts."""
    settings = conf()
    return min(settings.retry_max_s, settings.retry_base_s * 2 ** (attempts - 1))


def _wait_again(held: lease.Held, line: str, wait_s: float = 0, **columns: object) -> str:
    held.log(line)
    not_before = timezone.now() + datetime.timedelta(seconds=wait_s) if wait_s else None
    held.wait_again(not_before=not_before, **columns)
    queue.send(held.job)
    return Status.QUEUED


def _start_over(held: lease.Held) -> str:
    """Back to the first step; not for ever, in case this machine cannot keep what steps leave."""
    times = held.job.work.get("started_over", 0) + 1
    if times >= conf().max_attempts:
        held.log(f"{held.job.step}: earlier work was gone {times} times")
        return _end(held, Status.FAILED, ErrorCode.INTERNAL)
    line = f"{held.job.step}: earlier work is gone, beginning again"
    return _wait_again(held, line, step=Job.Step.PROBE, work={"started_over": times}, attempts=0, progress=0)


def _end(held: lease.Held, status: Job.Status, code: ErrorCode, *, refused: bool = False) -> str:
    held.end(status, error_code=code)
    Clip.objects.show_state(held.job.clip, Clip.State.REJECTED if refused else Clip.State.FAILED, code)
    return status
