"""The lease of a job: claim it by a conditional UPDATE, send heartbeats, write only while it is still ours.

Every write of a worker goes through ``LeasedJob`` and names its lease, so a worker that was frozen and comes back
after another took over changes nothing.
"""

import datetime
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import Error, connection, connections
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.database_outage import (
    call_until_answered,
    growing_pauses,
    is_outage,
    note_outage,
    outage_log,
)
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.jobs import progress, shutdown
from media_pipeline.models import Job

LEASE_CHECK_S = 1.0  # a cancel must be seen well within two seconds
MAX_LOG_CHARS = 8000
MAX_SILENCE_S = 900.0


class LostLease(Exception):  # noqa: N818 - it is no error: another worker goes on
    """Another worker owns the job now: stop, and write nothing."""


class StartOver(Exception):  # noqa: N818 - it is no error: an instruction
    """What an earlier step left is gone (another machine, a cleaned disk), or its plan does not hold: begin with the
    first step again. ``without_copy``: and keep no stream of the original file, a copy of it was not what it seemed.
    """

    def __init__(self, reason: str = "earlier work is gone", *, without_copy: bool = False) -> None:
        super().__init__(reason)
        self.without_copy = without_copy


def claim_job(
    job_id: str | uuid.UUID,
    stopping: Callable[[], bool] = lambda: False,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> "LeasedJob | None":
    """Take a waiting job that is due. None when there is nothing to take: a queue may deliver an id twice.

    ``stopping`` says whether this process must end; ``clock`` counts seconds from any start, for tests.
    """
    lease, now = uuid.uuid4(), timezone.now()

    def claim() -> Job | None:
        Job.objects.due().filter(pk=job_id).update(
            status=Job.Status.RUNNING,
            lease=lease,
            worker=worker_identity(),
            heartbeat_at=now,
            started_at=Coalesce("started_at", Value(now)),
            step_started_at=now,
            not_before=None,
            attempts=F("attempts") + 1,
        )
        # Also where the database took the claim and was away before it could say so.
        return Job.objects.select_related("clip__master", "clip__package").filter(pk=job_id, lease=lease).first()

    job = call_until_answered(claim, pause=shutdown.stop_event.wait)
    return LeasedJob(job, stopping, clock) if job else None


class LeasedJob:
    """A job this process holds the lease of. ``job`` is the row as it was claimed; ``reason`` says why to stop."""

    LOST, CANCELLED, STOPPING = "lost", "cancelled", "stopping"

    def __init__(self, job: Job, stopping: Callable[[], bool], clock: Callable[[], float]) -> None:
        self.job = job
        self.reason: str | None = None
        self._stopping = stopping
        self._clock = clock
        self._progress = 0.0
        self._pauses = growing_pauses()
        self._checked_at = self._heartbeat_at = self._polled_at = clock()
        self._log = job.log_tail

    def report_progress(self, done: float) -> None:
        """Note that ``done`` (0 to 1) of the step is done; written with the next heartbeat."""
        self._progress = done

    def should_stop(self) -> bool:
        """Check the lease; for polling. True when the work must end, ``reason`` says why.

        A database that does not answer is no reason: the lease outlives a short silence, and a lost one is
        noticed at the next check or, at the latest, by the write that ends the step.
        """
        now = self._polled_at = self._clock()
        if self.reason is None and self._stopping():
            self.reason = self.STOPPING
        if self.reason is None and now - self._checked_at >= LEASE_CHECK_S:
            self._checked_at = now
            try:
                self._check(now)
            except LostLease:
                pass  # ``reason`` tells
            except Error as error:
                if connection.in_atomic_block or not is_outage(error):
                    raise
                note_outage(error)
                self._checked_at = now + next(self._pauses) - LEASE_CHECK_S
            else:
                self._pauses = growing_pauses()
                outage_log.note_answer()
        return self.reason is not None

    def _check(self, now: float) -> None:
        cancelled = self._row().values_list("cancel_requested", flat=True).first()
        if cancelled is None:
            self.reason = self.LOST
        elif cancelled:
            self.reason = self.CANCELLED
        elif now - self._heartbeat_at >= conf().heartbeat_s:
            self._write_heartbeat()

    def heartbeat(self) -> None:
        """Write a heartbeat as soon as the database answers. Raises LostLease."""
        call_until_answered(self._write_heartbeat, pause=shutdown.stop_event.wait)

    def _write_heartbeat(self) -> None:
        self._write(heartbeat_at=timezone.now(), progress=progress.overall_progress(self.job.step, self._progress))
        self._heartbeat_at = self._clock()

    @contextmanager
    def heartbeats(self) -> Iterator[None]:
        """Write heartbeats from a thread while our own file work runs: hashing, syncing, copying to another machine.

        Only for ``MAX_SILENCE_S``: a process that hangs on a dead disk must lose its job in the end.
        """
        if connection.in_atomic_block:  # tests only: another connection would see no row, or wait for our lock
            yield
            return
        over = threading.Event()

        def write_heartbeats() -> None:
            while not over.wait(conf().heartbeat_s) and self._clock() - self._polled_at < MAX_SILENCE_S:
                try:
                    if not self._row().update(heartbeat_at=timezone.now()):
                        break  # the worker itself will see that the job is no longer its own
                except Error as error:
                    note_outage(error)
            connections.close_all()

        thread = threading.Thread(target=write_heartbeats, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def log(self, text: str) -> None:
        """Keep a line for the administrator; written with the next write that ends the step or the attempt."""
        self._log = append_log_line(self._log, text)

    def advance(self, **work: Any) -> Job.Step:
        """End this step: the next one waits. ``work`` is left for later steps.

        Raises LostLease; MediaError(cancelled) when someone asked for that, and the job is still ours.
        """
        step = progress.next_step(self.job.step)
        self.requeue(
            step=step,
            attempts=0,
            progress=progress.overall_progress(step, 0),
            work=self.job.work | work,
            error_code="",
        )
        return step

    def requeue(self, **columns: Any) -> None:
        """Release the job, which waits for a worker with ``columns`` changed. Raises as ``advance`` does."""
        waiting = {"status": Job.Status.QUEUED, "lease": None, "log_tail": self._log}
        if self._row().filter(cancel_requested=False).update(**waiting, **columns):
            return
        self.reason = self.CANCELLED if self._row().exists() else self.LOST
        raise MediaError(ErrorCode.CANCELLED) if self.reason == self.CANCELLED else LostLease(str(self.job.pk))

    def end(self, status: str, **columns: Any) -> bool:
        """End the job with ``status`` and further columns. Raises LostLease.

        False, with nothing written, for a failure that someone has asked to cancel by now, and for a cancel that was
        taken back: a person's last word counts.
        """
        cancelled = {Job.Status.FAILED: False, Job.Status.CANCELLED: True}.get(Job.Status(status))
        rows = self._row() if cancelled is None else self._row().filter(cancel_requested=cancelled)
        columns |= {"status": status, "lease": None, "log_tail": self._log, "finished_at": timezone.now()}
        if rows.update(**columns):
            return True
        if self._row().exists():
            return False
        self.reason = self.LOST
        raise LostLease(str(self.job.pk))

    def _row(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, lease=self.job.lease, status=Job.Status.RUNNING)

    def _write(self, **columns: Any) -> None:
        if not self._row().update(**columns):
            self.reason = self.LOST
            raise LostLease(str(self.job.pk))


def append_log_line(log: str, text: str) -> str:
    """``log`` with one dated entry more, cut at the front to what a row should carry."""
    stamp = timezone.now().astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"{log}{stamp} {text.strip()}\n"[-MAX_LOG_CHARS:]


def worker_identity() -> str:
    """A name for this process that no other process on any machine has: machine, boot, process and its start."""
    return f"{_machine()} process {os.getpid()} {_started(os.getpid())}"


def is_worker_dead(worker: str) -> bool:
    """Whether a worker of this machine, since its last boot, is gone. False when it cannot be known from here."""
    machine, _, process = worker.rpartition(" process ")
    number, _, started = process.partition(" ")
    return machine == _machine() and number.isdigit() and _started(int(number)) != started


def _machine() -> str:
    """Host, boot and process namespace: process numbers mean something only within all three."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{socket.gethostname()} {boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return f"{socket.gethostname()} - -"


def _started(pid: int) -> str:
    """Clock ticks at which the process started, so that a reused number is told apart; "gone" when there is none."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return "gone"
    return "gone" if state == "Z" else rest[18]
