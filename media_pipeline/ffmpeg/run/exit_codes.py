"""How a process ended, as an error code: by its status, its signal, the time it used and the disk.

Standard error is searched only for the few messages of the C library and of the sandbox, which are the same in every
program and, with LC_ALL=C, in every locale. Facts about media are never taken from it.
"""

import signal

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import landlock_exec
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessResult
from media_pipeline.ffmpeg.run.sandbox import SandboxTier

# Where less than this is free, the disk counts as full: ffmpeg's muxers end with status 0 after a failed write.
_NOTHING_FREE = 64 << 10
_FULL = ("No space left on device", "Disk quota exceeded")
_NO_MEMORY = ("Cannot allocate memory", "std::bad_alloc", "malloc of size")  # the C library, C++, x264
# ffmpeg's own statuses reach beyond 128, so only signals that end a process are read from bwrap's 128 + n.
_FATAL = frozenset(
    {
        signal.SIGILL,
        signal.SIGABRT,
        signal.SIGBUS,
        signal.SIGFPE,
        signal.SIGKILL,
        signal.SIGSEGV,
        signal.SIGTERM,
        signal.SIGXCPU,
        signal.SIGXFSZ,
    }
)


def raise_for_exit(command: ProcessCommand, tier: SandboxTier, result: ProcessResult, free_bytes: int | None) -> None:
    """Raise the MediaError that this end means; return when it is a success, or a status the caller wants to read.

    `free_bytes` is what is left on the disk of the command's outdir, None without one.
    """
    for cause in (_sandbox_error, _disk_error, _signal_error, _status_error):
        if error := cause(command, tier, result, free_bytes):
            error.argv, error.stderr_tail = command.argv, result.stderr_tail
            raise error


def _sandbox_error(
    _command: ProcessCommand, tier: SandboxTier, result: ProcessResult, _free: int | None
) -> MediaError | None:
    """The sandbox could not be set up, or the tool could not be started in it."""
    said = result.stderr_tail
    if said.startswith("sandbox: ") and result.returncode in (
        landlock_exec.EXIT_SETUP_FAILED,
        landlock_exec.EXIT_NOT_STARTED,
    ):
        started = result.returncode == landlock_exec.EXIT_SETUP_FAILED
        return MediaError(ErrorCode.NO_SANDBOX if started else ErrorCode.NO_FFMPEG, said.strip())
    if tier is SandboxTier.BWRAP and result.returncode == 1 and said.startswith("bwrap: "):
        return MediaError(ErrorCode.NO_FFMPEG if "execvp" in said else ErrorCode.NO_SANDBOX, said.strip())
    return None


def _disk_error(
    _command: ProcessCommand, _tier: SandboxTier, result: ProcessResult, free: int | None
) -> MediaError | None:
    says_so = result.returncode != 0 and any(words in result.stderr_tail for words in _FULL)
    if says_so or (free is not None and free < _NOTHING_FREE):
        return MediaError(ErrorCode.DISK_FULL)
    return None


def _signal_error(
    command: ProcessCommand, tier: SandboxTier, result: ProcessResult, _free: int | None
) -> MediaError | None:
    """Ended by a signal, or by a limit whose signal the tool caught (ffmpeg catches XCPU)."""
    number = _signal_number(tier, result.returncode)
    if number == signal.SIGXCPU or (result.returncode != 0 and result.cpu_seconds >= command.limits.cpu_s):
        # Processor time does not depend on how busy the machine is: it would run out again.
        return MediaError(ErrorCode.TIMEOUT, f"used {command.limits.cpu_s} s of processor time", permanent=True)
    if number == signal.SIGXFSZ:
        return MediaError(ErrorCode.TOO_MUCH_WORK, f"wrote a file of {command.limits.file_bytes} bytes")
    if number == signal.SIGKILL:
        return MediaError(ErrorCode.OUT_OF_MEMORY, "killed from outside, most likely by the kernel")
    if number is not None:
        return MediaError(command.failure or ErrorCode.INTERNAL, f"ended by {signal.Signals(number).name}")
    return None


def _signal_number(tier: SandboxTier, returncode: int) -> int | None:
    if returncode < 0:
        return -returncode
    inside = returncode - 128 if tier is SandboxTier.BWRAP else 0
    return inside if inside in _FATAL else None


def _status_error(
    command: ProcessCommand, _tier: SandboxTier, result: ProcessResult, _free: int | None
) -> MediaError | None:
    if result.returncode == 0 or command.failure is None:
        return None
    if any(words in result.stderr_tail for words in _NO_MEMORY):
        return MediaError(ErrorCode.OUT_OF_MEMORY)
    return MediaError(command.failure, f"exit status {result.returncode}")
