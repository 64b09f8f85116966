"""The worker process: django-tasks-db's worker, which releases its job when it must stop.

One process works alone. More than one are forked by a parent that only watches them; some of them do quick work only,
so that a new video is checked while a long one is encoded, and one runs the periodic tasks.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from types import FrameType

from django.db import Error, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from media_pipeline.conf import conf
from media_pipeline.database_outage import is_conflict, is_outage, note_outage, wait_for_database
from media_pipeline.jobs import queue, shutdown
from media_pipeline.jobs.scheduling import QueueLane
from media_pipeline.worker import reaper
from media_pipeline.worker.periodic import PeriodicRunner, PeriodicTask, run_task

logger = logging.getLogger(__name__)
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

    def run(self) -> None:
        """Work until told to stop. A database that is away is waited for."""
        while not shutdown.is_stopping():
            try:
                super().run()
                return
            except Error as error:
                if not is_outage(error) and not is_conflict(error):
                    raise
                note_outage(error)
            with contextlib.suppress(Error):  # told to stop, or away again: the next query says so
                wait_for_database(shutdown.stop_event.wait)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop soon. A second signal changes nothing: Ctrl-C reaches us from the terminal and from who started us."""
        if not shutdown.is_stopping():
            shutdown.stop_event.set()
            super().shutdown(signum, frame)


def run_worker(*, batch: bool = False) -> None:
    """Work in this process until a signal comes, or until nothing is left to do when ``batch``."""
    # 1. The periodic tasks, in a thread of their own.
    thread = threading.Thread(target=PeriodicRunner().run_until_stopped, name="periodic", daemon=True)
    thread.start()
    # 2. The jobs.
    _work(tuple(QueueLane), batch=batch)
    # 3. End the thread.
    shutdown.stop_event.set()
    thread.join(timeout=10)


def run_workers(processes: int, quick: int = 0) -> None:
    """Fork ``processes`` workers for everything, ``quick`` ones for quick work and one for the periodic tasks; replace
    any that dies, and stop them all on a signal."""
    # 1. The children.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: shutdown.stop_event.set())
    lanes = [tuple(QueueLane)] * processes + [(QueueLane.QUICK,)] * quick
    tasks = [*(partial(_work, its) for its in lanes), _run_periodic_tasks]
    children = {_fork(task): task for task in tasks}
    # 2. Replace those that die, until a signal comes.
    while not shutdown.is_stopping():
        wait([child.sentinel for child in children], timeout=1.0)
        for died in [child for child in children if child.exitcode is not None]:
            task = children.pop(died)
            if not shutdown.is_stopping():
                logger.error("worker %s ended with %s; starting another", died.pid, died.exitcode)
                shutdown.stop_event.wait(RESTART_AFTER_S)
                children[_fork(task)] = task
    # 3. Stop them all.
    for child in children:
        child.terminate()
    for child in children:
        child.join()


def _fork(task: Callable[[], None]) -> ForkProcess:
    connections.close_all()  # a connection must not be shared by two processes
    process = multiprocessing.get_context("fork").Process(target=_work_for_parent, args=(os.getpid(), task))
    process.start()
    return process


def _work_for_parent(parent: int, task: Callable[[], None]) -> None:
    """A worker whose parent was killed releases its job and ends, so that a restart does not double the load."""

    def stop_with_parent() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_with_parent, name="orphan watch", daemon=True).start()
    task()


def _run_periodic_tasks() -> None:
    PeriodicRunner().run_until_stopped()


def _work(lanes: tuple[QueueLane, ...], *, batch: bool = False) -> None:
    worker = MediaWorker(lanes=lanes, batch=batch)
    worker.configure_signals()
    if shutdown.is_stopping():  # told before our handlers were set: by a parent's handler, or the parent is gone
        return
    run_task(PeriodicTask(reaper.reap_at_start))  # takes back what the worker had that this one replaces
    logger.info("worker %d is waiting for %s", os.getpid(), "jobs" if QueueLane.LONG in lanes else "quick jobs")
    worker.run()
