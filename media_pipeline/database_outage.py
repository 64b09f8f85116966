"""A database that is away or locked by another process: told apart from faults, waited for, logged once a minute.

Workers go on by themselves when it is back: pauses grow up to a sixth of the lease, so that whoever holds one renews it
before anybody takes it for lost. A process and those forked from it write one line a minute together.
"""

import itertools
import logging
import mmap
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import Error, InterfaceError, OperationalError, connection, transaction

from media_pipeline.conf import conf

logger = logging.getLogger(__name__)
_ResultT = TypeVar("_ResultT")

FIRST_PAUSE_S = 0.5
LOG_EVERY_S = 60.0
MAX_CONFLICTS = 5  # in a row: more are no chance
# Classes of SQLSTATE: no connection, lacking resources (connections, memory, disk), ended or begun by an operator; and
# a server that was made read-only while another takes over.
_AWAY_STATES = ("08", "53", "57", "25006")
# Serialization failure, deadlock, lock not available: the transaction was undone, and may be tried again.
_CONFLICT_STATES = ("40001", "40P01", "55P03")
# SQLite's primary codes: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN. A disk that others have filled to the last byte
# is an IOERR, since SQLite cannot begin the file that readers and writers share.
_SQLITE_CODES = (5, 6, 8, 10, 13, 14)


def is_outage(error: BaseException) -> bool:
    """Whether ``error`` says that the database cannot be used now, and will later without any change of ours."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in _SQLITE_CODES
    if connection.vendor == "sqlite":
        return False
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_AWAY_STATES)


def is_conflict(error: BaseException) -> bool:
    """Whether ``error`` says that a transaction was undone because of another one."""
    state = getattr(error.__cause__, "sqlstate", None) if isinstance(error, Error) else None
    return state in _CONFLICT_STATES


def growing_pauses() -> Iterator[float]:
    """Seconds to wait before each further attempt, without end: doubling, bounded, and never the same for two."""
    for attempt in itertools.count():
        yield min(conf().lease_s / 6, FIRST_PAUSE_S * 2 ** min(attempt, 10)) * random.uniform(0.5, 1)  # noqa: S311


class OutageLog:
    """One line when the database is away, one each minute while it is, one when it is back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock  # of the whole machine, so that processes can compare
        self._lock = threading.Lock()
        # Shared with forked processes: since when it is away, when that was met last, and logged last; 0.0 for never.
        self._times = memoryview(mmap.mmap(-1, 24)).cast("d")

    def note(self, error: BaseException) -> None:
        """Log that the database does not answer, if nobody did within the last minute."""
        with self._lock:
            now = self._clock()
            since, met_at, logged_at = self._times
            if not since or now - met_at > 2 * LOG_EVERY_S:  # nobody may have said that an earlier one is over
                since = self._times[0] = now
            self._times[1] = now
            if logged_at and now - logged_at < LOG_EVERY_S:
                return
            self._times[2] = now
        reason = " ".join(str(error).split())
        logger.error("the database cannot be used, for %.0f s by now: %s", now - since, reason)

    def note_answer(self) -> None:
        """Log that it is back, if it was away. Costs nothing otherwise."""
        if not self._times[0]:
            return
        with self._lock:
            since = self._times[0]
            self._times[0] = self._times[1] = self._times[2] = 0.0
        if since:
            logger.warning("the database can be used again after %.0f s", self._clock() - since)


outage_log = OutageLog()


def note_outage(error: BaseException) -> None:
    """Log an outage, and drop this thread's connection: one that broke would never work again by itself."""
    outage_log.note(error)
    if not connection.in_atomic_block:
        connection.close()


def call_until_answered(
    work: Callable[[], _ResultT], *, pause: Callable[[float], object], atomic: bool = False
) -> _ResultT:
    """Call ``work`` until the database answers, with growing pauses, and again at once after a conflict.

    ``pause(seconds)`` returns something true to give up: then the error is raised. With ``atomic`` each call is one
    transaction. ``work`` may have been committed although its answer was lost: it must be harmless to do it again.
    Inside somebody else's transaction it is called once.
    """
    pauses, conflicts = growing_pauses(), 0
    while True:
        try:
            if atomic:
                with transaction.atomic():
                    result = work()
            else:
                result = work()
        except Error as error:
            if connection.in_atomic_block:
                raise
            if is_conflict(error) and conflicts < MAX_CONFLICTS:
                conflicts += 1
                continue
            if not is_outage(error):
                raise
            note_outage(error)
            if pause(next(pauses)):
                raise
        else:
            outage_log.note_answer()
            return result


def wait_for_database(pause: Callable[[float], object]) -> None:
    """Return when the database can be used. Raises its error when ``pause`` says to give up."""

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    # A transaction, since that is where SQLite asks for its lock.
    call_until_answered(ask, pause=pause, atomic=True)
