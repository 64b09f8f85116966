"""The process that does the work: django-tasks-db's worker, told to let go of its job when it must stop.

One process serves by itself. More than one are forked by a parent that does nothing but watch them and reap; some of
them only do quick work, so that a new film is looked at while a long one is being made.
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
from media_pipeline.jobs.scheduling import Lane
from media_pipeline.lifecycle import cleanup
from media_pipeline.worker import reaper
from media_pipeline.worker.periodic import PERIODIC_TASKS

logger = logging.getLogger(__name__)
SWEEP_EVERY_S = 3600.0
RESTART_AFTER_S = 1.0


class MediaWorker(Worker):
    """Takes ids from the queue one after the other. A signal makes the step at hand give its job back."""

    def __init__(self, *, lanes: Sequence[Lane] = tuple(Lane), batch: bool = False) -> None:
        super().__init__(
            queue_names=[str(lane) for lane in lanes],
            excluded_queue_names=[],
            interval=conf().poll_s,
            batch=batch,
            backend_name=queue.ALIAS,
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
    """Reaps, and does the rounds of the rooms above, at the start and every ``reap_s`` seconds; sweeps every hour."""

    def __init__(self) -> None:
        self._swept = float("-inf")

    def keep(self) -> None:
        """One round. A database that does not answer now will at the next."""
        try:
            close_old_connections()
            reaper.reap()
            if time.monotonic() - self._swept >= SWEEP_EVERY_S:
                cleanup.sweep()
                self._swept = time.monotonic()
            for task in PERIODIC_TASKS:
                task()
        except Exception:
            logger.exception("reaping broke off; it is tried again in %.0f s", conf().reap_s)

    def keep_on(self) -> None:
        """Rounds until the process is told to stop; for a thread of its own."""
        while not shutdown.wait_for_stop(conf().reap_s):
            self.keep()
        connections.close_all()


def serve(*, batch: bool = False) -> None:
    """Work in this process until a signal comes, or until nothing is left to do when ``batch``."""
    keeper = PeriodicRunner()
    keeper.keep()
    thread = threading.Thread(target=keeper.keep_on, name="reaper", daemon=True)
    thread.start()
    _work(tuple(Lane), batch=batch)
    shutdown.request_stop()
    thread.join(timeout=10)


def serve_many(processes: int, quick: int = 0) -> None:
    """Fork ``processes`` workers for everything and ``quick`` ones for quick work, replace any that dies, and stop
    them all on a signal."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: shutdown.request_stop())
    keeper = PeriodicRunner()
    keeper.keep()
    every, only_quick = tuple(Lane), (Lane.QUICK,)
    workers = [_fork(every) for _ in range(processes)] + [_fork(only_quick) for _ in range(quick)]
    kept = time.monotonic()
    while not shutdown.is_stopping():
        wait([worker.process.sentinel for worker in workers], timeout=1.0)
        died = [worker for worker in workers if worker.process.exitcode is not None]
        if died or time.monotonic() - kept >= conf().reap_s:
            keeper.keep()
            kept = time.monotonic()
        workers = [worker for worker in workers if worker not in died]
        workers += [_replacement(worker) for worker in died if not shutdown.is_stopping()]
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join()


@dataclass(frozen=True)
class Forked:
    """A worker in a process of its own, and what it works on."""

    process: ForkProcess
    lanes: tuple[Lane, ...]


def _replacement(died: Forked) -> Forked:
    logger.error("worker %s ended with %s; starting another", died.process.pid, died.process.exitcode)
    shutdown.wait_for_stop(RESTART_AFTER_S)
    return _fork(died.lanes)


def _fork(lanes: tuple[Lane, ...]) -> Forked:
    connections.close_all()  # a connection must not be shared by two processes
    process = multiprocessing.get_context("fork").Process(target=_child, args=(os.getpid(), lanes))
    process.start()
    return Forked(process, lanes)


def _child(parent: int, lanes: tuple[Lane, ...]) -> None:
    threading.Thread(target=_die_with, args=(parent,), name="orphan watch", daemon=True).start()
    _work(lanes)


def _die_with(parent: int) -> None:
    """A worker whose parent was killed gives back its job and ends, so that a restart does not double the load."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _work(lanes: tuple[Lane, ...], *, batch: bool = False) -> None:
    worker = MediaWorker(lanes=lanes, batch=batch)
    worker.configure_signals()
    if shutdown.is_stopping():  # before we listened: by a parent's handler, or because the parent was gone already
        return
    logger.info("worker %d is waiting for %s", os.getpid(), "films" if Lane.LONG in lanes else "new films")
    worker.run()
