"""What a way costs: processes are run to their end, and the kernel is asked what they and all below them used."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

Argv = Sequence[str]
T = TypeVar("T")


class BenchError(Exception):
    """A process that was to be measured did not end well; the text says which one and its last words."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor (user and system), peak bytes of the largest process, bytes written.

    Processor time counts the process, its children and theirs, as far as each was waited for by its parent.
    """

    wall_s: float
    cpu_s: float
    memory_bytes: int
    written_bytes: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        """One after the other: times and bytes add up, memory is the larger of the two."""
        return Cost(
            self.wall_s + other.wall_s,
            self.cpu_s + other.cpu_s,
            max(self.memory_bytes, other.memory_bytes),
            self.written_bytes + other.written_bytes,
        )


NOTHING = Cost(0.0, 0.0, 0, 0)


def run(argv: Argv, folder: Path) -> Cost:
    """Run one command in ``folder``. Raises BenchError when it fails. Bytes are left at 0: see ``run_all``."""
    began = time.monotonic()
    with subprocess.Popen(argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        said = process.stderr.read() if process.stderr else b""
        cost = reap(process.pid, began)
        process.returncode = cost[1]
    if cost[1]:
        raise BenchError(f"{' '.join(argv)}\nended with {cost[1]}: {said.decode('utf-8', 'replace')[-2000:]}")
    return cost[0]


def run_all(argvs: Iterable[Argv], folder: Path) -> Cost:
    """Run commands one after the other in ``folder`` and count what they left there."""
    before = folder_bytes(folder)
    total = sum((run(argv, folder) for argv in argvs), NOTHING)
    return total + Cost(0.0, 0.0, 0, folder_bytes(folder) - before)


def reap(pid: int, began: float) -> tuple[Cost, int]:
    """Wait for a child of ours; what it cost since ``began`` (time.monotonic), and its exit status."""
    _, status, usage = os.wait4(pid, 0)
    cost = Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
    return cost, os.waitstatus_to_exitcode(status)


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each number by itself."""
    middle = {field.name: statistics.median([getattr(cost, field.name) for cost in costs]) for field in fields(Cost)}
    return Cost(middle["wall_s"], middle["cpu_s"], round(middle["memory_bytes"]), round(middle["written_bytes"]))


def interleaved(ways: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Go through all ways ``rounds`` times (A B C, A B C), so that a slower minute of the machine slows them all."""
    results: dict[str, list[T]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            results[name].append(way())
    return results
