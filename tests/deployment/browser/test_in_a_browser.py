"""A youth worker and a visitor in a real browser, by HTTP/2 and TLS: cookies, policies and the player behind nginx."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from campaign_site.setup.chromium import find_chromium
from tests.browser import watching
from tests.browser.visiting import Visitor
from tests.deployment.conftest import UPLOAD, Newsroom, PublishedClip
from tests.deployment.deployment import Deployment
from tests.deployment.files import NAME

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough("a deployment with nginx and PostgreSQL"),
    pytest.mark.xdist_group("tests/deployment"),
]
PROTOCOLS = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((entry) => entry.name.startsWith("http")).map((entry) => entry.nextHopProtocol)"""


@pytest.fixture
def visitor(chromium: Browser, deployment: Deployment) -> Iterator[Visitor]:
    """Somebody whose browser finds the site under its name, and takes the certificate of the tests."""
    rules = f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{deployment.ports.https}"
    options = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", rules]
    kind = chromium.browser_type
    browser = kind.launch(executable_path=find_chromium(), args=options)
    visitor = Visitor.to(browser, f"https://{NAME}", ignore_https_errors=True)
    yield visitor
    visitor.context.close()
    browser.close()
    assert visitor.complaints == []


def test_a_visitor_watches_a_clip(visitor: Visitor, clip: PublishedClip) -> None:
    visitor.page.goto(clip.page)
    watching.play(visitor.page)
    protocols = visitor.page.evaluate(PROTOCOLS)
    assert set(protocols) == {"h2"}
    assert len(protocols) > 5
    visitor.leaves_no_trace()


def test_a_youth_worker_uploads(visitor: Visitor, newsroom: Newsroom, video: Path) -> None:
    page, account = visitor.page, newsroom.deployment.account
    page.goto(UPLOAD)
    page.locator("[name=username]").fill(account["user"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("form [type=submit]").click()
    page.locator("[name=file]").set_input_files(video)
    page.locator("[name=title]").fill("Dans le navigateur")
    page.locator("[name=spoken_language]").select_option("fr")
    page.locator("[name=city]").select_option(newsroom.city)
    page.locator("main form [type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/admin/clips/inspect/\d+/$"))
    pk = int(page.url.rstrip("/").rpartition("/")[2])
    newsroom.deployment.wait(lambda: newsroom.state(pk) == "READY")
