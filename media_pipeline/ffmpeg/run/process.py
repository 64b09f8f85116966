"""Runs other programs in a sandbox with limits: the one way in which media_pipeline starts a process.

`run_process` is the default `Runner`: it resolves what the process may see, wraps it in the strongest sandbox tier of
this machine (`sandbox`), watches it, and returns a `ProcessResult` or raises a `MediaError`, whatever the end.
A process never outlives its worker, its time limit, or the call that started it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import sandbox
from media_pipeline.ffmpeg.run.command import EncodeProgress, ProcessCommand, ProcessLimits, ProcessResult, input_name
from media_pipeline.ffmpeg.run.exit_codes import raise_for_exit
from media_pipeline.ffmpeg.run.sandbox import SandboxTier, SandboxView
from media_pipeline.ffmpeg.run.supervised_process import SupervisedProcess


@cache
def strongest_tier() -> SandboxTier:
    """The tier that `run_process` uses; found out once per process."""
    return sandbox.detect_tier(probe_tier)


@dataclass(frozen=True)
class ProcessRunner:
    """A `Runner`. `tier` None takes the strongest that works here; `sandbox_required` then refuses bare rlimits."""

    tier: SandboxTier | None = None
    sandbox_required: bool = False
    detect_tier: Callable[[], SandboxTier] = strongest_tier
    bwrap_paths: tuple[Path, ...] = sandbox.BWRAP_PATHS

    def __call__(
        self,
        command: ProcessCommand,
        *,
        on_progress: Callable[[EncodeProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> ProcessResult:
        """Run a command to its end. `should_stop` is asked four times a second.

        `cpu_seconds` includes the sandbox; `max_rss_bytes` is the peak of the largest single process, and
        never less than the 10 MB of the supervisor that forked it.
        Raises MediaError: the command's `failure`, no_ffmpeg, no_sandbox, disk_full, out_of_memory, timeout,
        cancelled, too_much_work, master_missing, internal. Whatever the callbacks raise comes through, after
        the process has been ended.
        """
        tier = self.tier or self.detect_tier()
        if self.tier is None and tier is SandboxTier.RLIMITS and self.sandbox_required:
            raise MediaError(ErrorCode.NO_SANDBOX, "neither bubblewrap nor Landlock works here")
        result = self._start(command, tier).watch(on_progress, should_stop)
        disk = os.statvfs(command.outdir) if command.outdir else None
        raise_for_exit(command, tier, result, disk.f_bavail * disk.f_frsize if disk else None)
        return result

    def _start(self, command: ProcessCommand, tier: SandboxTier) -> SupervisedProcess:
        view = _view(command)

        def argv_for(report: int) -> tuple[str, ...]:
            return sandbox.sandbox_argv(tier, command.argv, view, command.limits, report, self.bwrap_paths)

        try:
            workdir, environment = sandbox.sandbox_workdir(tier, view), sandbox.sandbox_environment(tier, view)
            return SupervisedProcess(command, argv_for, workdir, environment)
        except FileNotFoundError as problem:
            missing = f"{problem.filename or problem} is missing"
            raise MediaError(ErrorCode.NO_SANDBOX, missing, argv=command.argv) from problem
        except OSError as problem:
            detail = f"no process could be started: {problem}"
            raise MediaError(ErrorCode.INTERNAL, detail, argv=command.argv) from problem


run_process = ProcessRunner()
"""The runner with the strongest sandbox tier of this machine."""


def probe_tier(tier: SandboxTier, bwrap_paths: tuple[Path, ...] = sandbox.BWRAP_PATHS) -> bool:
    """Whether a tier works on this machine: a process reads its input, writes its output and cannot read the file
    beside the input. Takes some 50 ms."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    upload, neighbour, outdir = folder / "upload", folder / "neighbour", folder / "out"
    script = 'cat "$0" > copy && ! cat "$1"'
    argv = ("/bin/sh", "-c", script, input_name(0), str(neighbour.resolve()))
    try:
        upload.write_bytes(b"upload")
        neighbour.write_bytes(b"neighbour")
        outdir.mkdir()
        command = ProcessCommand(argv, (upload,), outdir, ProcessLimits(wall_s=10, cpu_s=5))
        ProcessRunner(tier, bwrap_paths=bwrap_paths)(command)
        return (outdir / "copy").read_bytes() == b"upload"
    except (MediaError, OSError):
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _view(command: ProcessCommand) -> SandboxView:
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
    libraries = () if sandbox.is_system_path(binary) else _linked_libraries(binary, binary.stat().st_mtime_ns)
    outdir = command.outdir.resolve() if command.outdir else None
    return SandboxView(binary, (*libraries, *command.readable), inputs, outdir)


@cache
def _linked_libraries(binary: Path, _modified: int) -> tuple[Path, ...]:
    """Shared libraries outside the system's folders, that a tool in /opt or in a home folder may need.

    By the dynamic linker's own list; only programs that the administrator chose are listed, never uploads.
    """
    listing = Path("/usr/bin/ldd")
    if not listing.exists():
        return ()
    result = ProcessRunner(SandboxTier.RLIMITS)(ProcessCommand((str(listing), str(binary)), failure=None))
    words = result.stdout.decode("utf-8", "replace").split()
    paths = (Path(word) for word in words if word.startswith("/"))
    return tuple(path for path in paths if path.is_file() and not sandbox.is_system_path(path))
