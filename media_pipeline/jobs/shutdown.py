"""Whether this process was told to stop: set by a signal, read by the code that works."""

import threading

_event = threading.Event()


def request_stop() -> None:
    """Make the process's work end soon."""
    _event.set()


def is_stopping() -> bool:
    """Whether the process is about to stop."""
    return _event.is_set()


def wait_for_stop(seconds: float) -> bool:
    """Sleep, but not longer than until the process is told to stop. Returns whether it was."""
    return _event.wait(seconds)
