"""Each way a process can end badly, made to happen, and the code it becomes."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.child import Ended
from media_pipeline.ffmpeg.run.command import MIB, Command, Limits
from media_pipeline.ffmpeg.run.exit_codes import refuse_failure
from media_pipeline.ffmpeg.run.process import Door, works
from media_pipeline.ffmpeg.run.sandbox import Tier

TIERS = [tier for tier in Tier if tier is Tier.RLIMITS or works(tier)]
every_tier = pytest.mark.parametrize("door", [Door(tier) for tier in TIERS], ids=TIERS)


def ends(door: Door, *argv: str, **options: object) -> MediaError:
    with pytest.raises(MediaError) as error:
        door(Command(argv, **options))  # type: ignore[arg-type]
    return error.value


def ffmpeg(*arguments: str) -> tuple[str, ...]:
    return (str(toolchain.find().ffmpeg), "-v", "error", "-nostdin", "-f", "lavfi", "-i", *arguments)


@every_tier
def test_processor_time_runs_out(door: Door) -> None:
    error = ends(door, "/bin/sh", "-c", "while :; do :; done", limits=Limits(cpu_s=1))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, True)
    assert error.detail == "used 1 s of processor time"


@every_tier
def test_processor_time_runs_out_in_ffmpeg_which_catches_the_signal(door: Door, tmp_path: Path) -> None:
    argv = ffmpeg("testsrc2=size=1280x720:rate=60", "-c:v", "libx264", "out.mp4")
    error = ends(door, *argv, outdir=tmp_path, limits=Limits(cpu_s=1))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, True)


@every_tier
def test_a_file_grows_too_large(door: Door, tmp_path: Path) -> None:
    argv = ffmpeg("testsrc2=size=1280x720:rate=25:duration=2", "-c:v", "rawvideo", "out.avi")
    error = ends(door, *argv, outdir=tmp_path, limits=Limits(file_bytes=4 * MIB))
    assert (error.code, error.permanent) == (ErrorCode.TOO_MUCH_WORK, True)
    assert (tmp_path / "out.avi").stat().st_size == 4 * MIB


@every_tier
@pytest.mark.parametrize("encoder", ["libx264", "libsvtav1"])
def test_memory_runs_out(door: Door, encoder: str) -> None:
    if encoder not in toolchain.find().encoders:
        pytest.skip(f"this ffmpeg has no {encoder}")
    argv = ffmpeg("color=size=8000x8000,format=yuv444p", "-frames:v", "3", "-c:v", encoder, "-f", "null", "-")
    error = ends(door, *argv, limits=Limits(memory_bytes=900 * MIB))
    assert (error.code, error.permanent) == (ErrorCode.OUT_OF_MEMORY, False)


@every_tier
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SEGV", ErrorCode.ENCODE_FAILED),
        ("ABRT", ErrorCode.ENCODE_FAILED),
        ("TERM", ErrorCode.ENCODE_FAILED),
        ("KILL", ErrorCode.OUT_OF_MEMORY),
    ],
)
def test_a_signal_ends_it(door: Door, name: str, code: ErrorCode) -> None:
    error = ends(door, "/bin/sh", "-c", f"kill -{name} $$")
    assert (error.code, error.permanent) == (code, False)


@every_tier
def test_a_crash_is_never_read_as_an_answer(door: Door) -> None:
    error = ends(door, "/bin/sh", "-c", "kill -SEGV $$", failure=None)
    assert (error.code, error.detail) == (ErrorCode.INTERNAL, "ended by SIGSEGV")


@every_tier
@pytest.mark.parametrize("name", ["missing", "not_executable", "folder", "bad_interpreter"])
def test_the_tool_cannot_be_started(door: Door, name: str, tmp_path: Path) -> None:
    (tmp_path / "not_executable").write_text("#!/bin/sh\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad_interpreter").write_text("#!/nowhere/sh\n")
    (tmp_path / "bad_interpreter").chmod(0o755)
    error = ends(door, str(tmp_path / name), failure=None)
    assert (error.code, error.failed) == (ErrorCode.NO_FFMPEG, True)


@every_tier
def test_a_bare_name_is_not_looked_for(door: Door) -> None:
    assert ends(door, "true").code == ErrorCode.NO_FFMPEG


@every_tier
def test_files_are_not_where_they_should_be(door: Door, tmp_path: Path) -> None:
    assert ends(door, "/bin/true", inputs=(tmp_path / "gone",)).code == ErrorCode.MASTER_MISSING
    assert ends(door, "/bin/true", inputs=(tmp_path,)).code == ErrorCode.MASTER_MISSING
    assert ends(door, "/bin/true", outdir=tmp_path / "gone").code == ErrorCode.INTERNAL


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


@every_tier
def test_the_disk_is_full(door: Door, small_disk: Path) -> None:
    argv = ffmpeg("testsrc2=size=1280x720:rate=25:duration=2", "-c:v", "rawvideo", "out.avi")
    error = ends(door, *argv, outdir=small_disk)
    assert (error.code, error.failed, error.permanent) == (ErrorCode.DISK_FULL, True, False)


@every_tier
def test_the_disk_is_full_and_the_tool_says_all_is_well(door: Door, small_disk: Path) -> None:
    error = ends(door, "/bin/sh", "-c", "cat /dev/zero > fill 2>/dev/null; exit 0", outdir=small_disk)
    assert error.code == ErrorCode.DISK_FULL


def ended(returncode: int = 0, stderr: str = "", cpu: float = 0.1) -> Ended:
    return Ended(returncode, b"", stderr, 1.0, cpu, 1)


@pytest.mark.parametrize(
    ("tier", "end", "code"),
    [
        (Tier.LANDLOCK, ended(1, "av_interleaved_write_frame(): No space left on device"), ErrorCode.DISK_FULL),
        (Tier.LANDLOCK, ended(1, "write: Disk quota exceeded"), ErrorCode.DISK_FULL),
        (Tier.LANDLOCK, ended(-signal.SIGKILL), ErrorCode.OUT_OF_MEMORY),
        (Tier.BWRAP, ended(128 + signal.SIGKILL), ErrorCode.OUT_OF_MEMORY),
        (Tier.BWRAP, ended(128 + signal.SIGXFSZ), ErrorCode.TOO_MUCH_WORK),
        (Tier.BWRAP, ended(128 + signal.SIGXCPU), ErrorCode.TIMEOUT),
        (Tier.LANDLOCK, ended(255, "", cpu=60.1), ErrorCode.TIMEOUT),
        (Tier.BWRAP, ended(183), ErrorCode.VERIFY_FAILED),  # AVERROR_INVALIDDATA, not a signal
        (Tier.LANDLOCK, ended(137), ErrorCode.VERIFY_FAILED),  # a plain status outside bwrap
        (Tier.BWRAP, ended(1, "bwrap: No permissions to create new namespace"), ErrorCode.NO_SANDBOX),
        (Tier.BWRAP, ended(1, "bwrap: execvp /x/ffmpeg: No such file or directory"), ErrorCode.NO_FFMPEG),
        (Tier.LANDLOCK, ended(1, "bwrap: said by a file's metadata"), ErrorCode.VERIFY_FAILED),
        (Tier.LANDLOCK, ended(125, "sandbox: Landlock: Operation not supported"), ErrorCode.NO_SANDBOX),
        (Tier.RLIMITS, ended(127, "sandbox: No such file or directory"), ErrorCode.NO_FFMPEG),
        (Tier.LANDLOCK, ended(1, "Cannot allocate memory"), ErrorCode.OUT_OF_MEMORY),
    ],
)
def test_ends_and_their_codes(tier: Tier, end: Ended, code: ErrorCode) -> None:
    command = Command(("/usr/bin/ffmpeg",), failure=ErrorCode.VERIFY_FAILED)
    with pytest.raises(MediaError) as error:
        refuse_failure(command, tier, end, 1 << 30)
    assert (error.value.code, error.value.argv) == (code, command.argv)
    assert error.value.stderr_tail == end.stderr_tail


def test_success_needs_room_left_on_the_disk() -> None:
    command = Command(("/usr/bin/ffmpeg",))
    refuse_failure(command, Tier.BWRAP, ended(), None)
    refuse_failure(command, Tier.BWRAP, ended(), 1 << 20)
    with pytest.raises(MediaError) as error:
        refuse_failure(command, Tier.BWRAP, ended(), 4096)
    assert error.value.code == ErrorCode.DISK_FULL
