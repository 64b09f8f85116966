"""The worker is killed with -9: whatever it had started must die with it, in every tier, at every moment."""

import os
import signal
import subprocess
import sys
import time
import uuid
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


def start_worker(tier: SandboxTier, outdir: Path, mark: str) -> "subprocess.Popen[bytes]":
    ffmpeg = str(toolchain.find_toolchain().ffmpeg)
    return subprocess.Popen([sys.executable, "-c", WORKER, tier, ffmpeg, str(outdir), mark], cwd=PROJECT)


def wait_until(what: object, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():  # type: ignore[operator]
            return True
        time.sleep(0.01)
    return False


@every_tier
def test_a_killed_worker_leaves_no_ffmpeg_in_mid_encode(tier: SandboxTier, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    worker = start_worker(tier, tmp_path, mark)
    clip = tmp_path / "clip.mp4"
    assert wait_until(lambda: clip.exists() and clip.stat().st_size > 0, 30)
    assert len(processes_with(mark, "ffmpeg")) == 1
    worker.send_signal(signal.SIGKILL)
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
        mark = uuid.uuid4().hex
        folder = tmp_path / mark  # of its own: ffmpeg ends at once where the round before left a clip.mp4
        folder.mkdir()
        worker = start_worker(tier, folder, mark)
        try:
            # The supervisor's argv has the mark, too.
            assert wait_until(lambda mark=mark: len(processes_with(mark)) > 1, 60)
            time.sleep(delay_ms / 1000)
        finally:
            worker.kill()
            worker.wait()
        if not wait_until(lambda mark=mark: not processes_with(mark), 10):
            left.append(delay_ms)
    assert left == []


@every_tier
def test_a_supervisor_killed_alone_takes_ffmpeg_with_it(tier: SandboxTier, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    worker = start_worker(tier, tmp_path, mark)
    try:
        assert wait_until(lambda: processes_with(mark, "ffmpeg"))
        supervisor = next(
            pid for pid in processes_with(mark) if b"landlock_exec" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        os.kill(supervisor, signal.SIGKILL)
        assert wait_until(lambda: processes_with(mark, "ffmpeg") == [], 3)
    finally:
        worker.kill()
        worker.wait()
    assert processes_with(mark) == []


@every_tier
def test_a_terminated_worker_leaves_no_ffmpeg(tier: SandboxTier, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    worker = start_worker(tier, tmp_path, mark)
    assert wait_until(lambda: processes_with(mark, "ffmpeg"))
    worker.terminate()
    worker.wait()
    assert wait_until(lambda: not processes_with(mark), 3), processes_with(mark)
