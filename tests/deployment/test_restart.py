"""The site is stopped as the unit stops it, and nobody loses anything."""

import subprocess
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from tests.deployment.client import Client
from tests.deployment.conftest import Newsroom
from tests.deployment.deployment import Deployment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough("a deployment with nginx and PostgreSQL"),
    pytest.mark.xdist_group("tests/deployment"),
]


@pytest.fixture
def long_video(tmp_path: Path) -> Path:
    """Half a minute, whose encode is long enough to be disturbed."""
    path = tmp_path / "long.mp4"
    source = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=30")
    encoder = ("-c:v", "mpeg4", "-q:v", "5")
    subprocess.run([get_ffmpeg_exe(), *source, *encoder, path], check=True, capture_output=True)
    return path


def test_a_running_job_returns_to_the_queue(
    deployment: Deployment, newsroom: Newsroom, visitor: Client, long_video: Path
) -> None:
    pk = newsroom.upload(long_video, "Long")
    question = "SELECT status, step, attempts FROM media_pipeline_job WHERE clip_id = %s"
    encoded = "work/jobs/*/encode-*/*.mp4"
    deployment.wait(lambda: any(path.stat().st_size for path in deployment.data.glob(encoded)))
    assert deployment.rows(question, pk) == [("running", "encode", 1)]
    assert deployment.stop_site() == 0
    assert deployment.rows(question, pk) == [("queued", "encode", 0)]
    away = visitor.get("/en/")
    assert (away.status, away.headers["retry-after"]) == (503, "30")
    deployment.start_site()
    assert visitor.get("/en/").status == 200
    deployment.wait(lambda: deployment.rows(question, pk)[0][0] == "running")
    newsroom.client.post(f"/admin/clips/{pk}/withdraw/", f"/admin/clips/inspect/{pk}/")
