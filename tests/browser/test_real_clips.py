"""Real clips through the whole project: from the shell to a page on which Chromium plays them, captions and all."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from home.models import CityPage
from media_pipeline import api
from media_pipeline.models import Clip
from tests.browser import real_clips, videos
from tests.browser.real_clips import RealClip
from tests.browser.visiting import Visitor
from tests.browser.watching import captions_become, choose, hold_at, play, words_become
from tests.home import archive
from tests.sampling import sampled

pytestmark = pytest.mark.slow

CLIPS = real_clips.listed()
SHOWN = [clip for clip in CLIPS if clip.shown]
NOTHING_TO_SHOW = [clip.path for clip in CLIPS if not clip.shown] + real_clips.sounds()
SAMPLE = {"iphone_hlg_dv84_portrait.mp4"}
WATCHED_S = 3.0
SHAPE = "() => { const video = document.querySelector('video'); return [video.videoWidth, video.videoHeight]; }"


@pytest.fixture(scope="module")
def city(served: str) -> CityPage:
    return archive.build().city("Lille", slug="lille")


@pytest.fixture(autouse=True)
def without_first_versions(settings: Any) -> None:
    """They have tests of their own, and two dozen videos take long enough."""
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "PREVIEW": False}


@pytest.fixture
def add(city: CityPage, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], tuple[int, dict[str, Any]]]:
    """Runs addclip to the end: ``add(path) -> (exit status, what it says)``."""

    def run(path: Path) -> tuple[int, dict[str, Any]]:
        out, status = io.StringIO(), 0
        wanted = ("--city", city.slug, "--title", path.stem, "--language", "fr", "--publish", "--wait", "--json")
        try:
            call_command("addclip", str(path), *wanted, stdout=out)
        except SystemExit as end:
            status = end.code
        return status, json.loads(out.getvalue().strip().splitlines()[-1])

    return run


@pytest.mark.parametrize("clip", sampled(SHOWN, lambda clip: clip.path.name in SAMPLE, "real clips in a browser"))
def test_it_plays_on_its_page_with_captions(
    add: Callable[..., Any], visit: Callable[..., Visitor], clip: RealClip, tmp_path: Path
):
    status, told = add(real_clips.shortened(clip, tmp_path))
    assert (status, told["state"], told["error"]) == (0, "PUBLISHED", None)
    row = Clip.objects.get(public_id=told["id"])
    for language in ("en", "de"):
        api.add_caption(row, language, "captions", videos.captions(language), f"{language}.vtt")
    page = visit(locale="de-DE").page
    page.goto(urlsplit(told["url"]).path.replace("/fr/", "/de/", 1))
    watch(page)
    width, height = page.evaluate(SHAPE)
    assert (height > width) == clip.portrait
    assert [width, height] in [[rung["width"], rung["height"]] for rung in told["renditions"]]
    switch_captions(page)


def watch(page: Page) -> None:
    """Three seconds, or to the end; through HLS, as everybody else."""
    play(page, until=WATCHED_S)
    assert page.evaluate("document.querySelector('video').src").startswith("blob:")


def switch_captions(page: Page) -> None:
    """German comes by itself, since the page is German and the video is not; then English, none, German."""
    hold_at(page, 0.1)
    captions_become(page, "de")
    words_become(page, "de", "eins")
    choose(page, "captions", "English")
    captions_become(page, "en")
    words_become(page, "en", "one")
    choose(page, "captions", json.loads(page.locator("#player-labels").text_content())["strings"]["Off"])
    captions_become(page)
    choose(page, "captions", "Deutsch")
    captions_become(page, "de")


@pytest.mark.parametrize("path", NOTHING_TO_SHOW, ids=[path.name for path in NOTHING_TO_SHOW])
def test_where_there_is_nothing_to_show_it_is_refused_clearly(add: Callable[..., Any], path: Path):
    status, told = add(path)
    assert (status, told["state"], told["error"]["code"]) == (2, "REJECTED", "no_video_stream")
    words = api.error_message("no_video_stream")
    assert told["error"]["message"] == f"{words.message} {words.advice}"
    assert (told["playlist"], told["download"], told["renditions"]) == (None, None, [])
