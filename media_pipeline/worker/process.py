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
from collections.abc import Callable, Iterable, Sequence
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
from media_pipeline.worker.periodic import PERIODIC_TASKS, PeriodicTask

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
            shutdown.stop_event.set()
            super().shutdown(signum, frame)


class PeriodicRunner:
    """Reaps lost jobs, cleans up every hour, and runs the periodic tasks. ``clock`` counts seconds from any start."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, tasks: Iterable[PeriodicTask] = PERIODIC_TASKS
    ) -> None:
        self._clock = clock
        self._tasks = tasks
        self._ran_at = self._cleaned_up_at = float("-inf")

    def run_once(self) -> None:
        """Do all of it once. A database that does not answer now will the next time."""
        self._ran_at = self._clock()
        try:
            close_old_connections()
            reaper.reap_jobs()
            if self._ran_at - self._cleaned_up_at >= CLEAN_UP_EVERY_S:
                cleanup.clean_up()
                self._cleaned_up_at = self._ran_at
            for task in self._tasks:
                task()
        except Exception:
            logger.exception("periodic work failed; it is tried again in %.0f s", conf().reap_s)

    def run_when_due(self) -> None:
        """Do it once when ``reap_s`` seconds have passed since the last time."""
        if self._clock() - self._ran_at >= conf().reap_s:
            self.run_once()


def run_worker(*, batch: bool = False) -> None:
    """Work in this process until a signal comes, or until nothing is left to do when ``batch``."""
    # 1. The periodic work at once, and then in a thread of its own.
    periodic = PeriodicRunner()
    periodic.run_once()

    def repeat() -> None:
        while not shutdown.stop_event.wait(conf().reap_s):
            periodic.run_once()
        connections.close_all()

    thread = threading.Thread(target=repeat, name="periodic", daemon=True)
    thread.start()
    # 2. The jobs.
    _work(tuple(QueueLane), batch=batch)
    # 3. End the thread.
    shutdown.stop_event.set()
    thread.join(timeout=10)


def run_workers(processes: int, quick: int = 0) -> None:
    """Fork ``processes`` workers for everything and ``quick`` ones for quick work, replace any that dies, and stop
    them all on a signal."""
    # 1. The periodic work at once, so that a worker finds what others lost.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: shutdown.stop_event.set())
    periodic = PeriodicRunner()
    periodic.run_once()
    # 2. The workers.
    lanes = [tuple(QueueLane)] * processes + [(QueueLane.QUICK,)] * quick
    workers = {_fork(its): its for its in lanes}
    # 3. Replace those that die, until a signal comes.
    while not shutdown.is_stopping():
        wait([worker.sentinel for worker in workers], timeout=1.0)
        for died in [worker for worker in workers if worker.exitcode is not None]:
            its = workers.pop(died)
            periodic.run_once()  # takes back what it had
            if not shutdown.is_stopping():
                logger.error("worker %s ended with %s; starting another", died.pid, died.exitcode)
                shutdown.stop_event.wait(RESTART_AFTER_S)
                workers[_fork(its)] = its
        periodic.run_when_due()
    # 4. Stop them all.
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()


def _fork(lanes: tuple[QueueLane, ...]) -> ForkProcess:
    connections.close_all()  # a connection must not be shared by two processes
    process = multiprocessing.get_context("fork").Process(target=_work_for_parent, args=(os.getpid(), lanes))
    process.start()
    return process


def _work_for_parent(parent: int, lanes: tuple[QueueLane, ...]) -> None:
    """A worker whose parent was killed releases its job and ends, so that a restart does not double the load."""

    def stop_with_parent() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_with_parent, name="orphan watch", daemon=True).start()
    _work(lanes)


def _work(lanes: tuple[QueueLane, ...], *, batch: bool = False) -> None:
    worker = MediaWorker(lanes=lanes, batch=batch)
    worker.configure_signals()
    if shutdown.is_stopping():  # told before our handlers were set: by a parent's handler, or the parent is gone
        return
    logger.info("worker %d is waiting for %s", os.getpid(), "jobs" if QueueLane.LONG in lanes else "quick jobs")
    worker.run()
