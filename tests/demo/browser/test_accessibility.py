"""Every kind of page, and the player at work, against WCAG 2.2 AA as far as axe-core can tell."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.visiting import Visitor
from tests.browser.watching import hold_at, play
from tests.demo.browser.demo_site import build_demo_site
from tests.sampling import sampled

# Language, colour scheme and screen: each of them differs where it can.
READERS = {
    "by day": ("en", {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}),
    "by night": ("de", {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    "from right to left": ("ar", {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}),
    "on a phone": ("el", {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}, "has_touch": True}),
}
SAMPLED = sampled(READERS, lambda reader: reader != "by night", "readers by night")
OPENED = ("details.language-switch", "details.nav--fold")
# Each menu of media-chrome carries a way back to a menu above it, in a slot that is not displayed; axe takes it for a
# child that people meet.
UNSEEN_BUTTON = re.compile(r"aria-required-children: <media-[a-z-]+-menu .*not allowed: button\[aria-label\]\)$", re.S)


@pytest.fixture(scope="module")
def addresses(served: str) -> dict[str, str]:
    """Of each kind of page, without the language."""
    return build_demo_site()


@pytest.fixture
def look(visit: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """``visit`` without the policy for styles, since axe writes some of its own; other tests hold the policy."""
    return partial(visit, bypass_csp=True)


@pytest.mark.parametrize("reader", SAMPLED)
def test_every_kind_of_page(look: Callable[..., Visitor], addresses: dict[str, str], reader: str):
    language, options = READERS[reader]
    visitor = look(**options)
    found = {}
    for kind, path in addresses.items():
        visitor.page.goto(f"/{language}/{path}")
        found[kind] = axe.violations(visitor.page)
    assert {kind: faults for kind, faults in found.items() if faults} == {}
    visitor.complaints[:] = [line for line in visitor.complaints if not line.endswith("/no/such/page/")]


@pytest.mark.parametrize("reader", SAMPLED)
def test_menus_that_are_open(look: Callable[..., Visitor], addresses: dict[str, str], reader: str):
    language, options = READERS[reader]
    page = look(**options).page
    page.goto(f"/{language}/{addresses['clip']}")
    for menu in page.locator(",".join(f"{name} > summary:visible" for name in OPENED)).all():
        menu.click()
        assert axe.violations(page) == []
        menu.click()
    for fold in page.locator("main details.fold > summary").all():
        fold.click()
        assert axe.violations(page) == []


@pytest.mark.parametrize("reader", SAMPLED)
def test_the_player_while_it_plays(look: Callable[..., Visitor], addresses: dict[str, str], reader: str):
    language, options = READERS[reader]
    page = look(**options).page
    page.goto(f"/{language}/{addresses['clip']}")
    play(page)
    assert axe.violations(page) == []
    hold_at(page, 2.5)
    for menu in page.locator("media-control-bar > [aria-haspopup=menu]:visible").all():
        menu.click()
        expect(menu).to_have_attribute("aria-expanded", "true")
        assert settled(page) == []
        menu.click()
        expect(menu).to_have_attribute("aria-expanded", "false")


def settled(page: Page) -> list[str]:
    """What axe says of an open menu once nothing moves any more: a hint that fades is text for a moment."""
    page.mouse.move(1, 1)
    for _ in range(5):
        found = [line for line in axe.violations(page) if not UNSEEN_BUTTON.match(line)]
        if not found:
            break
        page.wait_for_timeout(400)
    return found


def test_axe_sees_what_is_wrong(look: Callable[..., Visitor], addresses: dict[str, str]):
    """What the tests above rest on: a fault put into the page on purpose is found, in all of it and in its part."""
    page = look().page
    page.goto(f"/en/{addresses['standard']}")
    spoil(page)
    assert [line.partition(":")[0] for line in axe.violations(page)] == ["image-alt"]
    assert [line.partition(":")[0] for line in axe.violations(page, "main")] == ["image-alt"]
    assert axe.violations(page, "footer") == []


def spoil(page: Page) -> None:
    page.evaluate("document.querySelector('main').append(new Image(10, 10))")
