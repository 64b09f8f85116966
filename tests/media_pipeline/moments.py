"""Faults at named moments: something happens when a function of ours is called or returns, without changing the code.

Python's profiling hook sees every call and return; an exception raised in it comes out of the watched function, once.
"""

import inspect
import os
import signal
import sys
from collections import defaultdict
from contextlib import contextmanager

_actions = defaultdict(list)


def _hook(frame, event, _argument):
    for action in _actions.get((frame.f_code, event), ()):
        action(frame)


def _armed(owner, name, event, action):
    key = inspect.unwrap(getattr(owner, name)).__code__, event

    def arm():
        _actions[key].append(action)
        sys.setprofile(_hook)
        return key, action

    return arm


def die(_frame=None):
    """An action: this process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def freeze(_frame):
    """An action: this process stops until it gets SIGCONT."""
    os.kill(os.getpid(), signal.SIGSTOP)


def fails(error):
    """An action: the function raises ``error`` in place of doing anything."""

    def action(_frame):
        raise error

    return action


def before(owner, name, action=die):
    """Arms ``action(frame)`` for the moment when ``owner.name`` is called."""
    return _armed(owner, name, "call", action)


def after(owner, name, action=die):
    """Arms ``action(frame)`` for the moment when ``owner.name`` returns."""
    return _armed(owner, name, "return", action)


@contextmanager
def armed(*moments):
    """The moments, for the time of a block."""
    keys = [arm() for arm in moments]
    try:
        yield
    finally:
        for key, action in keys:
            _actions[key].remove(action)
        sys.setprofile(_hook if any(_actions.values()) else None)
