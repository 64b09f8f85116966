"""A preview in a browser, while it is still being written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import storages
from playwright.sync_api import expect

from media_pipeline import api
from media_pipeline.models import Clip, Package
from media_pipeline.worker import run_job
from tests.browser import videos
from tests.browser.desk import give_session
from tests.browser.visiting import Visitor
from tests.home import archive as building

pytestmark = pytest.mark.slow


@pytest.fixture
def half_way(served: str, tmp_path: Path, settings: Any) -> tuple[Clip, dict[Path, str]]:
    """A clip whose preview has six seconds of twelve, and the playlists as they will be in the end."""
    building.build()
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "CODECS": ("h264",), "PREVIEW": True, "COPY_WEB_FIT": False}
    video = videos.draw_video(tmp_path / "long.mp4", size="320x180", seconds=12)
    clip = api.ingest_clip(video, title="Encore", spoken_language="fr")
    for _step in ("probe", "preview"):
        run_job.run_job(clip.jobs.get().pk)
    clip.refresh_from_db()
    preview = clip.preview
    assert preview is not None
    Package.objects.filter(pk=preview.pk).update(growing=True)
    folder = Path(storages["published"].location) / preview.prefix  # type: ignore[attr-defined]
    whole = {path: path.read_text() for path in folder.glob("*.m3u8")}
    for path, text in whole.items():
        path.write_text("#EXTINF".join(text.split("#EXTINF")[:4]))
    return clip, whole


def test_it_plays_from_its_start_and_goes_on(
    visit: Callable[..., Visitor], served: str, half_way: tuple[Clip, dict[Path, str]]
):
    clip, whole = half_way
    visitor = visit()
    give_session(visitor.context, served, User.objects.create_superuser("admin", "admin@example.org"))
    page = visitor.page
    page.goto(f"/admin/clips/inspect/{clip.pk}/")
    expect(page.get_by_text("This preview grows while we prepare your video")).to_be_visible()
    film = page.locator("video.clip-video")
    film.evaluate("video => { video.muted = true; return video.play(); }")
    # By events of the video: a function that is asked for again and again is against the page's policy.
    film.evaluate("video => new Promise((done) => { video.ontimeupdate = () => video.currentTime > 0.5 && done(); })")
    assert film.evaluate("video => video.currentTime") < 4
    assert film.evaluate("video => video.seekable.end(0)") == pytest.approx(6.0, abs=0.3)
    for path, text in whole.items():
        path.write_text(text)
    film.evaluate("video => new Promise((done) => { video.ondurationchange = () => video.duration > 11.5 && done(); })")
