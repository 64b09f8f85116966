"""One running process, watched from its start to its last byte. Use it through `run_process`.

The loop waits on the process's two pipes and on the clock, in the caller's thread and without helpers: no thread
to leak, nothing to run between fork and exec. (The parent-death signal belongs to the thread that starts the
process, so that thread has to stay, and it does: it is the one that waits.)
"""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import IO, cast

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run.command import EncodeProgress, ProcessCommand, ProcessResult
from media_pipeline.ffmpeg.run.progress import ProgressParser

STOP_POLL_S = 0.25  # how often should_stop is asked
STDERR_TAIL_BYTES = 8192  # bytes of standard error that are kept, the last ones
_CHUNK = 1 << 16
_POLL_S = 0.005  # once the pipes are closed, the end is near
_UNKILLABLE_S = 10.0  # a process in uninterruptible sleep (a dead network disk) must not hold the worker, too


class SupervisedProcess:
    """A command under its supervisor (`landlock_exec`). `argv_for(report)` gives the argv of the supervisor that
    writes its report to that file descriptor. Starts on construction; `watch` must follow.

    Raises OSError when it cannot be started.
    """

    def __init__(
        self,
        command: ProcessCommand,
        argv_for: Callable[[int], Sequence[str]],
        folder: str,
        environment: Mapping[str, str],
    ) -> None:
        self._command = command
        self._progress = ProgressParser() if command.progress else None
        self._reports: list[EncodeProgress] = []
        self._stdout = bytearray()
        self._stderr = bytearray()
        self._result: ProcessResult | None = None
        self._started = time.monotonic()
        self._report, theirs = os.pipe()
        try:
            self._process = subprocess.Popen(
                argv_for(theirs),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs,),
                cwd=folder,
                env=dict(environment),
                start_new_session=True,  # its own process group, which can be ended as one
            )
        except BaseException:
            os.close(self._report)
            raise
        finally:
            os.close(theirs)

    def watch(
        self,
        on_progress: Callable[[EncodeProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> ProcessResult:
        """Wait for the end. Raises MediaError: timeout, cancelled, too_much_work, internal; and whatever the
        callbacks raise. However it returns, the process and its group are gone."""
        with selectors.DefaultSelector() as selector:
            takers = (self._take_stdout, self._take_stderr)
            for stream, taker in zip((self._process.stdout, self._process.stderr), takers, strict=True):
                pipe = cast(IO[bytes], stream)
                os.set_blocking(pipe.fileno(), False)
                selector.register(pipe, selectors.EVENT_READ, taker)
            try:
                self._follow(selector, on_progress, should_stop)
            finally:
                self._finish(selector)
        if self._result is None:
            raise self._error(ErrorCode.INTERNAL, f"process {self._process.pid} cannot be ended")
        return self._result

    def _follow(
        self,
        selector: selectors.BaseSelector,
        on_progress: Callable[[EncodeProgress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        tick = self._started
        while selector.get_map() or not self._exited():
            wait = max(0.0, tick - time.monotonic()) if selector.get_map() else _POLL_S
            self._read(selector, wait)
            self._hand_on(on_progress)
            if time.monotonic() >= tick:
                self._check(should_stop)
                if self._exited():
                    return  # a grandchild still holds the pipes: _finish ends it
                tick = time.monotonic() + STOP_POLL_S

    def _read(self, selector: selectors.BaseSelector, wait: float) -> None:
        for key, _ in selector.select(wait):
            data = os.read(key.fd, _CHUNK)
            if data:
                key.data(data)
            else:
                selector.unregister(key.fileobj)

    def _take_stdout(self, data: bytes) -> None:
        if self._progress:
            self._reports += self._progress.feed(data)
        else:
            self._stdout += data[: self._command.limits.stdout_bytes + 1 - len(self._stdout)]

    def _take_stderr(self, data: bytes) -> None:
        self._stderr += data
        del self._stderr[:-STDERR_TAIL_BYTES]

    def _hand_on(self, on_progress: Callable[[EncodeProgress], None] | None) -> None:
        reports, self._reports = self._reports, []
        if on_progress:
            for report in reports:
                on_progress(report)
        if len(self._stdout) > self._command.limits.stdout_bytes:
            raise self._error(ErrorCode.TOO_MUCH_WORK, "more output than allowed")

    def _check(self, should_stop: Callable[[], bool] | None) -> None:
        if should_stop and should_stop():
            raise self._error(ErrorCode.CANCELLED)
        if time.monotonic() - self._started > self._command.limits.wall_s:
            raise self._error(ErrorCode.TIMEOUT, f"not done after {self._command.limits.wall_s:.0f} s")

    def _exited(self) -> bool:
        """Whether it has ended. It stays a zombie, so that its number cannot be given to another group."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, options) is not None

    def _finish(self, selector: selectors.BaseSelector) -> None:
        """End whatever is left of the group, wait until the pipes are closed, and collect the status."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        deadline = time.monotonic() + _UNKILLABLE_S
        while (selector.get_map() or not self._reaped()) and time.monotonic() < deadline:
            self._read(selector, _POLL_S)
        for stream in (self._process.stdout, self._process.stderr):
            cast(IO[bytes], stream).close()
        os.close(self._report)

    def _reaped(self) -> bool:
        if self._result is None:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                # What the supervisor said of the command; its own end where it was killed before it could speak.
                said = os.read(self._report, 100).split()  # its writer is gone: what is there is all there will be
                returncode, peak_kib = map(int, said) if said else (self._process.returncode, usage.ru_maxrss)
                seconds, cpu_seconds = time.monotonic() - self._started, usage.ru_utime + usage.ru_stime
                self._result = ProcessResult(
                    returncode, bytes(self._stdout), self._tail(), seconds, cpu_seconds, peak_kib * 1024
                )
        return self._result is not None

    def _tail(self) -> str:
        return self._stderr.decode("utf-8", "replace")

    def _error(self, code: ErrorCode, detail: str = "") -> MediaError:
        return MediaError(code, detail, argv=self._command.argv, stderr_tail=self._tail())
