"""The process runner, in every tier that this machine offers, with real processes."""

import os
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.run.command import MIB, EncodeProgress, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.process import ProcessRunner, run_process, strongest_tier
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from tests.media_pipeline.ffmpeg.run.tiers import TIERS, every_runner, failure, ffmpeg, processes_with, shell


def encode(outdir: Path, seconds: float, *flags: str) -> ProcessCommand:
    """A real encode to clip.mp4 that reports its progress."""
    source = f"testsrc2=size=320x180:rate=25:duration={seconds}"
    flags = ("-c:v", "libx264", *flags, "-progress", "pipe:1", "-y", "clip.mp4")
    return ffmpeg(source, *flags, outdir=outdir, progress=True)


@every_runner
def test_an_encode_writes_its_output_and_reports_progress(runner: ProcessRunner, tmp_path: Path) -> None:
    reports: list[EncodeProgress] = []
    result = runner(encode(tmp_path, 2), on_progress=reports.append)
    assert (result.returncode, result.stdout, result.stderr_tail) == (0, b"", "")
    assert (tmp_path / "clip.mp4").read_bytes()[4:8] == b"ftyp"
    assert (reports[-1].done, reports[-1].frames) == (True, 50)
    assert reports[-1].media_s == pytest.approx(2, abs=0.2)
    assert 0 < result.cpu_seconds < 30
    assert result.max_rss_bytes > 30 * MIB


