"""What systemd starts and stops, and what an administrator types."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from tests.deployment import files
from tests.deployment.client import Client
from tests.deployment.conftest import Newsroom, PublishedClip
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
    ((job,),) = deployment.rows("SELECT id FROM media_pipeline_job WHERE clip_id = %s", pk)
    encoded = f"work/jobs/{job}/encode-*/*.mp4"
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


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump on this machine")
def test_what_the_timers_start_works(deployment: Deployment, clip: PublishedClip) -> None:
    backups = deployment.folder / "backups"
    for name in ("backup", "audit"):
        _program, *arguments = files.unit_command(files.FILES / f"polyphony-{name}.service")
        deployment.run(*(argument.replace("/var/backups/polyphony", str(backups)) for argument in arguments))
    saved = {path.relative_to(backups).parts[0] for path in backups.rglob("*") if path.is_file()}
    assert saved == {"data", "secrets"}
    assert any(clip.public_id in str(path) for path in backups.rglob("*.mp4"))


def test_an_administrator_manages_the_site(deployment: Deployment) -> None:
    """With the script of the documents, here as the user that runs the tests."""
    settings = deployment.folder / "polyphony.env"
    settings.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in deployment.env.items()))
    script = (files.FILES / "polyphony-manage").read_text(encoding="utf-8")
    places = {
        "/etc/polyphony.env": settings,
        files.CODE: files.PROJECT,
        ".venv/bin/python": sys.executable,
        "runuser --user polyphony --": "env",
    }
    for old, new in places.items():
        assert old in script
        script = script.replace(old, str(new))
    command = ["env", "-i", "PATH=/usr/bin:/bin", "sh", "-ec", script, "polyphony-manage", "check", "--deploy"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), done.stderr
