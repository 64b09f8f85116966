"""The frame in somebody else's page: another origin, no cookies, no storage, with and without an origin of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from home.models import ClipPage
from tests.browser import videos
from tests.browser.axe import violations
from tests.browser.framing import BLOCKED, Lesson, frame, lessons
from tests.browser.visiting import Visitor
from tests.home import archive as building

LIMIT_BYTES = 60_000
SHOWN = """() => [...document.querySelector("video").textTracks].filter((track) => track.mode === "showing")
  .flatMap((track) => [...(track.activeCues ?? [])].map((cue) => [track.language, cue.text]))"""


@pytest.fixture(scope="module")
def clip_page(served: str) -> ClipPage:
    """A video of eight seconds, spoken in English, with captions of two seconds each in four languages."""
    clip = videos.captioned_clip("en", "de", "el", "ar", title="Eight seconds")
    archive = building.build()
    city = archive.city()
    return archive.clip_page(
        city,
        clip,
        headline="Eight seconds of what we are called every day",
        headline_de="Acht Sekunden Zuschreibungserfahrungen aus Jugendeinrichtungen",
        headline_el="Οκτώ δευτερόλεπτα για όσα μας φωνάζουν",
        headline_ar="ثماني ثوان عما نسمى به كل يوم",
        credits="Camera: Ada\nEditing: Grace",
        projects=[archive.project("LOUD", city)],
    )


@pytest.fixture(scope="module")
def lesson() -> Iterator[Lesson]:
    with lessons() as found:
        yield found


@pytest.fixture
def arrive(chromium: Browser, served: str, lesson: Lesson, clip_page: ClipPage) -> Iterator[Callable[..., Visitor]]:
    """``arrive(query, attributes)`` opens a lesson with the clip's frame in it, storage blocked."""
    visitors: list[Visitor] = []

    def open_page(query: str = "", attributes: str = "", size: tuple[int, int] = (640, 360), **options: Any) -> Visitor:
        visitor = Visitor.to(chromium, served, **options)
        visitor.hosts = {visitor.host, lesson.url.removeprefix("http://")}
        visitor.context.add_init_script(BLOCKED)
        visitors.append(visitor)
        address = f"{served}/embed/{clip_page.clip.public_id}/{query}"
        visitor.page.goto(lesson.page(frame(address, attributes, *size)), wait_until="networkidle")
        return visitor

    yield open_page
    for visitor in visitors:
        assert visitor.context.cookies() == []
        visitor.context.close()
    assert [visitor.complaints for visitor in visitors] == [[] for _ in visitors]


def inside(page: Page) -> Frame:
    return next(found for found in page.frames if "/embed/" in found.url)


def start(page: Page) -> Frame:
    """Press the button, and wait until the video runs."""
    found = inside(page)
    found.locator("[data-embed-start]").click()
    found.wait_for_function("() => { const v = document.querySelector('video'); return v && !v.paused && !v.seeking; }")
    return found


def shows(found: Frame, cues: str) -> None:
    """Wait until exactly these words are on the screen."""
    found.wait_for_function(f"(cues) => JSON.stringify(({SHOWN})()) === cues", arg=cues)


def now(found: Frame) -> float:
    return float(found.evaluate("document.querySelector('video').currentTime"))


@pytest.mark.parametrize("attributes", ["", 'sandbox="allow-scripts"'], ids=["plain", "sandboxed"])
def test_it_plays_the_asked_part_with_the_asked_captions(arrive: Callable[..., Visitor], attributes: str):
    visitor = arrive("?lang=de&cc=de&start=2.2&end=6", attributes)
    found = inside(visitor.page)
    found.evaluate(
        """() => document.addEventListener("playing", ({ target }) => { window.first ??= target.currentTime; }, true)"""
    )
    start(visitor.page)
    found.wait_for_function("() => window.first !== undefined")
    assert abs(float(found.evaluate("window.first")) - 2.2) < 0.5
    shows(found, '[["de","zwei"]]')
    shows(found, '[["de","drei"]]')
    found.locator("[data-embed-end]").wait_for(state="visible")
    assert abs(now(found) - 6) < 0.5
    assert found.evaluate("document.querySelector('video').paused")
    assert found.evaluate("document.querySelector('video').src").startswith("blob:")


@pytest.mark.parametrize("attributes", ["", 'sandbox="allow-scripts"'], ids=["plain", "sandboxed"])
def test_sixty_kilobytes_before_a_click_and_nothing_of_the_video(
    arrive: Callable[..., Visitor], lesson: Lesson, attributes: str
):
    heavy: dict[str, int] = {}

    def weigh(response: Any) -> None:
        heavy[response.url] = len(response.body())

    visitor = arrive("", attributes)
    visitor.page.on("response", weigh)
    visitor.page.reload(wait_until="networkidle")
    ours = {url: size for url, size in heavy.items() if not url.startswith(lesson.url) and "/poster" not in url}
    assert sum(ours.values()) <= LIMIT_BYTES, ours
    assert [url for url in heavy if "/media/" in url and "poster" not in url] == []
    assert [url for url in heavy if url.endswith(("player.js", "hls.js", "player.css", ".woff2"))] == []


def test_a_page_with_thirty_clips_loads_no_video(
    arrive: Callable[..., Visitor], served: str, lesson: Lesson, clip_page: ClipPage
):
    visitor = arrive()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    address = f"{served}/embed/{clip_page.clip.public_id}/"
    visitor.page.goto(lesson.page(frame(address, width=200, height=112) * 30, "many"), wait_until="networkidle")
    assert sum("/embed/" in url for url in asked) == 30
    assert [url for url in asked if "/media/" in url and "/poster" not in url] == []


