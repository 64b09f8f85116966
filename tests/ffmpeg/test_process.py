"""The door to other programs, in every tier that this machine offers, with real processes."""

import os
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.command import MIB, Command, Limits, Progress, input_name
from media_pipeline.ffmpeg.run.process import Door, run, strongest_tier, works
from media_pipeline.ffmpeg.run.sandbox import Tier

TIERS = [tier for tier in Tier if tier is Tier.RLIMITS or works(tier)]
every_tier = pytest.mark.parametrize("door", [Door(tier) for tier in TIERS], ids=TIERS)


def shell(script: str, *arguments: str, **options: object) -> Command:
    """A command in the system's shell, with arguments as $0, $1, ..."""
    return Command(("/bin/sh", "-c", script, *arguments), **options)  # type: ignore[arg-type]


def failure(door: Door, command: Command, **callbacks: object) -> MediaError:
    with pytest.raises(MediaError) as error:
        door(command, **callbacks)  # type: ignore[arg-type]
    return error.value


def processes_with(mark: str) -> list[int]:
    """Ids of living processes that have the mark in their arguments."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # gone meanwhile
    return found


def encode(outdir: Path, seconds: float, *flags: str, source: str = "testsrc2=size=320x180:rate=25") -> Command:
    """A real encode to clip.mp4 that reports its progress."""
    tools = toolchain.find()
    pattern = f"{source}:duration={seconds}"
    argv = (str(tools.ffmpeg), "-v", "error", "-nostdin", "-progress", "pipe:1", "-f", "lavfi", "-i", pattern)
    return Command((*argv, "-c:v", "libx264", *flags, "-y", "clip.mp4"), outdir=outdir, progress=True)


@every_tier
def test_an_encode_writes_its_output_and_reports_progress(door: Door, tmp_path: Path) -> None:
    reports: list[Progress] = []
    ended = door(encode(tmp_path, 2), on_progress=reports.append)
    assert (ended.returncode, ended.stdout, ended.stderr_tail) == (0, b"", "")
    assert (tmp_path / "clip.mp4").read_bytes()[4:8] == b"ftyp"
    assert (reports[-1].done, reports[-1].frames) == (True, 50)
    assert reports[-1].media_s == pytest.approx(2, abs=0.2)
    assert 0 < ended.cpu_seconds < 30
    assert ended.max_rss_bytes > 30 * MIB


@every_tier
def test_what_a_small_command_used_is_not_the_workers_size(door: Door) -> None:
    ballast = bytearray(300 * MIB)
    ended = door(shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"))
    assert len(ballast) > 10 * ended.max_rss_bytes
    assert 0.1 < ended.cpu_seconds < 20


@every_tier
def test_inputs_are_read_and_outputs_written_side_by_side(door: Door, tmp_path: Path) -> None:
    first, second, outdir = tmp_path / "a b.mp4", tmp_path / "-ü%d.mp4", tmp_path / "out"
    first.write_text("one")
    second.write_text("two")
    outdir.mkdir()
    (outdir / "earlier").write_text("three")
    script = 'cat "$0" "$1" earlier > joined; cat joined; echo temporary > "$TMPDIR/t"'
    ended = door(shell(script, input_name(0), input_name(1), inputs=(first, second), outdir=outdir))
    assert ended.stdout == b"onetwothree"
    assert sorted(path.name for path in outdir.iterdir()) == ["earlier", "joined", "t"]


@every_tier
def test_a_placeholder_may_stand_inside_an_argument(door: Door, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("here")
    ended = door(shell('cat "${0#file:}"', f"file:{input_name(0)}", inputs=(tmp_path / "x",)))
    assert ended.stdout == b"here"


@every_tier
def test_the_environment_is_ours_alone(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    lines = door(Command(("/usr/bin/env",), outdir=tmp_path)).stdout.decode().split()
    names = {line.partition("=")[0] for line in lines} - {"PWD"}  # bwrap says where it changed to
    assert names == {"PATH", "HOME", "LC_ALL", "TMPDIR"}


@every_tier
def test_limits_are_set(door: Door) -> None:
    limits = Limits(cpu_s=7, memory_bytes=1 << 30, file_bytes=4 * MIB, open_files=99)
    script = "ulimit -t; ulimit -v; ulimit -f; ulimit -n; ulimit -c; nice"
    expected = [7, 1 << 20, 4 * MIB // 512, 99, 0, 10 + os.nice(0)]
    assert [int(line) for line in door(shell(script, limits=limits)).stdout.split()] == expected


@every_tier
def test_standard_input_is_closed(door: Door) -> None:
    assert door(Command(("/bin/cat",), limits=Limits(wall_s=5))).stdout == b""


@every_tier
def test_signals_have_their_usual_effect(door: Door) -> None:
    says = door(Command(("/bin/grep", "-E", "Sig(Ign|Blk):", "/proc/self/status"))).stdout.split()
    # 32 and 33 are the C library's own: Python refuses to touch them, and some parents leave them ignored.
    library_s_own = 1 << 31 | 1 << 32
    assert [int(mask, 16) & ~library_s_own for mask in says[1::2]] == [0, 0]


@every_tier
def test_a_status_is_a_failure_or_handed_back(door: Door) -> None:
    error = failure(door, shell("echo no >&2; exit 3", failure=ErrorCode.PACKAGE_FAILED))
    assert (error.code, error.detail, error.stderr_tail) == (ErrorCode.PACKAGE_FAILED, "exit status 3", "no\n")
    assert (error.argv[0], error.failed, error.permanent) == ("/bin/sh", True, False)
    ended = door(shell("echo no >&2; exit 3", failure=None))
    assert (ended.returncode, ended.stderr_tail) == (3, "no\n")


@every_tier
def test_of_standard_error_the_end_is_kept(door: Door) -> None:
    ended = door(shell("head -c 100000 /dev/zero | tr '\\0' x >&2; printf '\\377end' >&2"))
    assert (len(ended.stderr_tail), ended.stderr_tail[-5:]) == (8192, "x\ufffdend")


@every_tier
def test_too_much_output_is_refused(door: Door) -> None:
    error = failure(door, Command(("/bin/cat", "/dev/zero"), limits=Limits(stdout_bytes=MIB)))
    assert (error.code, error.permanent) == (ErrorCode.TOO_MUCH_WORK, True)
    within = door(shell(f"head -c {MIB} /dev/zero", limits=Limits(stdout_bytes=MIB)))
    assert len(within.stdout) == MIB


@every_tier
def test_a_wall_timeout_ends_the_whole_group(door: Door) -> None:
    mark = f"3600.{uuid.uuid4().int % 10**9}"
    started = time.monotonic()
    error = failure(door, shell(f"sleep {mark} & sleep {mark}; true", limits=Limits(wall_s=0.5)))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, False)
    assert time.monotonic() - started < 3
    assert processes_with(mark) == []


@every_tier
def test_cancelling_takes_effect_at_once(door: Door, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    asked = []

    def should_stop() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 4

    error = failure(door, encode(tmp_path, 3600, "-metadata", f"title={mark}"), should_stop=should_stop)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert (error.code, processes_with(mark)) == (ErrorCode.CANCELLED, [])
    assert max(gaps) < 0.6


@every_tier
def test_a_callback_that_raises_ends_the_process(door: Door, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex

    def lost_lease(_: Progress) -> None:
        raise KeyError("lease")

    with pytest.raises(KeyError, match="lease"):
        door(encode(tmp_path, 3600, "-metadata", f"title={mark}"), on_progress=lost_lease)
    assert processes_with(mark) == []


@every_tier
def test_what_a_command_leaves_behind_is_ended(door: Door) -> None:
    mark = f"3600.{uuid.uuid4().int % 10**9}"
    started = time.monotonic()
    ended = door(shell(f"sleep {mark} & echo started"))
    assert (ended.returncode, ended.stdout, processes_with(mark)) == (0, b"started\n", [])
    assert time.monotonic() - started < 5


@every_tier
def test_no_file_descriptor_is_left_open(door: Door) -> None:
    door(shell("true"))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        door(shell("true"))
        failure(door, shell("exit 1"))
        failure(door, Command(("/nowhere/ffmpeg",)))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_strongest_tier_is_used() -> None:
    assert strongest_tier() == TIERS[0]
    assert run == Door(None)


def test_bare_limits_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media_pipeline.ffmpeg.run.process.strongest_tier", lambda: Tier.RLIMITS)
    command = shell("true")
    assert failure(Door(sandbox_required=True), command).code == ErrorCode.NO_SANDBOX
    assert Door()(command).returncode == 0
    assert Door(Tier.RLIMITS, sandbox_required=True)(command).returncode == 0  # it was asked for by name


def test_a_thread_may_run_commands_while_others_do() -> None:
    with ThreadPoolExecutor(4) as pool:
        outputs = list(pool.map(lambda number: run(shell(f"echo {number}")).stdout, range(24)))
    assert outputs == [f"{number}\n".encode() for number in range(24)]


def test_no_child_is_left_unreaped() -> None:
    run(shell("true"))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert subprocess._active == []
