"""One attempt at a job: run its next step and write how that ended."""

import datetime
import itertools
import logging
import time
import traceback
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.database_outage import call_until_answered, is_outage
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.files import storage
from media_pipeline.jobs import lease, queue, shutdown, workdir
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
    started = time.monotonic()
    try:
        # 2. Run its step, which ends with the write of what it did.
        problem = _run_step(leased, runner)
        # 3. Write what went wrong, unless another worker owns the job by now.
        outcome = "done" if problem is None else _write_problem(leased, problem)
    finally:
        # 4. Remove the files that no row names.
        call_until_answered(
            partial(workdir.clean_job_dir, workdir.job_dir(leased.job.pk)), pause=shutdown.stop_event.wait
        )
    took = time.monotonic() - started
    logger.info("clip %s: %s %s after %.1f s", leased.job.clip.public_id, leased.job.step, outcome, took)
    return outcome


def _run_step(leased: lease.LeasedJob, runner: Runner | None) -> Exception | None:
    """Run the job's step. Returns None when it is done, else LostLease, StartOver or a MediaError.

    A database that was away is no reason to fail: the step is begun again, unless the lease is lost meanwhile. What
    takes long ends with a write that waits by itself (``StepContext.write_rows``), so nothing long is done twice.
    """
    attempts = itertools.count()

    def attempt() -> None:
        if next(attempts):
            leased.heartbeat()
            storage.remove_folder(workdir.step_dir(leased.job))
        run_current_step(leased, runner)

    try:
        with leased.heartbeats():
            call_until_answered(attempt, pause=shutdown.stop_event.wait)
    except (lease.LostLease, lease.StartOver, MediaError) as problem:
        return problem
    except Exception as problem:
        if is_outage(problem):  # and this process was told to stop: the next worker takes the job back
            raise
        logger.exception("job %s: step %s failed", leased.job.pk, leased.job.step)
        close_old_connections()
        return MediaError(ErrorCode.INTERNAL, stderr_tail=traceback.format_exc()[-2000:])
    return None


def _write_problem(leased: lease.LeasedJob, problem: Exception) -> str:
    """Write in one transaction what a step that did not end well means for the job and the clip."""

    def write() -> str:
        return _start_over(leased, problem) if isinstance(problem, lease.StartOver) else _settle(leased, problem)

    try:
        return call_until_answered(write, pause=shutdown.stop_event.wait, atomic=True)
    except lease.LostLease:
        return leased.LOST


def _settle(leased: lease.LeasedJob, problem: Exception) -> str:
    """Decide by why the work stopped, by the code, and by the attempts so far. Raises LostLease."""
    if not isinstance(problem, MediaError) or leased.reason == leased.LOST:
        raise lease.LostLease
    if leased.reason == leased.STOPPING:
        return _requeue(leased, "released by a worker that was told to stop", attempts=leased.job.attempts - 1)
    leased.log(workdir.strip_paths(f"{leased.job.step}: {problem}\n{problem.stderr_tail}"))
    if leased.reason == leased.CANCELLED:
        return _cancel(leased)
    settings, attempts = conf(), leased.job.attempts
    if problem.permanent or problem.code in MACHINE_ERRORS or attempts >= settings.max_attempts:
        return _fail(leased, problem.code, refused=problem.refused)
    wait_s = min(settings.retry_max_s, settings.retry_base_s * 2 ** (attempts - 1))
    return _requeue(
        leased,
        f"attempt {attempts} failed, next in {wait_s:.0f} s",
        not_before=timezone.now() + datetime.timedelta(seconds=wait_s),
        error_code=problem.code,
    )


def _start_over(leased: lease.LeasedJob, problem: lease.StartOver) -> str:
    """Back to the first step; not without end, in case this machine cannot keep what steps leave. Raises LostLease."""
    times = leased.job.work.get("started_over", 0) + 1
    if times >= conf().max_attempts:
        leased.log(f"{leased.job.step}: earlier work was gone {times} times")
        return _fail(leased, ErrorCode.INTERNAL)
    work = {"started_over": times}
    if problem.without_copy or leased.job.work.get("without_copy"):
        work["without_copy"] = True
    line = f"{leased.job.step}: {problem}, beginning again"
    return _requeue(leased, line, step=Job.Step.PROBE, work=work, attempts=0, progress=0)


def _requeue(leased: lease.LeasedJob, line: str, **columns: object) -> str:
    """Let the job wait with ``columns`` changed, or end it when it was cancelled meanwhile. Raises LostLease."""
    leased.log(line)
    try:
        leased.requeue(**columns)
    except MediaError:
        return _cancel(leased)
    queue.enqueue_on_commit(leased.job)
    return Job.Status.QUEUED


def _fail(leased: lease.LeasedJob, code: ErrorCode, *, refused: bool = False) -> str:
    """End the job with what went wrong, or as cancelled where someone asked for that meanwhile. Raises LostLease."""
    if not leased.end(Job.Status.FAILED, error_code=code):
        return _cancel(leased)
    Clip.objects.show_state(leased.job.clip, Clip.State.REJECTED if refused else Clip.State.FAILED, code)
    return Job.Status.FAILED


def _cancel(leased: lease.LeasedJob) -> str:
    """End the job as it was asked for, or let it wait where that was taken back meanwhile. Raises LostLease."""
    if not leased.end(Job.Status.CANCELLED, error_code=ErrorCode.CANCELLED):
        return _requeue(leased, "the cancel was taken back", attempts=leased.job.attempts - 1)
    Clip.objects.show_state(leased.job.clip, Clip.State.FAILED, ErrorCode.CANCELLED)
    return Job.Status.CANCELLED
