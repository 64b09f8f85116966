"""How a process ended, read into a code: by the status, the signal, the clock and the disk.

Standard error is looked at for the few sentences of the C library and of the walls themselves, which are the
same in every programme and, with LC_ALL=C, in every place. Facts about media are never taken from it.
"""

import signal

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import landlock_exec
from media_pipeline.ffmpeg.run.child import Ended
from media_pipeline.ffmpeg.run.command import Command
from media_pipeline.ffmpeg.run.sandbox import Tier

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


def refuse_failure(command: Command, tier: Tier, ended: Ended, free_bytes: int | None) -> None:
    """Raise the MediaError that this end means; return when it is a success, or a status the caller wants to read.

    `free_bytes` is what is left on the disk of the command's outdir, None without one.
    """
    for cause in (_walls, _disk, _signal, _status):
        if error := cause(command, tier, ended, free_bytes):
            error.argv, error.stderr_tail = command.argv, ended.stderr_tail
            raise error


def _walls(_command: Command, tier: Tier, ended: Ended, _free: int | None) -> MediaError | None:
    """The walls could not be built, or the tool inside them could not be started."""
    said = ended.stderr_tail
    if said.startswith("sandbox: ") and ended.returncode in (landlock_exec.FAILED, landlock_exec.NOT_STARTED):
        started = ended.returncode == landlock_exec.FAILED
        return MediaError(ErrorCode.NO_SANDBOX if started else ErrorCode.NO_FFMPEG, said.strip())
    if tier is Tier.BWRAP and ended.returncode == 1 and said.startswith("bwrap: "):
        return MediaError(ErrorCode.NO_FFMPEG if "execvp" in said else ErrorCode.NO_SANDBOX, said.strip())
    return None


def _disk(_command: Command, _tier: Tier, ended: Ended, free: int | None) -> MediaError | None:
    says_so = ended.returncode != 0 and any(words in ended.stderr_tail for words in _FULL)
    if says_so or (free is not None and free < _NOTHING_FREE):
        return MediaError(ErrorCode.DISK_FULL)
    return None


def _signal(command: Command, tier: Tier, ended: Ended, _free: int | None) -> MediaError | None:
    """Ended by a signal, or by a limit whose signal the tool caught (ffmpeg catches XCPU)."""
    number = _signal_number(tier, ended.returncode)
    if number == signal.SIGXCPU or (ended.returncode != 0 and ended.cpu_seconds >= command.limits.cpu_s):
        # Processor time does not depend on how busy the machine is: it would run out again.
        return MediaError(ErrorCode.TIMEOUT, f"used {command.limits.cpu_s} s of processor time", permanent=True)
    if number == signal.SIGXFSZ:
        return MediaError(ErrorCode.TOO_MUCH_WORK, f"wrote a file of {command.limits.file_bytes} bytes")
    if number == signal.SIGKILL:
        return MediaError(ErrorCode.OUT_OF_MEMORY, "killed from outside, most likely by the kernel")
    if number is not None:
        return MediaError(command.failure or ErrorCode.INTERNAL, f"ended by {signal.Signals(number).name}")
    return None


def _signal_number(tier: Tier, returncode: int) -> int | None:
    if returncode < 0:
        return -returncode
    inside = returncode - 128 if tier is Tier.BWRAP else 0
    return inside if inside in _FATAL else None


def _status(command: Command, _tier: Tier, ended: Ended, _free: int | None) -> MediaError | None:
    if ended.returncode == 0 or command.failure is None:
        return None
    if any(words in ended.stderr_tail for words in _NO_MEMORY):
        return MediaError(ErrorCode.OUT_OF_MEMORY)
    return MediaError(command.failure, f"exit status {ended.returncode}")
