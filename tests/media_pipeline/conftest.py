"""Storages, tools and tiny videos for the tests of the media pipeline; nothing is written outside the test's folder."""

import hashlib
import os
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from media_pipeline import api, ffmpeg_tools
from media_pipeline.jobs import shutdown
from tests.media_pipeline.doubles import ReplayingRunner

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Original files, packages and work below the test's own folder; every wait short."""
    settings.STORAGES = {
        **settings.STORAGES,
        "masters": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / "masters", "base_url": None}},
        "published": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / "published", "base_url": None}},
    }
    settings.MEDIA_PIPELINE = {
        "WORK_DIR": tmp_path / "work",
        "MAX_UPLOAD_BYTES": 64 << 20,
        "MIN_FREE_BYTES": 1 << 20,
        "ALLOW_WEAK_SANDBOX": True,
        "RETRY_BASE_S": 0.01,
        # The plainest way through the steps: one rung, encoded once. The others have tests of their own.
        "CODECS": ("h264",),
        "COPY_WEB_FIT": False,
        "PREVIEW": False,
    }
    shutdown.stop_event.clear()
    yield tmp_path
    shutdown.stop_event.clear()


@pytest.fixture(scope="session")
def replays(tmp_path_factory):
    """A folder that all processes of this run share, for what the tools wrote."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "replays"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def replayed(monkeypatch, replays):
    """Each command of the tools runs once in all tests; the same on the same bytes is a copy of that."""
    monkeypatch.setattr(ffmpeg_tools, "process_runner", lambda: ReplayingRunner(replays))


@pytest.fixture(scope="session")
def make_video(tmp_path_factory):
    """Makes videos from lavfi sources: ``make_video(name, *ffmpeg arguments) -> Path``, each once per run.

    Tests in one process may call different videos alike.
    """
    folder = tmp_path_factory.mktemp("videos")

    def make(name: str, *arguments: str) -> Path:
        path = folder / hashlib.sha256(repr(arguments).encode()).hexdigest()[:12] / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments, str(path)]
            subprocess.run(command, check=True, timeout=120)
        return path

    return make


@pytest.fixture(scope="session")
def small_video(make_video):
    """Two seconds, 320x180 at 25/s, with a tone."""
    return make_video(
        "small.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"),
        *("-f", "lavfi", "-i", "sine=frequency=440:duration=2"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"),
    )


@pytest.fixture
def clip(transactional_db, small_video):
    """A clip that was just received, its job waiting."""
    return api.ingest_clip(small_video, title="A video", spoken_language="en")