def test_replay_begins_at_the_asked_second(arrive: Callable[..., Visitor]):
    visitor = arrive("?start=3&end=4.5")
    found = start(visitor.page)
    found.locator("[data-embed-end]").wait_for(state="visible")
    assert found.evaluate("document.activeElement.matches('[data-embed-replay]')")
    found.locator("[data-embed-replay]").click()
    found.wait_for_function("() => !document.querySelector('video').paused")
    assert 2.5 < now(found) < 4.6
    found.locator("[data-embed-end]").wait_for(state="visible")


def test_where_full_screen_is_not_allowed_the_button_says_so(arrive: Callable[..., Visitor]):
    found = start(arrive("?lang=en", 'sandbox="allow-scripts allow-popups"').page)
    button = found.locator(".embed__fullscreen-link")
    assert button.get_attribute("aria-label") == "Open in the archive for full screen"
    assert found.locator("media-fullscreen-button").count() == 0
    allowed = start(arrive("", 'allow="autoplay" allowfullscreen').page)
    assert allowed.locator("media-fullscreen-button").count() == 1


def test_messages_from_the_page_around(arrive: Callable[..., Visitor]):
    visitor = arrive("?lang=en", 'sandbox="allow-scripts" allow="autoplay"')
    page, found = visitor.page, inside(visitor.page)
    ready = page.evaluate("window.heard.find((message) => message.polyphony === 'ready')")
    assert 7.5 < ready["duration"] < 8.5
    assert page.evaluate("window.heard.find((message) => message.polyphony === 'size')")["height"] == 360
    page.evaluate("say({ polyphony: 'seek', seconds: 4.2 })")
    found.wait_for_function("() => document.querySelector('video')?.currentTime > 4")
    page.evaluate("say({ polyphony: 'pause' })")
    found.wait_for_function("() => document.querySelector('video').paused")
    page.evaluate("say({ polyphony: 'seek', seconds: 4.5 })")
    page.evaluate("say({ polyphony: 'captions', language: 'el' })")
    shows(found, '[["el","τρία"]]')
    page.evaluate("say('nonsense'); say({ polyphony: 'seek', seconds: 'x' }); say(null);")
    page.evaluate("say({ polyphony: 'captions', language: 'off' })")
    shows(found, "[]")
    page.evaluate("say({ polyphony: 'play' })")
    page.wait_for_function("window.heard.some(({ polyphony }) => polyphony === 'ended')")
    times = page.evaluate("window.heard.filter(({ polyphony }) => polyphony === 'time').map(({ seconds }) => seconds)")
    assert times == sorted(times)


def test_without_scripts_the_browsers_own_player_is_shown(chromium: Browser, served: str, clip_page: ClipPage):
    # Not in a frame: Chromium's switch reaches a frame of another site too late now and then.
    visitor = Visitor.to(chromium, served, java_script_enabled=False)
    page = visitor.page
    page.goto(f"/embed/{clip_page.clip.public_id}/?cc=de&start=2")
    video = page.locator("video")
    assert video.get_attribute("controls") is not None
    assert (page.locator("video source").get_attribute("src") or "").endswith("/download.mp4#t=2.0")
    assert page.locator("video track[default]").get_attribute("srclang") == "de"
    assert page.locator("[data-embed-start]").is_hidden()
    assert (visitor.complaints, visitor.context.cookies()) == ([], [])
    visitor.context.close()


@pytest.mark.parametrize("language", ["en", "de", "el", "ar"])
def test_the_keyboard_reaches_everything_and_axe_is_content(
    chromium: Browser, served: str, clip_page: ClipPage, language: str
):
    visitor = Visitor.to(chromium, served, viewport={"width": 320, "height": 180})
    page = visitor.page
    page.goto(f"/embed/{clip_page.clip.public_id}/?lang={language}&start=x", wait_until="networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-embed-start]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[data-embed-info]").get_attribute("open") is not None
    assert violations(page) == []
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.href ?? ''"))
    assert any("creativecommons.org" in href for href in reached)
    assert any("/report/" in href for href in reached)
    assert any(href.endswith(clip_page.url.partition("/")[2].partition("/")[2]) for href in reached if href)
    page.locator(".clip-info__open").focus()
    page.keyboard.press("Escape")
    assert page.locator("[data-embed-info]").get_attribute("open") is None
    assert (visitor.complaints, visitor.context.cookies()) == ([], [])
    visitor.leaves_no_trace()
    visitor.context.close()


def test_autoplay_is_muted_and_asks_for_no_click(arrive: Callable[..., Visitor]):
    visitor = arrive("?autoplay=1", 'allow="autoplay"', reduced_motion="no-preference")
    found = inside(visitor.page)
    found.wait_for_function("() => document.querySelector('video')?.currentTime > 0.3")
    assert found.evaluate("document.querySelector('video').muted")


def test_who_wants_less_motion_is_asked_for_a_click(chromium: Browser, served: str, clip_page: ClipPage):
    visitor = Visitor.to(chromium, served, reduced_motion="reduce")
    visitor.page.goto(f"/embed/{clip_page.clip.public_id}/?autoplay=1", wait_until="networkidle")
    assert visitor.page.locator("[data-embed]").get_attribute("data-embed-state") == "idle"
    assert visitor.complaints == []
    visitor.context.close()
