"""One deployment for all tests of this folder, and clips that went into it the way a youth worker brings them."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from campaign_site.setup.nginx import find_nginx, runs
from campaign_site.setup.postgres import find_binaries
from tests.deployment.client import Client, file_blocks
from tests.deployment.deployment import Deployment, deployed
from tests.server.site import free_port

UPLOAD = "/admin/clips/new/"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHallo\n"


@dataclass(frozen=True)
class PublishedClip:
    """A clip that everybody may see."""

    pk: int
    public_id: str
    page: str

    @property
    def media(self) -> str:
        return f"/media/{self.public_id}"


class Newsroom:
    """Somebody who signed in, uploads and publishes."""

    def __init__(self, deployment: Deployment, city: str) -> None:
        self.deployment, self.city, self.client = deployment, city, deployment.editor()

    def upload(self, video: Path, title: str, client: Client | None = None) -> int:
        """Send a video by the form; return the key of its clip."""
        fields = {"title": title, "spoken_language": "fr", "city": self.city, "with_page": "on"}
        answer = (client or self.client).upload(UPLOAD, file_blocks(video), video.stat().st_size, **fields)
        assert answer.status == 302, answer.body.decode()
        return int(answer.headers["location"].rstrip("/").rpartition("/")[2])

    def state(self, pk: int) -> str:
        ((state,),) = self.deployment.rows("SELECT state FROM media_pipeline_clip WHERE id = %s", pk)
        return str(state)

    def publish(self, video: Path, title: str) -> PublishedClip:
        """Upload a video, wait for the worker, add captions and publish the page."""
        pk = self.upload(video, title)
        self.deployment.wait(lambda: self.state(pk) not in ("RECEIVED", "PROBED", "ENCODING"))
        assert self.state(pk) == "READY"
        add, form = f"/admin/clips/{pk}/caption_add/", f"/admin/clips/inspect/{pk}/"
        facts = {"language": "de", "kind": "subtitles"}
        answer = self.client.upload(add, [CAPTIONS], len(CAPTIONS), form_at=form, name="film.vtt", **facts)
        read = re.search(r'name="read" value="([^"]+)"', answer.body.decode())
        assert read is not None, answer.body.decode()
        answer = self.client.post(add, form, read=read[1])
        assert answer.status == 302, answer.body.decode()
        ((public_id, page),) = self.deployment.rows(
            "SELECT public_id, page_ptr_id FROM media_pipeline_clip c JOIN home_clippage p ON p.clip_id = c.id "
            "WHERE c.id = %s",
            pk,
        )
        bulk = f"/admin/bulk/wagtailcore/page/publish/?id={page}&next=/admin/"
        answer = self.client.post(bulk, bulk)
        assert answer.status == 302, answer.body.decode()
        return PublishedClip(pk, public_id, f"/c/{public_id}/")


@pytest.fixture(scope="session")
def deployment_and_city() -> Iterator[tuple[Deployment, str]]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    if not runs(find_nginx()):
        pytest.skip("there is no nginx that runs")
    folder = Path(tempfile.mkdtemp(prefix="polyphony-deployment-"))
    folder.chmod(0o751)  # the database is somebody else's
    try:
        with deployed(folder, binaries) as found:
            yield found
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def deployment(deployment_and_city: tuple[Deployment, str]) -> Deployment:
    return deployment_and_city[0]


@pytest.fixture(scope="session")
def newsroom(deployment_and_city: tuple[Deployment, str]) -> Newsroom:
    return Newsroom(*deployment_and_city)


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds, small."""
    path = tmp_path_factory.mktemp("video") / "film.mp4"
    sources = ("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=3", "-f", "lavfi", "-i", "sine=duration=3")
    encoders = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    subprocess.run([get_ffmpeg_exe(), *sources, *encoders, path], check=True, capture_output=True)
    return path


@pytest.fixture(scope="session")
def clip(newsroom: Newsroom, video: Path) -> PublishedClip:
    return newsroom.publish(video, "Un film")


@pytest.fixture
def visitor(deployment: Deployment) -> Client:
    return deployment.visitor()


@pytest.fixture(scope="session")
def alone(deployment: Deployment) -> Client:
    """The same site without a proxy that sends its files: what nginx adds and loses shows against it."""
    port = free_port()
    env = deployment.env | {"MEDIA_ACCEL": "", "PORT": str(port)}
    deployment.start("alone", [sys.executable, "-m", "campaign_site.server"], **env)
    client = Client(port, None)
    deployment.wait(lambda: client.get("/healthz").status == 200)
    return client
