"""What is done regularly, each task by itself: one that fails or hangs does not stop the others.

What became of each is kept in a row of its own (``PeriodicTaskRun``), shown to administrators by ``/healthz``.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import Error, connections
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.database_outage import is_outage, note_outage, outage_log, wait_for_database
from media_pipeline.jobs import shutdown, workdir
from media_pipeline.models import PeriodicTaskRun

logger = logging.getLogger(__name__)
TASK_PATIENCE_S = 60.0  # who needs longer goes on beside the others
STOP_PATIENCE_S = 5.0
POLL_S = 0.1
MAX_ERROR_CHARS = 2000


@dataclass(frozen=True)
class PeriodicTask:
    """A function without arguments, known by its name, and how many seconds lie between two good ends of it at least.

    It must be harmless when two workers run it at once.
    """

    run: Callable[[], object]
    every_s: float = 0.0

    @property
    def name(self) -> str:
        return self.run.__name__


PERIODIC_TASKS: list[PeriodicTask] = []


def register_periodic_task(run: Callable[[], object], *, every_s: float = 0.0) -> None:
    """Have the worker call ``run`` at its start and every ``REAP_S`` seconds, or after ``every_s`` if that is more.

    Called in ``AppConfig.ready``; a second time changes nothing.
    """
    if (task := PeriodicTask(run, every_s)) not in PERIODIC_TASKS:
        PERIODIC_TASKS.append(task)


class PeriodicRunner:
    """Runs what is due, one after the other, each in a thread. ``clock`` counts seconds from any start."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        tasks: Iterable[PeriodicTask] = PERIODIC_TASKS,
        patience_s: float = TASK_PATIENCE_S,
    ) -> None:
        self._clock = clock
        self._tasks = tasks
        self._patience_s = patience_s
        self._threads: dict[str, threading.Thread] = {}
        self._ended_well_at: dict[str, float] = {}

    def run_until_stopped(self) -> None:
        """Run a round every ``REAP_S`` seconds until this process is told to stop."""
        while not shutdown.is_stopping():
            try:
                wait_for_database(shutdown.stop_event.wait)
                self.run_once()
            except Error as error:
                if not is_outage(error):
                    logger.exception("the periodic tasks could not be run")
            connections.close_all()
            shutdown.stop_event.wait(conf().reap_s)

    def run_once(self) -> None:
        """Run all tasks that are due. One that still runs after a minute is left to itself, and not begun again."""
        for task in self._tasks:
            if self._is_running(task) or not self._is_due(task):
                continue
            thread = threading.Thread(target=self._run, args=(task,), name=task.name, daemon=True)
            self._threads[task.name] = thread
            thread.start()
            self._wait_for(thread)
            if thread.is_alive():
                logger.warning("periodic task %s takes long; the others go on", task.name)

    def _wait_for(self, thread: threading.Thread) -> None:
        """Wait for the patience that a task has; a few seconds once this process is told to stop."""
        until = time.monotonic() + self._patience_s
        while thread.is_alive() and time.monotonic() < until and not shutdown.is_stopping():
            thread.join(POLL_S)
        if shutdown.is_stopping():
            thread.join(STOP_PATIENCE_S)

    def _is_running(self, task: PeriodicTask) -> bool:
        return task.name in self._threads and self._threads[task.name].is_alive()

    def _is_due(self, task: PeriodicTask) -> bool:
        return self._clock() - self._ended_well_at.get(task.name, float("-inf")) >= task.every_s

    def _run(self, task: PeriodicTask) -> None:
        started = self._clock()
        try:
            if run_task(task):
                self._ended_well_at[task.name] = started
        finally:
            connections.close_all()


def run_task(task: PeriodicTask) -> bool:
    """Run one task, note what became of it, and return whether it ended well. Never raises.

    The same error is logged once, until the task ends well or fails in another way. A database that does not answer is
    no failure of the task.
    """
    try:
        try:
            task.run()
        except Exception as error:
            if is_outage(error):
                raise
            _note_failure(task.name, error)
            return False
        _note_success(task.name)
    except Exception as error:
        if is_outage(error):
            note_outage(error)
        else:
            logger.exception("what became of periodic task %s could not be noted", task.name)
        return False
    outage_log.note_answer()
    return True


def _note_failure(name: str, error: Exception) -> None:
    text = workdir.strip_paths(describe_error(error))[:MAX_ERROR_CHARS]
    known = PeriodicTaskRun.objects.filter(pk=name).first()
    if known is None or not known.is_failing or known.last_error != text:
        logger.error("periodic task %s failed", name, exc_info=error)
    _write(name, last_error_at=timezone.now(), last_error=text)


def _note_success(name: str) -> None:
    known = PeriodicTaskRun.objects.filter(pk=name).first()
    if known is not None and known.is_failing:
        logger.warning("periodic task %s works again", name)
    _write(name, last_success_at=timezone.now())


def _write(name: str, **columns: Any) -> None:
    if not PeriodicTaskRun.objects.filter(pk=name).update(**columns):
        PeriodicTaskRun.objects.bulk_create([PeriodicTaskRun(name=name, **columns)], ignore_conflicts=True)


def describe_error(error: BaseException) -> str:
    """An error in one line: kind and message, notes, and those of a group one after the other."""
    line = " ".join(
        [type(error).__name__ + ":", str(error), *(f"({note})" for note in getattr(error, "__notes__", ()))]
    )
    if isinstance(error, BaseExceptionGroup):
        line += " " + "; ".join(describe_error(one) for one in error.exceptions)
    return " ".join(line.split())
