"""A process as a value: what to run, on which files, within which limits, and what came back.

Builders (probe, argv, packager, stills, download, loudness) make a `ProcessCommand`; `run_process` is the `Runner`
that runs it; tests pass a recording double instead.

Paths in argv
    `argv[0]` is the absolute path of the binary. The file `inputs[n]` is written as `input_name(n)` ("{in0}");
    the placeholder may be part of a longer argument and the runner replaces it by the path that its sandbox
    shows. Outputs are written as plain relative names ("720.mp4"): the runner starts the process with `outdir`
    as its working directory. Files that an earlier command left in `outdir` may be read by relative name too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from media_pipeline.ffmpeg.errors import ErrorCode

GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True)
class ProcessLimits:
    """What one process may use before the runner ends it. Seconds and bytes."""

    wall_s: float = 60.0
    cpu_s: int = 60
    memory_bytes: int = 3 * GIB  # address space, not resident memory
    file_bytes: int = 2 * GIB  # the largest file it may write
    open_files: int = 256
    stdout_bytes: int = 16 * MIB  # more than this on standard output counts as a failure


@dataclass(frozen=True)
class ProcessCommand:
    """One process to run.

    `failure` is the code that a non-zero exit status becomes; None returns the status in the
    `ProcessResult`, for callers that interpret it. `progress` says that argv asks for `-progress pipe:1`, so that
    standard output is a stream of key=value lines for `on_progress` and not a result. `readable` lists further files
    and folders that the process may read, at their own paths.
    """

    argv: tuple[str, ...]
    inputs: tuple[Path, ...] = ()
    outdir: Path | None = None
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    failure: ErrorCode | None = ErrorCode.ENCODE_FAILED
    progress: bool = False
    readable: tuple[Path, ...] = ()


@dataclass(frozen=True)
class EncodeProgress:
    """Progress of an encode: seconds of media written, frames written, and speed against real time."""

    media_s: float
    frames: int
    speed: float | None
    done: bool = False  # ffmpeg has written its last report


@dataclass(frozen=True)
class ProcessResult:
    """How a process ended: its status as `subprocess` gives it (negative: signal), its output and what it used.

    Times in seconds, memory in bytes (peak resident)."""

    returncode: int
    stdout: bytes
    stderr_tail: str
    seconds: float
    cpu_seconds: float
    max_rss_bytes: int


class Runner(Protocol):
    """Anything that can run a `ProcessCommand`: `run_process`, or a test's double."""

    def __call__(
        self,
        command: ProcessCommand,
        *,
        on_progress: Callable[[EncodeProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> ProcessResult: ...


def input_name(index: int) -> str:
    """The placeholder for `inputs[index]` in argv."""
    return f"{{in{index}}}"
