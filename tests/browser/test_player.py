"""A video through its page: poster, play, captions, keys, menus, transcript, and what is left without scripts."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from playwright.sync_api import expect
from wagtail.models import PageViewRestriction

from home.models import ClipPage
from tests.browser import videos
from tests.browser.visiting import Visitor
from tests.browser.watching import CAPTIONS, CUES, captions_become, choose, hold_at, play, video_is, words_become
from tests.home import archive as building


@pytest.fixture(scope="module")
def clip_page(served: str) -> ClipPage:
    """A published page with a video of eight seconds, spoken in English, with captions in English and German."""
    clip = videos.captioned_clip("en", "de")
    archive = building.build()
    return archive.clip_page(archive.city(), clip, headline="Eight seconds", headline_de="Acht Sekunden")


@pytest.fixture
def arrive(visit: Callable[..., Visitor], clip_page: ClipPage) -> Callable[..., Visitor]:
    """``arrive("de", **options)`` opens the page in a language."""

    def open_page(language: str = "de", **options: Any) -> Visitor:
        visitor = visit(**options)
        with translation.override(language):
            visitor.page.goto(clip_page.get_url())
        return visitor

    return open_page


def test_the_video_plays_through_hls_and_leaves_no_trace(arrive: Callable[..., Visitor]):
    visitor = arrive()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    play(visitor.page, until=2.5)
    assert visitor.page.evaluate("document.querySelector('video').src").startswith("blob:")
    assert [url for url in asked if url.endswith(".mp4") and "download" in url] == []
    assert [url for url in asked if url.endswith("master.m3u8")] != []
    visitor.leaves_no_trace()


def test_nothing_of_the_video_is_asked_for_before_somebody_plays_it(arrive: Callable[..., Visitor]):
    visitor, asked = arrive(), []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.reload(wait_until="networkidle")
    heavy = [url for url in asked if url.endswith((".m3u8", ".mp4", ".m4s", "player.js", "hls.js"))]
    assert heavy == []


def test_captions_switch_between_languages_and_off(arrive: Callable[..., Visitor]):
    page = arrive("de").page
    play(page)
    hold_at(page, 2.5)
    assert (page.evaluate(CAPTIONS), page.evaluate(CUES, "de")) == (["de"], ["zwei"])
    choose(page, "captions", "English")
    captions_become(page, "en")
    words_become(page, "en", "two")
    words = json.loads(page.locator("#player-labels").text_content())
    choose(page, "captions", words["strings"]["Off"])
    captions_become(page)


def test_who_hears_the_own_language_gets_no_captions_unasked(arrive: Callable[..., Visitor]):
    page = arrive("en").page
    play(page)
    assert page.evaluate(CAPTIONS) == []
    page.keyboard.press("c")
    captions_become(page, "en")


def test_the_keyboard_steers_the_player(arrive: Callable[..., Visitor]):
    page = arrive().page
    page.locator("[data-player-start]").focus()
    page.keyboard.press("Enter")
    video_is(page, "video.currentTime > 0.3")
    page.keyboard.press("Space")
    video_is(page, "video.paused")
    hold_at(page, 1)
    page.keyboard.press("ArrowRight")
    video_is(page, "video.currentTime > 5")
    page.keyboard.press("ArrowLeft")
    video_is(page, "video.currentTime < 3")
    page.keyboard.press("m")
    video_is(page, "video.muted")
    page.keyboard.press("c")
    captions_become(page)
    page.keyboard.press("c")
    captions_become(page, "de")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.contains(document.querySelector('video'))")
    expect(page.locator("media-fullscreen-button")).to_have_attribute("mediaisfullscreen", "")  # the player knows, too
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


@pytest.mark.parametrize("size", [(844, 390), (390, 844), (1280, 900)], ids=["on its side", "upright", "desk"])
def test_full_screen_is_filled_and_nothing_cut(arrive: Callable[..., Visitor], size: tuple[int, int]) -> None:
    """Captions stand at the video's lower end: beyond the screen's nobody reads them."""
    page = arrive().page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    play(page)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    video_is(page, "Math.abs(video.getBoundingClientRect().height - innerHeight) < 2")
    video_is(page, "Math.abs(video.getBoundingClientRect().top) < 2")


def test_speed_and_quality_are_chosen_from_menus(arrive: Callable[..., Visitor]):
    page = arrive().page
    play(page)
    choose(page, "playback-rate", "1.5")
    video_is(page, "video.playbackRate === 1.5")
    hold_at(page, 0.5)
    # What is on its way when somebody chooses is still shown; here all of it has arrived.
    video_is(page, "video.buffered.length === 1 && video.buffered.end(0) > 7.5")
    page.locator("media-rendition-menu-button").click()
    items = page.locator("media-rendition-menu media-chrome-menu-item")
    expect(items).to_have_count(3)
    assert [text.split()[0] for text in items.all_inner_texts()[:2]] == ["360p", "240p"]
    # The old pictures go, then the new ones are asked for. Who goes there before sees an old one for as long as the
    # video stands still: the browser shows no second picture for the same moment.
    with page.expect_response(lambda answer: "/240-" in answer.url and not answer.url.endswith(".m3u8")):
        items.nth(1).click()
    hold_at(page, 6.5)
    video_is(page, "video.videoHeight === 240")


def test_times_are_said_with_the_plurals_of_the_language(arrive: Callable[..., Visitor]):
    page = arrive("pl").page
    play(page)
    hold_at(page, 2)
    expect(page.locator("media-time-range input")).to_have_attribute("aria-valuetext", "2 sekundy z 8 sekund")


def test_a_line_of_the_transcript_jumps_and_is_marked(arrive: Callable[..., Visitor]):
    page = arrive("de").page
    page.locator("[data-transcript] details[open] a", has_text="drei").click()
    video_is(page, "video.currentTime >= 4 && !video.paused")
    hold_at(page, 4.5)
    expect(page.locator("[data-transcript] [aria-current]")).to_contain_text("drei")
    page.locator("[data-transcript] select").select_option("en")
    expect(page.locator("[data-transcript] [aria-current]")).to_contain_text("three")
    expect(page.locator("[data-transcript] details[open]")).to_have_count(1)


def test_an_address_with_a_time_starts_there(arrive: Callable[..., Visitor], clip_page: ClipPage):
    page = arrive().page
    page.goto(f"/c/{clip_page.clip.public_id}/#t=5")
    page.locator("[data-player-start]").click()
    video_is(page, "video.currentTime >= 5 && !video.paused")


def test_the_storyboard_shows_what_is_there(arrive: Callable[..., Visitor]):
    page = arrive().page
    play(page)
    box = page.locator("media-time-range").bounding_box()
    for share in (0.4, 0.45, 0.5):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    expect(page.locator("media-preview-thumbnail")).to_be_visible()
    picture = page.locator("media-preview-thumbnail").get_attribute("mediapreviewimage")
    assert urlsplit(picture).path.endswith("/storyboard.webp")
    assert page.request.get(picture).headers["content-type"] == "image/webp"


@pytest.mark.parametrize("broken", ["**/hls.js", "**/*.m3u8"])
def test_without_hls_the_mp4_plays(arrive: Callable[..., Visitor], broken: str):
    visitor = arrive()
    visitor.page.route(broken, lambda route: route.abort())
    play(visitor.page, until=2.2)
    assert visitor.page.evaluate("document.querySelector('video').src").endswith("/download.mp4")
    assert visitor.page.evaluate(CUES, "de") == ["zwei"]
    assert [line for line in visitor.complaints if "asked a third party" in line] == []
    visitor.complaints.clear()  # what we broke is said on the console


def test_without_the_players_code_the_browsers_own_controls_play(arrive: Callable[..., Visitor]):
    visitor = arrive()
    visitor.page.route("**/player.js", lambda route: route.abort())
    play(visitor.page, until=1)
    assert visitor.page.evaluate("document.querySelector('video').controls")
    visitor.complaints.clear()


def test_without_javascript_there_is_a_video_with_captions(arrive: Callable[..., Visitor], clip_page: ClipPage):
    page = arrive("de", java_script_enabled=False).page
    clip = clip_page.clip
    expect(page.locator("video[controls] > source")).to_have_attribute("src", f"/media/{clip.public_id}/download.mp4")
    tracks = page.locator("video > track[kind=captions]")
    languages = [(track.get_attribute("srclang"), track.get_attribute("default")) for track in tracks.all()]
    assert sorted(languages) == [("de", ""), ("en", None)]
    expect(page.locator("[data-player-start]")).to_be_hidden()
    expect(page.locator("[data-transcript] details[open] a").first).to_be_visible()
    answer = page.request.get(f"/media/{clip.public_id}/download.mp4", headers={"Range": "bytes=4-7"})
    assert (answer.status, answer.body()) == (206, b"ftyp")


def test_the_video_fits_where_it_is_seen(arrive: Callable[..., Visitor]):
    page = arrive(viewport={"width": 360, "height": 740}).page
    play(page)
    stage = page.locator("[data-player-stage]").bounding_box()
    for button in page.locator("media-control-bar > *:visible").all():
        box = button.bounding_box()
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_video_plays_behind_its_password(arrive: Callable[..., Visitor], clip_page: ClipPage):
    restriction = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password="sesame")
    try:
        page = arrive("en").page
        page.locator("[type=password]").fill("sesame")
        page.locator("[type=submit]").click()
        statuses: list[int] = []
        page.on("response", lambda response: statuses.append(response.status))
        play(page, until=1)
        assert (set(statuses) <= {200, 206}, page.evaluate("document.querySelector('video').src")[:5]) == (
            True,
            "blob:",
        )
    finally:
        restriction.delete()
