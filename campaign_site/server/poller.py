"""The main loop's wait for what can be read or written, at a cost that does not grow with the clients that stall.

waitress asks every connection in every turn of its loop what it waits for: with 2,000 of them that is some milliseconds
of Python in each turn, and a page needs several. Here the kernel remembers (epoll), and only connections where
something happened are asked again.
"""

import select
from collections import deque
from typing import Any

from waitress import wasyncore


class EpollPoller:
    """One turn of the loop at a time. Only ``touch`` may be called by other threads."""

    def __init__(self, parts: dict[int, Any]) -> None:
        self.parts = parts  # waitress's map: connections, listener and trigger, by file number
        self.epoll = select.epoll()
        self.touched: deque[Any] = deque(parts.values())
        self.flags: dict[int, int] = {}  # what is waited for, by file number

    def touch(self, part: Any) -> None:
        """Have the next turn ask ``part`` what it waits for."""
        self.touched.append(part)

    def forget(self, number: int) -> None:
        """Wait no longer for a file that is about to be closed."""
        if self.flags.pop(number, 0):
            self.epoll.unregister(number)

    def turn(self, timeout: float) -> None:
        """Wait until something can be read or written, ``timeout`` seconds at most, and do it."""
        while self.touched:
            self._watch(self.touched.popleft())
        for number, flags in self.epoll.poll(timeout):
            part = self.parts.get(number)
            if part is not None:
                wasyncore.readwrite(part, flags)
                self.touch(part)

    def _watch(self, part: Any) -> None:
        number = part._fileno  # noqa: SLF001 - waitress has no public name for it
        if self.parts.get(number) is not part:
            return  # closed meanwhile
        wanted = (select.EPOLLIN | select.EPOLLPRI) * bool(part.readable())
        wanted |= select.EPOLLOUT * bool(part.writable() and not part.accepting)
        if self.parts.get(number) is not part or wanted == self.flags.get(number, 0):
            return
        if not wanted:
            self.forget(number)
        elif number in self.flags:
            self.epoll.modify(number, wanted)
            self.flags[number] = wanted
        else:
            self.epoll.register(number, wanted)
            self.flags[number] = wanted


class AskingPoller:
    """The same with waitress's own loop, for systems without epoll."""

    def __init__(self, parts: dict[int, Any]) -> None:
        self.parts = parts

    def touch(self, part: Any) -> None:
        """Do nothing: all are asked."""

    def forget(self, number: int) -> None:
        """Do nothing: all are asked."""

    def turn(self, timeout: float) -> None:
        """Wait and do what can be done."""
        wasyncore.loop(timeout=timeout, use_poll=True, map=self.parts, count=1)


def make_poller(parts: dict[int, Any]) -> EpollPoller | AskingPoller:
    """Return the better one that this system has."""
    return EpollPoller(parts) if hasattr(select, "epoll") else AskingPoller(parts)
