"""Each way a process can end badly, made to happen, and the code it becomes."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, ProcessResult
from media_pipeline.ffmpeg.run.exit_codes import raise_for_exit
from media_pipeline.ffmpeg.run.process import ProcessRunner
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from tests.media_pipeline.ffmpeg.run.tiers import every_runner, failure, ffmpeg, shell

LARGE = ("testsrc2=size=1280x720:rate=25:duration=2", "-c:v", "rawvideo", "out.avi")


@every_runner
def test_processor_time_runs_out(runner: ProcessRunner) -> None:
    error = failure(runner, shell("while :; do :; done", limits=ProcessLimits(cpu_s=1)))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, True)
    assert error.detail == "used 1 s of processor time"


@every_runner
def test_processor_time_runs_out_in_ffmpeg_which_catches_the_signal(runner: ProcessRunner, tmp_path: Path) -> None:
    endless = ("testsrc2=size=1280x720:rate=60", "-c:v", "libx264", "out.mp4")
    error = failure(runner, ffmpeg(*endless, outdir=tmp_path, limits=ProcessLimits(cpu_s=1)))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, True)


@every_runner
def test_a_file_grows_too_large(runner: ProcessRunner, tmp_path: Path) -> None:
    error = failure(runner, ffmpeg(*LARGE, outdir=tmp_path, limits=ProcessLimits(file_bytes=4 * MIB)))
    assert (error.code, error.permanent) == (ErrorCode.TOO_MUCH_WORK, True)
    assert (tmp_path / "out.avi").stat().st_size == 4 * MIB


@every_runner
@pytest.mark.parametrize("encoder", ["libx264", "libsvtav1"])
def test_memory_runs_out(runner: ProcessRunner, encoder: str) -> None:
    if encoder not in toolchain.find_toolchain().encoders:
        pytest.skip(f"this ffmpeg has no {encoder}")
    huge = ("color=size=8000x8000,format=yuv444p", "-frames:v", "3", "-c:v", encoder, "-f", "null", "-")
    error = failure(runner, ffmpeg(*huge, limits=ProcessLimits(memory_bytes=900 * MIB)))
    assert (error.code, error.permanent) == (ErrorCode.OUT_OF_MEMORY, False)


@every_runner
@pytest.mark.parametrize("name", ["SEGV", "ABRT", "TERM", "KILL"])
def test_a_signal_ends_it(runner: ProcessRunner, name: str) -> None:
    error = failure(runner, shell(f"kill -{name} $$"))
    code = ErrorCode.OUT_OF_MEMORY if name == "KILL" else ErrorCode.ENCODE_FAILED
    assert (error.code, error.permanent) == (code, False)


@every_runner
def test_a_crash_is_never_read_as_an_answer(runner: ProcessRunner) -> None:
    error = failure(runner, shell("kill -SEGV $$", failure=None))
    assert (error.code, error.detail) == (ErrorCode.PROBE_FAILED, "ended by SIGSEGV")


@every_runner
@pytest.mark.parametrize("name", ["missing", "not_executable", "folder", "bad_interpreter"])
def test_the_tool_cannot_be_started(runner: ProcessRunner, name: str, tmp_path: Path) -> None:
    (tmp_path / "not_executable").write_text("#!/bin/sh\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad_interpreter").write_text("#!/nowhere/sh\n")
    (tmp_path / "bad_interpreter").chmod(0o755)
    error = failure(runner, ProcessCommand((str(tmp_path / name),), failure=None))
    assert (error.code, error.failed) == (ErrorCode.NO_FFMPEG, True)


@every_runner
def test_files_are_not_where_they_should_be(runner: ProcessRunner, tmp_path: Path) -> None:
    assert failure(runner, ProcessCommand(("true",))).code == ErrorCode.NO_FFMPEG  # a bare name is not looked for
    assert failure(runner, shell("true", inputs=(tmp_path / "gone",))).code == ErrorCode.MASTER_MISSING
    assert failure(runner, shell("true", inputs=(tmp_path,))).code == ErrorCode.MASTER_MISSING
    assert failure(runner, shell("true", outdir=tmp_path / "gone")).code == ErrorCode.INTERNAL


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MiB. Only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@every_runner
def test_the_disk_is_full(runner: ProcessRunner, small_disk: Path) -> None:
    error = failure(runner, ffmpeg(*LARGE, outdir=small_disk))
    assert (error.code, error.failed, error.permanent) == (ErrorCode.DISK_FULL, True, False)


@every_runner
def test_the_disk_is_full_and_the_tool_says_all_is_well(runner: ProcessRunner, small_disk: Path) -> None:
    error = failure(runner, shell("cat /dev/zero > fill 2>/dev/null; exit 0", outdir=small_disk))
    assert error.code == ErrorCode.DISK_FULL


def ended(returncode: int = 0, stderr: str = "", cpu: float = 0.1) -> ProcessResult:
    return ProcessResult(returncode, b"", stderr, 1.0, cpu, 1)


@pytest.mark.parametrize(
    ("tier", "end", "code"),
    [
        (SandboxTier.LANDLOCK, ended(1, "av_interleaved_write_frame(): No space left on device"), ErrorCode.DISK_FULL),
        (SandboxTier.LANDLOCK, ended(1, "write: Disk quota exceeded"), ErrorCode.DISK_FULL),
        (SandboxTier.LANDLOCK, ended(-signal.SIGKILL), ErrorCode.OUT_OF_MEMORY),
        (SandboxTier.BWRAP, ended(128 + signal.SIGKILL), ErrorCode.OUT_OF_MEMORY),
        (SandboxTier.BWRAP, ended(128 + signal.SIGXFSZ), ErrorCode.TOO_MUCH_WORK),
        (SandboxTier.BWRAP, ended(128 + signal.SIGXCPU), ErrorCode.TIMEOUT),
        (SandboxTier.LANDLOCK, ended(255, "", cpu=60.1), ErrorCode.TIMEOUT),
        (SandboxTier.BWRAP, ended(183), ErrorCode.VERIFY_FAILED),  # AVERROR_INVALIDDATA, not a signal
        (SandboxTier.LANDLOCK, ended(137), ErrorCode.VERIFY_FAILED),  # a plain status outside bwrap
        (SandboxTier.BWRAP, ended(1, "bwrap: No permissions to create new namespace"), ErrorCode.NO_SANDBOX),
        (SandboxTier.BWRAP, ended(1, "bwrap: execvp /x/ffmpeg: No such file or directory"), ErrorCode.NO_FFMPEG),
        (SandboxTier.LANDLOCK, ended(1, "bwrap: said by a file's metadata"), ErrorCode.VERIFY_FAILED),
        (SandboxTier.LANDLOCK, ended(125, "sandbox: Landlock: Operation not supported"), ErrorCode.NO_SANDBOX),
        (SandboxTier.RLIMITS, ended(127, "sandbox: No such file or directory"), ErrorCode.NO_FFMPEG),
        (SandboxTier.LANDLOCK, ended(1, "Cannot allocate memory"), ErrorCode.OUT_OF_MEMORY),
    ],
)
def test_ends_and_their_codes(tier: SandboxTier, end: ProcessResult, code: ErrorCode) -> None:
    command = ProcessCommand(("/usr/bin/ffmpeg",), failure=ErrorCode.VERIFY_FAILED)
    with pytest.raises(MediaError) as error:
        raise_for_exit(command, tier, end, 1 << 30)
    assert (error.value.code, error.value.argv) == (code, command.argv)
    assert error.value.stderr_tail == end.stderr_tail


def test_success_needs_space_left_on_the_disk() -> None:
    command = ProcessCommand(("/usr/bin/ffmpeg",))
    raise_for_exit(command, SandboxTier.BWRAP, ended(), None)
    raise_for_exit(command, SandboxTier.BWRAP, ended(), 1 << 20)
    with pytest.raises(MediaError) as error:
        raise_for_exit(command, SandboxTier.BWRAP, ended(), 4096)
    assert error.value.code == ErrorCode.DISK_FULL
