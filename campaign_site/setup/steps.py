"""Steps of the set-up: each runs only when what it depends on has changed, and says one line about it.

A step's stamp is a hash of its inputs, kept in a file. When the hash is the same and its outputs are there, the step
is skipped: that is what makes a second start quick, and possible without a network.
"""

import hashlib
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

from campaign_site.env import PROJECT_DIR

LOG_LINES_SHOWN = 25
Inputs = tuple[Path | str, ...]
print_line = partial(print, flush=True)  # at once, so that a line stands there while its step works


class SetupError(Exception):
    """A step could not be done; the text says what to do about it."""


@dataclass(frozen=True)
class SetupStep:
    """One step. ``inputs`` are files, folders and plain facts; ``outputs`` must exist afterwards."""

    title: str
    stamp: Path
    inputs: Inputs
    outputs: tuple[Path, ...]
    action: Callable[[], None]

    def is_done(self) -> bool:
        """Whether nothing has changed since the step last ran."""
        kept = self.stamp.read_text(encoding="ascii") if self.stamp.exists() else ""
        return kept == digest(self.inputs) and all(path.exists() for path in self.outputs)

    def run(self) -> None:
        """Do the work and remember what it was done with."""
        fingerprint = digest(self.inputs)
        # Interrupted, what is there may be half of anything: no earlier stamp shall vouch for it.
        self.stamp.unlink(missing_ok=True)
        self.action()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(fingerprint, encoding="ascii")


def digest(inputs: Inputs) -> str:
    """Hash facts, files and every file below folders, names included; what does not exist counts as absent."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            total.update(b"fact " + item.encode())
            continue
        for path in sorted(item.rglob("*")) if item.is_dir() else [item]:
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
                total.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def run_steps(steps: list[SetupStep]) -> None:
    """Run ``steps`` in order, a line for each; raise ``SetupError`` at the first that fails."""
    for number, step in enumerate(steps, start=1):
        print_line(f"[{number:>2}/{len(steps)}] {step.title} … ", end="")
        if step.is_done():
            print_line("nothing to do")
            continue
        started = time.monotonic()
        try:
            step.run()
        except SetupError:
            print_line("failed")
            raise
        print_line(f"done in {time.monotonic() - started:.0f} s")


def call(arguments: list[str], *, env: dict[str, str] | None = None, hint: str = "") -> None:
    """Run a programme quietly in the project's folder.

    Raises ``SetupError`` with the end of its output and ``hint`` when it fails.
    """
    try:
        done = subprocess.run(arguments, cwd=PROJECT_DIR, env=env, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT)
    except OSError as problem:
        raise SetupError(f"{arguments[0]} cannot be started: {problem.strerror}. {hint}".strip()) from problem
    if done.returncode:
        lines = done.stdout.decode(errors="replace").rstrip().splitlines()[-LOG_LINES_SHOWN:]
        shown = "\n".join(f"    {line}" for line in lines)
        raise SetupError(f"{' '.join(arguments[:4])} ended with status {done.returncode}:\n{shown}\n{hint}".rstrip())
