"""A process as a value: what to run, on which files, within which limits, and what came back.

Builders (probe, argv, packager, stills, download, loudness) make a `Command`; `process.run` is the `Runner`
that carries it out; tests hand in a recording double instead.

Paths in argv
    `argv[0]` is the absolute path of the binary. The file `inputs[n]` is written as `input_name(n)` ("{in0}");
    the placeholder may stand inside a longer argument and the runner replaces it by the path that its sandbox
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
class Limits:
    """What one process may use before the runner ends it. Seconds and bytes."""

    wall_s: float = 60.0
    cpu_s: int = 60
    memory_bytes: int = 3 * GIB  # address space, not resident memory
    file_bytes: int = 2 * GIB  # the largest file it may write
    open_files: int = 256
    stdout_bytes: int = 16 * MIB  # more than this on standard output counts as a failure


@dataclass(frozen=True)
class Command:
    """One process to run.

    `failure` is the code that a non-zero exit status becomes; None hands the status back in `Finished`, for
    callers that read meaning into it. `progress` says that argv asks for `-progress pipe:1`, so that standard
    output is a stream of key=value lines for `on_progress` and not a result.
    """

    argv: tuple[str, ...]
    inputs: tuple[Path, ...] = ()
    outdir: Path | None = None
    limits: Limits = field(default_factory=Limits)
    failure: ErrorCode | None = ErrorCode.ENCODE_FAILED
    progress: bool = False


@dataclass(frozen=True)
class Progress:
    """Where an encode stands: seconds of media written, frames written, and speed against real time."""

    media_s: float
    frames: int
    speed: float | None
    done: bool = False  # ffmpeg has written its last report


@dataclass(frozen=True)
class Finished:
    """A process that ended by itself. Times in seconds, memory in bytes (peak resident)."""

    returncode: int
    stdout: bytes
    stderr_tail: str
    seconds: float
    cpu_seconds: float
    max_rss_bytes: int


class Runner(Protocol):
    """Anything that can carry out a `Command`: `process.run`, or a test's double."""

    def __call__(
        self,
        command: Command,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Finished: ...


def input_name(index: int) -> str:
    """The placeholder for `inputs[index]` in argv."""
    return f"{{in{index}}}"