@every_runner
def test_what_a_small_command_used_is_not_the_workers_size(runner: ProcessRunner) -> None:
    ballast = bytearray(300 * MIB)
    result = runner(shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"))
    assert len(ballast) > 10 * result.max_rss_bytes
    assert 0.1 < result.cpu_seconds < 20


@every_runner
def test_inputs_are_read_and_outputs_written_side_by_side(runner: ProcessRunner, tmp_path: Path) -> None:
    first, second, outdir = tmp_path / "a b.mp4", tmp_path / "-ü%d.mp4", tmp_path / "out"
    first.write_text("one")
    second.write_text("two")
    outdir.mkdir()
    (outdir / "earlier").write_text("three")
    script = 'cat "$0" "${1#file:}" earlier > joined; cat joined; echo temporary > "$TMPDIR/t"'
    result = runner(shell(script, input_name(0), f"file:{input_name(1)}", inputs=(first, second), outdir=outdir))
    assert result.stdout == b"onetwothree"
    assert sorted(path.name for path in outdir.iterdir()) == ["earlier", "joined", "t"]


@every_runner
def test_the_environment_is_ours_alone(runner: ProcessRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    lines = runner(ProcessCommand(("/usr/bin/env",), outdir=tmp_path)).stdout.decode().split()
    names = {line.partition("=")[0] for line in lines} - {"PWD"}  # bwrap says where it changed to
    assert names == {"PATH", "HOME", "LC_ALL", "TMPDIR"}


@every_runner
def test_limits_are_set(runner: ProcessRunner) -> None:
    limits = ProcessLimits(cpu_s=7, memory_bytes=1 << 30, file_bytes=4 * MIB, open_files=99)
    script = "ulimit -t; ulimit -v; ulimit -f; ulimit -n; ulimit -c; nice"
    expected = [7, 1 << 20, 4 * MIB // 1024, 99, 0, 10 + os.nice(0)]
    assert [int(line) for line in runner(shell(script, limits=limits)).stdout.split()] == expected


@every_runner
def test_standard_input_is_closed_and_signals_have_their_usual_effect(runner: ProcessRunner) -> None:
    assert runner(ProcessCommand(("/bin/cat",), limits=ProcessLimits(wall_s=5))).stdout == b""
    says = runner(ProcessCommand(("/bin/grep", "-E", "Sig(Ign|Blk):", "/proc/self/status"))).stdout.split()
    # 32 and 33 are the C library's own: Python refuses to touch them, and some parents leave them ignored.
    library_s_own = 1 << 31 | 1 << 32
    assert [int(mask, 16) & ~library_s_own for mask in says[1::2]] == [0, 0]


@every_runner
def test_a_status_is_a_failure_or_handed_back(runner: ProcessRunner) -> None:
    error = failure(runner, shell("echo no >&2; exit 3", failure=ErrorCode.PACKAGE_FAILED))
    assert (error.code, error.detail, error.stderr_tail) == (ErrorCode.PACKAGE_FAILED, "exit status 3", "no\n")
    assert (error.argv[0], error.failed, error.permanent) == ("/bin/bash", True, False)
    result = runner(shell("echo no >&2; exit 3", failure=None))
    assert (result.returncode, result.stderr_tail) == (3, "no\n")


@every_runner
def test_of_standard_error_the_end_is_kept(runner: ProcessRunner) -> None:
    result = runner(shell("head -c 100000 /dev/zero | tr '\\0' x >&2; printf '\\377end' >&2"))
    assert (len(result.stderr_tail), result.stderr_tail[-5:]) == (8192, "x\ufffdend")


@every_runner
def test_too_much_output_is_refused(runner: ProcessRunner) -> None:
    error = failure(runner, ProcessCommand(("/bin/cat", "/dev/zero"), limits=ProcessLimits(stdout_bytes=MIB)))
    assert (error.code, error.permanent) == (ErrorCode.TOO_MUCH_WORK, True)
    within = runner(shell(f"head -c {MIB} /dev/zero", limits=ProcessLimits(stdout_bytes=MIB)))
    assert len(within.stdout) == MIB


@every_runner
def test_a_wall_timeout_ends_the_whole_group(runner: ProcessRunner) -> None:
    mark = f"3600.{uuid.uuid4().int % 10**9}"
    started = time.monotonic()
    error = failure(runner, shell(f"sleep {mark} & sleep {mark}; true", limits=ProcessLimits(wall_s=0.5)))
    assert (error.code, error.permanent) == (ErrorCode.TIMEOUT, False)
    assert time.monotonic() - started < 3
    assert processes_with(mark) == []


@every_runner
def test_cancelling_takes_effect_at_once(runner: ProcessRunner, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    asked = []

    def should_stop() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 4

    error = failure(runner, encode(tmp_path, 3600, "-metadata", f"title={mark}"), should_stop=should_stop)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert (error.code, processes_with(mark)) == (ErrorCode.CANCELLED, [])
    assert max(gaps) < 0.6


@every_runner
def test_a_callback_that_raises_ends_the_process(runner: ProcessRunner, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex

    def lost_lease(_: EncodeProgress) -> None:
        raise KeyError("lease")

    with pytest.raises(KeyError, match="lease"):
        runner(encode(tmp_path, 3600, "-metadata", f"title={mark}"), on_progress=lost_lease)
    assert processes_with(mark) == []


@every_runner
def test_what_a_command_leaves_behind_is_ended(runner: ProcessRunner) -> None:
    mark = f"3600.{uuid.uuid4().int % 10**9}"
    started = time.monotonic()
    result = runner(shell(f"sleep {mark} & echo started"))
    assert (result.returncode, result.stdout, processes_with(mark)) == (0, b"started\n", [])
    assert time.monotonic() - started < 5


@every_runner
def test_no_file_descriptor_is_left_open(runner: ProcessRunner) -> None:
    runner(shell("true"))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        runner(shell("true"))
        failure(runner, shell("exit 1"))
        failure(runner, ProcessCommand(("/nowhere/ffmpeg",)))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_strongest_tier_is_used() -> None:
    assert strongest_tier() == TIERS[0]
    assert run_process == ProcessRunner(None)


def test_bare_limits_can_be_refused() -> None:
    command = shell("true")
    bare = ProcessRunner(detect_tier=lambda: SandboxTier.RLIMITS)
    assert failure(replace(bare, sandbox_required=True), command).code == ErrorCode.NO_SANDBOX
    assert bare(command).returncode == 0
    by_name = ProcessRunner(SandboxTier.RLIMITS, sandbox_required=True)
    assert by_name(command).returncode == 0


def test_a_thread_may_run_commands_while_others_do() -> None:
    with ThreadPoolExecutor(4) as pool:
        outputs = list(pool.map(lambda number: run_process(shell(f"echo {number}")).stdout, range(24)))
    assert outputs == [f"{number}\n".encode() for number in range(24)]


def children_of_this_process() -> set[str]:
    """Ids of our children, ended ones that were not waited for included; other tests may have some that run."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def test_no_child_is_left_unreaped() -> None:
    before = children_of_this_process()
    run_process(shell("true"))
    assert children_of_this_process() <= before
    assert subprocess._active == []
