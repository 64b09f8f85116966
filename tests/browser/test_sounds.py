"""A video with audio description and another language: what plays, and where an editor chooses."""

import subprocess
from collections.abc import Callable
from typing import Any

import imageio_ffmpeg
import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from home.models import ClipPage
from media_pipeline.models import Clip
from tests.browser import axe, videos
from tests.browser.desk import give_session
from tests.browser.visiting import Visitor
from tests.home import archive as building

pytestmark = pytest.mark.slow

TRACKS = (
    *("-f", "lavfi", "-i", "testsrc2=size=480x270:rate=25:duration=6"),
    *(part for tone in (330, 440, 550) for part in ("-f", "lavfi", "-i", f"sine=frequency={tone}:duration=6")),
    *("-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:a"),
    *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    *("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=eng", "-metadata:s:a:2", "language=fra"),
    *("-disposition:a:1", "visual_impaired"),
)


@pytest.fixture(scope="module")
def shown(served: str, tmp_path_factory: pytest.TempPathFactory) -> ClipPage:
    """A page of a clip with three sounds."""
    from django.conf import settings

    path = tmp_path_factory.mktemp("videos") / "sounds.mkv"
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *TRACKS, str(path)], check=True, timeout=120)
    quick = {**settings.MEDIA_PIPELINE, "CODECS": ("h264",), "PREVIEW": False}
    with override_settings(MEDIA_PIPELINE=quick):
        clip = videos.ready_clip(path, "en")
    archive = building.build()
    return archive.clip_page(archive.city(), clip, headline="Three sounds")


def test_the_ordinary_sound_plays(visit: Callable[..., Visitor], shown: ClipPage):
    page, asked = visit().page, set()
    page.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))
    page.goto(shown.url)
    page.locator("[data-player-start]").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 2")
    assert {"audio.m3u8", "audio.mp4"} <= asked
    assert "described.mp4" not in asked


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_sound_is_chosen_on_a_narrow_screen(
    visit: Callable[..., Visitor], served: str, shown: ClipPage, language: str, settings: Any
):
    admin, _ = User.objects.get_or_create(username="admin", is_superuser=True, is_staff=True)
    UserProfile.objects.update_or_create(user=admin, defaults={"preferred_language": language})
    visitor = visit(viewport={"width": 360, "height": 800})
    give_session(visitor.context, served, admin)
    page, clip = visitor.page, shown.clip
    page.goto(f"/admin/clips/inspect/{clip.pk}/")
    section = page.locator("#sound")
    assert section.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert page.evaluate("document.querySelector('#sound').getBoundingClientRect().right <= innerWidth + 1")
    assert axe.violations(page, "#sound") == []
    radios = section.get_by_role("radio")
    expect(radios).to_have_count(3)
    expect(radios.nth(0)).to_be_checked()
    radios.nth(2).check()
    section.get_by_role("button").click()
    expect(page.locator("#sound").get_by_role("radio").nth(2)).to_be_checked()
    clip.refresh_from_db()
    assert (clip.audio_track, clip.is_playable) == (3, True)
    clip.jobs.active().delete()
    Clip.objects.filter(pk=clip.pk).update(audio_track=None)
