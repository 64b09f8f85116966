"""Several web processes that share one port: started, started again when one dies, stopped together."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from campaign_site.setup.child_process import set_parent_death_signal

RESTART_DELAY_S = 1.0  # a process that cannot start at all must not fill the log


def keep_processes(number: int, serve: Callable[[], int]) -> int:
    """Run ``serve`` in ``number`` child processes until SIGTERM or SIGINT; return an exit status."""
    running: set[int] = set()
    stopping = False

    def stop(signal_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, stop)
    while running or not stopping:
        while len(running) < number and not stopping:
            # No signal may find a child that is not counted yet.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
            running.add(_fork(serve))
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
        pid, status = os.wait()
        running.discard(pid)
        if not stopping:
            code = os.waitstatus_to_exitcode(status)
            print(f"A web process ended with status {code}; it starts again.", file=sys.stderr, flush=True)
            time.sleep(RESTART_DELAY_S)
    return 0


def _fork(serve: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
        set_parent_death_signal()
        status = serve()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
