"""The worker process: django-tasks-db's worker, which releases its job when it must stop.

One process works alone. More than one are forked by a parent that only watches them and runs the periodic work; some
of them do quick work only, so that a new video is checked while a long one is encoded.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from types import FrameType

from django.db import close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from media_pipeline.conf import conf
from media_pipeline.jobs import queue, shutdown
from media_pipeline.jobs.scheduling import QueueLane
from media_pipeline.lifecycle import cleanup
from media_pipeline.worker import reaper
from media_pipeline.worker.periodic import PERIODIC_TASKS

logger = logging.getLogger(__name__)
CLEAN_UP_EVERY_S = 3600.0
RESTART_AFTER_S = 1.0


class MediaWorker(Worker):
    """Takes ids from the queue one after the other. A signal makes the running step release its job."""

    def __init__(self, *, lanes: Sequence[QueueLane] = tuple(QueueLane), batch: bool = False) -> None:
        super().__init__(
            queue_names=[str(lane) for lane in lanes],
            excluded_queue_names=[],
            interval=conf().poll_s,
            batch=batch,
            backend_name=queue.QUEUE_BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop soon. A second signal changes nothing: Ctrl-C reaches us from the terminal and from who started us."""
        if not shutdown.is_stopping():
            shutdown.request_stop()
            super().shutdown(signum, frame)


class PeriodicRunner:
    """Reaps lost jobs, cleans up every hour, and runs the periodic tasks."""

    def __init__(self) -> None:
        self._cleaned_up_at = float("-inf")

    def run_once(self) -> None:
        """Do all of it once. A database that does not answer now will the next time."""
        try:
            close_old_connections()
            reaper.reap_jobs()
            if time.monotonic() - self._cleaned_up_at >= CLEAN_UP_EVERY_S:
                cleanup.clean_up()
                self._cleaned_up_at = time.monotonic()
            for task in PERIODIC_TASKS:
                task()
        except Exception:
            logger.exception("periodic work failed; it is tried again in %.0f s", conf().reap_s)

    def run_until_stopped(self) -> None:
        """Every ``reap_s`` seconds until the process is told to stop; for a thread of its own."""
        while not shutdown.wait_for_stop(conf().reap_s):
            self.run_once()
        connections.close_all()


def run_worker(*, batch: bool = False) -> None:
    """Work in this process until a signal comes, or until nothing is left to do when ``batch``."""
    periodic = PeriodicRunner()
    periodic.run_once()
    thread = threading.Thread(target=periodic.run_until_stopped, name="periodic", daemon=True)
    thread.start()
    _work(tuple(QueueLane), batch=batch)
    shutdown.request_stop()
    thread.join(timeout=10)


def run_workers(processes: int, quick: int = 0) -> None:
    """Fork ``processes`` workers for everything and ``quick`` ones for quick work, replace any that dies, and stop
    them all on a signal."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: shutdown.request_stop())
    periodic = PeriodicRunner()
    periodic.run_once()
    every, only_quick = tuple(QueueLane), (QueueLane.QUICK,)
    workers = [_fork(every) for _ in range(processes)] + [_fork(only_quick) for _ in range(quick)]
    ran_at = time.monotonic()
    while not shutdown.is_stopping():
        wait([worker.process.sentinel for worker in workers], timeout=1.0)
        died = [worker for worker in workers if worker.process.exitcode is not None]
        if died or time.monotonic() - ran_at >= conf().reap_s:
            periodic.run_once()
            ran_at = time.monotonic()
        workers = [worker for worker in workers if worker not in died]
        workers += [_replacement(worker) for worker in died if not shutdown.is_stopping()]
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join()


@dataclass(frozen=True)
class WorkerProcess:
    """A forked worker and its lanes."""

    process: ForkProcess
    lanes: tuple[QueueLane, ...]


def _replacement(died: WorkerProcess) -> WorkerProcess:
    logger.error("worker %s ended with %s; starting another", died.process.pid, died.process.exitcode)
    shutdown.wait_for_stop(RESTART_AFTER_S)
    return _fork(died.lanes)


def _fork(lanes: tuple[QueueLane, ...]) -> WorkerProcess:
    connections.close_all()  # a connection must not be shared by two processes
    process = multiprocessing.get_context("fork").Process(target=_child, args=(os.getpid(), lanes))
    process.start()
    return WorkerProcess(process, lanes)


def _child(parent: int, lanes: tuple[QueueLane, ...]) -> None:
    threading.Thread(target=_stop_with_parent, args=(parent,), name="orphan watch", daemon=True).start()
    _work(lanes)


def _stop_with_parent(parent: int) -> None:
    """A worker whose parent was killed releases its job and ends, so that a restart does not double the load."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _work(lanes: tuple[QueueLane, ...], *, batch: bool = False) -> None:
    worker = MediaWorker(lanes=lanes, batch=batch)
    worker.configure_signals()
    if shutdown.is_stopping():  # told before our handlers were set: by a parent's handler, or the parent is gone
        return
    logger.info("worker %d is waiting for %s", os.getpid(), "films" if QueueLane.LONG in lanes else "new films")
    worker.run()
