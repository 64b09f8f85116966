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
_FATAL = (
    *(signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGKILL),
    *(signal.SIGSEGV, signal.SIGTERM, signal.SIGXCPU, signal.SIGXFSZ),
)
_SHIM_CODES = {
    landlock_exec.EXIT_SETUP_FAILED: ErrorCode.NO_SANDBOX,
    landlock_exec.EXIT_NOT_STARTED: ErrorCode.NO_FFMPEG,
}


def raise_for_exit(command: ProcessCommand, tier: SandboxTier, result: ProcessResult, free_bytes: int | None) -> None:
    """Raise the MediaError that this end means; return when it is a success, or a status the caller wants to read.

    `free_bytes` is what is left on the disk of the command's outdir, None without one.
    """
    error = (
        _sandbox_error(tier, result)
        or _disk_error(result, free_bytes)
        or _signal_error(command, tier, result)
        or _status_error(command, result)
    )
    if error:
        error.argv, error.stderr_tail = command.argv, result.stderr_tail
        raise error


def _sandbox_error(tier: SandboxTier, result: ProcessResult) -> MediaError | None:
    """The sandbox could not be set up, or the tool could not be started in it."""
    said, code = result.stderr_tail, None
    if said.startswith("sandbox: "):
        code = _SHIM_CODES.get(result.returncode)
    elif tier is SandboxTier.BWRAP and result.returncode == 1 and said.startswith("bwrap: "):
        code = ErrorCode.NO_FFMPEG if "execvp" in said else ErrorCode.NO_SANDBOX
    return MediaError(code, said.strip()) if code else None


def _disk_error(result: ProcessResult, free_bytes: int | None) -> MediaError | None:
    says_so = result.returncode != 0 and any(words in result.stderr_tail for words in _FULL)
    full = says_so or (free_bytes is not None and free_bytes < _NOTHING_FREE)
    return MediaError(ErrorCode.DISK_FULL) if full else None


def _signal_error(command: ProcessCommand, tier: SandboxTier, result: ProcessResult) -> MediaError | None:
    """Ended by a signal, or by a limit whose signal the tool caught (ffmpeg catches XCPU)."""
    number = -result.returncode
    if tier is SandboxTier.BWRAP and result.returncode - 128 in _FATAL:
        number = result.returncode - 128
    if number == signal.SIGXCPU or (result.returncode != 0 and result.cpu_seconds >= command.limits.cpu_s):
        # Processor time does not depend on how busy the machine is: it would run out again.
        return MediaError(ErrorCode.TIMEOUT, f"used {command.limits.cpu_s} s of processor time", permanent=True)
    if number == signal.SIGXFSZ:
        return MediaError(ErrorCode.TOO_MUCH_WORK, f"wrote a file of {command.limits.file_bytes} bytes")
    if number == signal.SIGKILL:
        return MediaError(ErrorCode.OUT_OF_MEMORY, "killed from outside, most likely by the kernel")
    if number > 0:
        return MediaError(command.failure or ErrorCode.PROBE_FAILED, f"ended by {signal.Signals(number).name}")
    return None


def _status_error(command: ProcessCommand, result: ProcessResult) -> MediaError | None:
    if result.returncode == 0 or command.failure is None:
        return None
    if any(words in result.stderr_tail for words in _NO_MEMORY):
        return MediaError(ErrorCode.OUT_OF_MEMORY)
    return MediaError(command.failure, f"exit status {result.returncode}")
