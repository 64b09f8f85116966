"""What other packages want done regularly; the worker does it at its start and every ``REAP_S`` seconds."""

from collections.abc import Callable

PeriodicTask = Callable[[], None]

PERIODIC_TASKS: list[PeriodicTask] = []


def register_periodic_task(task: PeriodicTask) -> None:
    """Add ``task`` once; called in ``AppConfig.ready``. It must be harmless when two workers do it at once."""
    if task not in PERIODIC_TASKS:
        PERIODIC_TASKS.append(task)
