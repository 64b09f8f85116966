"""Every kind of page as readers meet it: on a phone and on a desk, by day and by night, in four scripts' languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import TOO_WIDE, Visitor
from tests.demo.browser.demo_site import KINDS, build_demo_site

READERS = {"en": ("English", "ltr"), "de": ("Deutsch", "ltr"), "el": ("Ελληνικά", "ltr"), "ar": ("العربية", "rtl")}
SCREENS = [(width, scheme) for width in (1280, 360) for scheme in ("light", "dark")]

# Backgrounds as they are painted: what a colour scheme is about.
PAPER = "() => getComputedStyle(document.documentElement).backgroundColor"
# Every picture arrives and can be drawn, those too that wait until somebody scrolls to them. A browser gives up
# decoding when it takes another size of the picture, as it does some time after the window has got another width.
PICTURES = """() => Promise.all([...document.images].map(async (picture) => {
  picture.loading = "eager";
  for (let attempt = 1; ; attempt += 1) {
    try { return await picture.decode(); } catch (error) {
      if (attempt === 5) throw new Error(`${picture.currentSrc || picture.src}: ${error}`);
      await new Promise(requestAnimationFrame);
    }
  }
}))"""
HERE = "() => [document.documentElement.lang, document.documentElement.dir, document.querySelectorAll('h1').length]"


@pytest.fixture(scope="module")
def addresses(served: str) -> dict[str, str]:
    """Of each kind of page, without the language."""
    return build_demo_site()


def switch_language(page: Page, name: str) -> None:
    """As a reader does it, from whatever page is open."""
    page.locator(".language-switch__button").click()
    page.locator(".language-switch__panel").get_by_role("link", name=name, exact=True).click()


def fits_screens(page: Page, screens: list[tuple[int, str]]) -> None:
    papers = {}
    for width, scheme in screens:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (page.url, width, scheme, page.evaluate(TOO_WIDE)) == (page.url, width, scheme, [])
        papers[scheme] = page.evaluate(PAPER)
    assert papers["light"] != papers["dark"]


def skip_link_leads_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    link = page.locator("a.skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def forget(visitor: Visitor, status: int) -> None:
    """The browser says on its console that a page is missing; that is the one thing it may say, and only there."""
    if status == 404:
        expected = re.compile(rf"error: .* status of 404 .* http://{visitor.host}/\w+/no/such/page/$")
        visitor.complaints[:] = [line for line in visitor.complaints if not expected.match(line)]


@pytest.fixture
def screens(thorough: bool) -> list[tuple[int, str]]:
    """Return every width in every scheme, or each of them once."""
    return SCREENS if thorough else [(1280, "light"), (360, "dark")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_finds_the_page_whole(
    visit: Callable[..., Visitor],
    addresses: dict[str, str],
    kind: str,
    languages: list[str],
    screens: list[tuple[int, str]],
):
    visitor, path = visit(viewport={"width": 1280, "height": 800}), addresses[kind]
    page, status = visitor.page, 404 if kind == "not found" else 200
    assert page.goto(f"/en/{path}").status == status
    for language in filter(READERS.__contains__, languages):
        name, direction = READERS[language]
        if language != "en":
            switch_language(page, name)
            page.wait_for_url(f"**/{language}/{path}")
        assert page.evaluate(HERE) == [language, direction, 1]
        skip_link_leads_to_the_content(page)
        fits_screens(page, screens)
        page.evaluate(PICTURES)
    forget(visitor, status)
    visitor.leaves_no_trace()
