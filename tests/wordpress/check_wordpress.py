"""A pasted address becomes a clip that plays, in a WordPress that knows nothing of us. No part of ``make test``.

Run by ``make test-wordpress``, which says where the unpacked packages are.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page
from pytest_django.live_server_helper import LiveServer

from home.models import ClipPage
from tests.browser import videos
from tests.home import archive as building
from tests.wordpress import debian
from tests.wordpress.school import school

FOLDER = "TEST_WORDPRESS_FOLDER"
SHOWN = """() => [...document.querySelector("video").textTracks].filter((track) => track.mode === "showing")
  .flatMap((track) => [...(track.activeCues ?? [])].map((cue) => [track.language, cue.text]))"""
PATIENCE_MS = 30_000


@pytest.fixture(scope="module")
def archive_url(chromium: Browser, transactional_db: None, folders: Path) -> Iterator[str]:
    server = LiveServer("127.0.0.1", start=False)
    # Static files come from WhiteNoise, with its headers, as they do in real life.
    server.thread.static_handler = lambda application: application
    server.start()
    with override_settings(BASE_URL=server.url):
        yield server.url
    server.stop()


@pytest.fixture(scope="module")
def clip_page(archive_url: str) -> ClipPage:
    """Eight seconds, spoken in English, with captions in German too."""
    clip = videos.captioned_clip("en", "de", title="Eight seconds")
    archive = building.build()
    headlines = {"headline": 'Eight "seconds" & more', "headline_de": "Acht Sekunden"}
    return archive.clip_page(archive.city(), clip, slug="eight-seconds", **headlines)


@pytest.fixture(scope="module")
def posts(archive_url: str, clip_page: ClipPage) -> Iterator[list[str]]:
    """A post for the page in German, for the short link with a second, for the frame's own address, and one more."""
    page = clip_page.get_url().replace("/en/", "/de/", 1)
    clip = clip_page.clip.public_id
    pasted = (f"{page}?t=2", f"/c/{clip}/?lang=de&cc=de#t=2", f"/embed/{clip}/?lang=de&start=2", f"{page}?t=3")
    programmes = debian.find(Path(os.environ[FOLDER]) / "root")
    addresses = [archive_url + path for path in pasted]
    # A short path: that of a socket may have a hundred characters.
    with (
        tempfile.TemporaryDirectory(prefix="school-") as folder,
        school(programmes, Path(folder), archive_url, *addresses) as found,
    ):
        yield found


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def inside(page: Page) -> Frame:
    return next(found for found in page.frames if "/embed/" in found.url)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["page", "short link", "frame"])
def test_a_pasted_address_plays_in_wordpress(
    visitor: Page, posts: list[str], archive_url: str, clip_page: ClipPage, number: int
) -> None:
    complaints: list[str] = []
    third_parties: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].startswith(school_url):
            complaints.append(message.text)

    school_url = posts[number].partition("?")[0]
    visitor.on("console", hear)
    visitor.on("request", lambda request: third_parties.append(request.url) if "/embed/" in request.frame.url else None)
    visitor.goto(posts[number], wait_until="networkidle")
    frame = visitor.locator("iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts"
    assert frame.get_attribute("security") == "restricted"
    assert frame.get_attribute("title") == "Acht Sekunden"
    address = str(frame.get_attribute("src"))
    assert address.startswith(f"{archive_url}/embed/{clip_page.clip.public_id}/?lang=de")
    assert "start=2#?secret=" in address  # WordPress adds a secret for its own embeds
    size = frame.bounding_box()
    assert size is not None
    assert abs(size["width"] / size["height"] - 16 / 9) < 0.02

    found = inside(visitor)
    assert found.evaluate("origin") == "null"
    found.locator("[data-embed-start]").click()
    found.wait_for_function("() => document.querySelector('video')?.currentTime > 2.5")
    began = float(found.evaluate("document.querySelector('video').currentTime"))
    assert began < 4
    assert found.evaluate(SHOWN) == [["de", "zwei"]]
    found.wait_for_function(f"() => document.querySelector('video').currentTime > {began + 3}")
    assert found.evaluate(SHOWN) == [["de", "drei" if began + 3 < 6 else "vier"]]
    assert {url for url in third_parties if not url.startswith((archive_url, "blob:", "data:"))} == set()
    assert [cookie for cookie in visitor.context.cookies() if "127.0.0.1" in str(cookie.get("domain"))] == []
    assert complaints == []


def test_a_school_that_registered_the_archive_has_full_screen(visitor: Page, posts: list[str]) -> None:
    visitor.goto(f"{posts[3]}&trusted=1", wait_until="networkidle")
    frame = visitor.locator("iframe")
    said = {name: frame.get_attribute(name) for name in ("sandbox", "allowfullscreen", "loading", "referrerpolicy")}
    assert said == {"sandbox": None, "allowfullscreen": "", "loading": "lazy", "referrerpolicy": "no-referrer"}
    found = inside(visitor)
    found.locator("[data-embed-start]").click()
    found.wait_for_function("() => document.querySelector('video')?.currentTime > 3.2")
    assert found.locator("media-fullscreen-button").count() == 1
