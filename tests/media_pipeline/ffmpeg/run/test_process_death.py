"""The worker is killed with -9: whatever it had started must die with it, in every tier, at every moment."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from tests.media_pipeline.ffmpeg.run.tiers import PROJECT, every_tier, processes_with

# A worker in a thread of its own, as task backends have them, that encodes for an hour.
WORKER = """
import sys, threading
from pathlib import Path
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.process import ProcessRunner
from media_pipeline.ffmpeg.run.sandbox import SandboxTier

tier, ffmpeg, outdir, mark = sys.argv[1:]
source = ("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=3600")
argv = (ffmpeg, "-v", "error", "-nostdin", *source, "-c:v", "libx264", "-metadata", "title=" + mark, "clip.mp4")
job = threading.Thread(target=ProcessRunner(SandboxTier(tier)), args=(ProcessCommand(argv, outdir=Path(outdir)),))
job.start()
job.join()
"""


@contextmanager
def encoding_worker(tier: SandboxTier, outdir: Path) -> "Iterator[tuple[subprocess.Popen[bytes], str]]":
    """A worker, and the mark in the arguments of all that it starts; both are ended afterwards."""
    mark, ffmpeg = uuid.uuid4().hex, str(toolchain.find_toolchain().ffmpeg)
    with subprocess.Popen([sys.executable, "-c", WORKER, tier, ffmpeg, str(outdir), mark], cwd=PROJECT) as worker:
        try:
            yield worker, mark
        finally:
            worker.kill()


def wait_until(what: Callable[[], object], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.01)
    return False


@every_tier
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_ends_leaves_no_ffmpeg_in_mid_encode(tier: SandboxTier, tmp_path: Path, number: int) -> None:
    clip = tmp_path / "clip.mp4"
    with encoding_worker(tier, tmp_path) as (worker, mark):
        assert wait_until(lambda: clip.exists() and clip.stat().st_size > 0, 30)
        assert len(processes_with(mark, "ffmpeg")) == 1
        worker.send_signal(number)
        worker.wait()
        assert wait_until(lambda: not processes_with(mark), 3), processes_with(mark)
    size = clip.stat().st_size
    time.sleep(0.3)
    assert clip.stat().st_size == size


@pytest.mark.slow
@every_tier
def test_a_worker_killed_while_it_starts_ffmpeg_leaves_none(tier: SandboxTier, tmp_path: Path) -> None:
    left = []
    for delay_ms in range(0, 80, 5):  # from before the fork to after ffmpeg's start
        folder = tmp_path / str(delay_ms)  # of its own: ffmpeg ends at once where the round before left a clip.mp4
        folder.mkdir()
        with encoding_worker(tier, folder) as (_, mark):
            # The supervisor's argv has the mark, too.
            assert wait_until(lambda mark=mark: len(processes_with(mark)) > 1, 60)
            time.sleep(delay_ms / 1000)
        if not wait_until(lambda mark=mark: not processes_with(mark), 10):
            left.append(delay_ms)
    assert left == []


@every_tier
def test_a_supervisor_killed_alone_takes_ffmpeg_with_it(tier: SandboxTier, tmp_path: Path) -> None:
    with encoding_worker(tier, tmp_path) as (_, mark):
        assert wait_until(lambda: processes_with(mark, "ffmpeg"))
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes_with(mark)}
        os.kill(next(pid for pid, line in lines.items() if b"landlock_exec" in line), signal.SIGKILL)
        assert wait_until(lambda: processes_with(mark, "ffmpeg") == [], 3)
    assert processes_with(mark) == []
