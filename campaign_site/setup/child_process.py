"""A child of the supervisor: its lines are passed on with its name, and it is started again when it dies."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from campaign_site.env import PROJECT_DIR

FIRST_RESTART_DELAY_S = 1.0
MAX_RESTART_DELAY_S = 30.0
STABLE_UPTIME_S = 60.0  # who lived this long was well: its next death counts as the first
MAX_EARLY_EXITS = 6  # in a row, then the supervisor gives up
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class ChildProcess:
    """One programme. ``early_exits`` counts its early exits in a row; ``due`` is when it may start again."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    early_exits: int = 0
    due: float = 0.0
    show: Callable[[str], None] = field(default=lambda line: print(line, flush=True))

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us alone."""
        self.process = subprocess.Popen(
            self.arguments,
            cwd=PROJECT_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=set_parent_death_signal,
        )
        self.started = time.monotonic()
        threading.Thread(target=self._pass_on, args=(self.process,), daemon=True).start()

    def _pass_on(self, process: subprocess.Popen[bytes]) -> None:
        with process.stdout as lines:
            for line in lines:
                self.show(f"{self.name:<6} | {line.decode(errors='replace').rstrip()}")

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def record_exit(self) -> str:
        """Note a death and when to start again; return a sentence about it."""
        status = self.process.returncode
        if time.monotonic() - self.started > STABLE_UPTIME_S:
            self.early_exits = 0
        self.early_exits += 1
        pause = min(FIRST_RESTART_DELAY_S * 2 ** (self.early_exits - 1), MAX_RESTART_DELAY_S)
        self.kill_rest()
        self.process, self.due = None, time.monotonic() + pause
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"{self.name} ended {how}; it starts again in {pause:.0f} s."

    def terminate(self) -> None:
        """Send SIGTERM, once."""
        if self.process is not None:
            self.process.terminate()

    def kill_rest(self) -> None:
        """End what is left of its session, when the leader is gone or does not listen."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


def set_parent_death_signal() -> None:
    """Ask the kernel for SIGTERM when the supervisor dies, however it dies. Runs in the child, before the programme."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
