"""Whether this process was told to stop: set by a signal, asked by whoever works."""

import threading

_event = threading.Event()


def ask() -> None:
    """Tell the process's work to end soon."""
    _event.set()


def asked() -> bool:
    """Whether the process is about to stop."""
    return _event.is_set()


def wait(seconds: float) -> bool:
    """Sleep, but not longer than until the process is told to stop. Returns whether it was."""
    return _event.wait(seconds)
