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
from pathlib import Path

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0  # who lived this long was well: its next death counts as the first
MOST_DEATHS = 6
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """One programme. ``deaths`` counts how often in a row it died young; ``due`` is when it may start again."""

    name: str
    arguments: list[str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = 0.0
    show: Callable[[str], None] = field(default=lambda line: print(line, flush=True))

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us alone."""
        self.process = subprocess.Popen(
            self.arguments,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self.started = time.monotonic()
        threading.Thread(target=self._pass_on, args=(self.process,), daemon=True).start()

    def _pass_on(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is not None:
            with process.stdout as lines:
                for line in lines:
                    self.show(f"{self.name:<6} | {line.decode(errors='replace').rstrip()}")

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def has_given_up(self) -> bool:
        """Whether it died too often in a row to be started again."""
        return self.deaths >= MOST_DEATHS

    def mourn(self) -> str:
        """Note a death and when to start again; return a sentence about it."""
        status = self.process.returncode if self.process else None
        if time.monotonic() - self.started > STEADY_S:
            self.deaths = 0
        self.deaths += 1
        pause = min(FIRST_PAUSE_S * 2 ** (self.deaths - 1), LONGEST_PAUSE_S)
        self.kill_rest()
        self.process, self.due = None, time.monotonic() + pause
        how = f"by signal {-status}" if status is not None and status < 0 else f"with status {status}"
        return f"{self.name} ended {how}; it starts again in {pause:.0f} s."

    def ask_to_stop(self) -> None:
        """Send SIGTERM, once."""
        if self.process is not None and self.is_running():
            self.process.send_signal(signal.SIGTERM)

    def kill_rest(self) -> None:
        """End what is left of its session, when the leader is gone or does not listen."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the supervisor dies, however it dies. Runs in the child, before the programme."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
