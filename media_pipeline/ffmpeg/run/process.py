"""The one door to other programs. Nothing else in the project starts a process.

`run` is the `Runner` that everybody uses: it resolves what the process may see, wraps it in the strongest walls
the machine offers (`sandbox`), watches it, and turns each way it can end into a `Finished` or a `MediaError`.
A process never outlives its worker, its time, or the call that started it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import sandbox
from media_pipeline.ffmpeg.run.child import Child
from media_pipeline.ffmpeg.run.command import Command, Finished, Limits, Progress, input_name
from media_pipeline.ffmpeg.run.exit_codes import refuse_failure
from media_pipeline.ffmpeg.run.sandbox import Tier, View


@dataclass(frozen=True)
class Door:
    """A `Runner`. `tier` None takes the strongest that works here; `sandbox_required` then refuses bare rlimits."""

    tier: Tier | None = None
    sandbox_required: bool = False

    def __call__(
        self,
        command: Command,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Finished:
        """Run a command to its end. `should_stop` is asked four times a second.

        `Finished.cpu_seconds` counts the walls, too; `max_rss_bytes` is the peak of the largest single process, and
        never less than the 10 MB of the supervisor that forked it.
        Raises MediaError: the command's `failure`, no_ffmpeg, no_sandbox, disk_full, out_of_memory, timeout,
        cancelled, too_much_work, master_missing, internal. Whatever the callbacks raise comes through, after
        the process has been ended.
        """
        tier = self.tier or strongest_tier()
        if self.tier is None and tier is Tier.RLIMITS and self.sandbox_required:
            raise MediaError(ErrorCode.NO_SANDBOX, "neither bubblewrap nor Landlock works here")
        view = _view(command)
        ended = _start(command, tier, view).watch(on_progress, should_stop)
        refuse_failure(command, tier, ended, _free_bytes(command.outdir))
        return Finished(
            ended.returncode, ended.stdout, ended.stderr_tail, ended.seconds, ended.cpu_seconds, ended.max_rss_bytes
        )


run = Door()
"""The door with the strongest walls this machine offers."""


@cache
def strongest_tier() -> Tier:
    """The tier that `run` uses: tried once per process, by reading an input, writing an output and failing to
    read the input's neighbour."""
    return sandbox.detect_tier(works)


def works(tier: Tier) -> bool:
    """Whether a tier's walls stand on this machine. Takes some 50 ms."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    try:
        return _holds(tier, folder)
    except (MediaError, OSError):
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _holds(tier: Tier, folder: Path) -> bool:
    upload, neighbour, outdir = folder / "upload", folder / "neighbour", folder / "out"
    upload.write_bytes(b"upload")
    neighbour.write_bytes(b"neighbour")
    outdir.mkdir()
    script = 'cat "$0" > copy && ! cat "$1"'
    argv = ("/bin/sh", "-c", script, input_name(0), str(neighbour.resolve()))
    Door(tier)(Command(argv, (upload,), outdir, Limits(wall_s=10, cpu_s=5)))
    return (outdir / "copy").read_bytes() == b"upload"


def _start(command: Command, tier: Tier, view: View) -> Child:
    try:
        argv_for = partial(sandbox.wrap, tier, command.argv, view, command.limits)
        folder, environment = sandbox.working_directory(tier, view), sandbox.environment(tier, view)
        return Child(command, argv_for, folder, environment)
    except FileNotFoundError as problem:
        raise MediaError(
            ErrorCode.NO_SANDBOX, f"{problem.filename or problem} is missing", argv=command.argv
        ) from problem
    except OSError as problem:
        raise MediaError(ErrorCode.INTERNAL, f"no process could be started: {problem}", argv=command.argv) from problem


def _view(command: Command) -> View:
    """What the command may see, resolved. Raises MediaError: no_ffmpeg, master_missing, internal."""
    binary = Path(command.argv[0])
    if not (binary.is_absolute() and binary.is_file() and os.access(binary, os.X_OK)):
        raise MediaError(ErrorCode.NO_FFMPEG, f"{binary} is not a program that can be run", argv=command.argv)
    for path in command.inputs:
        if not path.is_file():
            raise MediaError(ErrorCode.MASTER_MISSING, f"{path.name} is not a file", argv=command.argv)
    if command.outdir is not None and not command.outdir.is_dir():
        raise MediaError(ErrorCode.INTERNAL, f"{command.outdir} is not a folder", argv=command.argv)
    binary = binary.resolve()
    inputs = tuple(path.resolve() for path in command.inputs)
    return View(binary, _libraries(binary), inputs, command.outdir.resolve() if command.outdir else None)


def _libraries(binary: Path) -> tuple[Path, ...]:
    """Shared libraries outside the system's folders, that a tool in /opt or in a home may bring with it."""
    if sandbox.is_system(binary):
        return ()
    return _linked(binary, binary.stat().st_mtime_ns)


@cache
def _linked(binary: Path, _modified: int) -> tuple[Path, ...]:
    """By the dynamic linker's own list; it is asked of programmes the administrator chose, never of uploads."""
    listing = Path("/usr/bin/ldd")
    if not listing.exists():
        return ()
    ended = Door(Tier.RLIMITS)(Command((str(listing), str(binary)), failure=None))
    words = ended.stdout.decode("utf-8", "replace").split()
    paths = (Path(word) for word in words if word.startswith("/"))
    return tuple(path for path in paths if path.is_file() and not sandbox.is_system(path))


def _free_bytes(outdir: Path | None) -> int | None:
    if outdir is None:
        return None
    disk = os.statvfs(outdir)
    return disk.f_bavail * disk.f_frsize
