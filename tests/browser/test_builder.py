"""“Use in class” as a teacher meets it: on the clip's page and on its own, with scripts and without, on any screen."""

import html
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from home.models import ClipPage
from tests.browser import axe, videos
from tests.browser.visiting import TOO_WIDE, Visitor
from tests.browser.watching import hold_at, play
from tests.exchange.share import zbar
from tests.home import archive as building

READERS = {
    "by day": ("en", {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}),
    "by night": ("de", {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    "from right to left": ("ar", {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}),
}
COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
# The name of everything that the tabulator key reaches inside the builder, until it leaves.
HERE = """() => {
  const { activeElement: here } = document;
  const copies = ({ dataset }) => dataset.builderCopy && `copy ${dataset.builderCopy}`;
  return here.closest(".builder-fold, .builder") ? here.id || here.dataset.builderTime || copies(here) ||
    here.dataset.part || here.name || here.className || here.localName : null;
}"""
SMALL = """() => [...document.querySelectorAll(".builder :is(a, button, input:not([type=hidden]), select, textarea)")]
  .map((element) => element.closest("label") ?? element).filter((element) => element.checkVisibility())
  .filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def clip_page(served: str) -> ClipPage:
    """A published page with a video of eight seconds, spoken in English, with captions in English and German."""
    clip = videos.captioned_clip("en", "de")
    archive = building.build()
    return archive.clip_page(archive.city(), clip, headline="Eight seconds", headline_de="Acht Sekunden")


def address(page: ClipPage, query: str = "") -> str:
    return reverse("clip_use", args=[page.clip.public_id]) + query


@pytest.fixture
def arrive(visit: Callable[..., Visitor], clip_page: ClipPage) -> Callable[..., Visitor]:
    """``arrive("de", **options)`` opens the clip's page in a language and unfolds the builder in it."""

    def open_fold(language: str = "en", **options: Any) -> Visitor:
        visitor = visit(**options)
        with translation.override(language):
            visitor.page.goto(clip_page.get_url())
        visitor.page.locator(".builder-fold > summary").click()
        return visitor

    return open_fold


def code(page: Page) -> str:
    return page.locator("#use-code").input_value()


def asks(page: Page, query: str) -> None:
    """Wait until code and preview ask for this."""
    src = re.compile(rf'^<iframe src="[^"]+/embed/\w+/{re.escape(html.escape(query))}" ')
    expect(page.locator("#use-code")).to_have_value(src)
    expect(page.locator("iframe.builder__frame")).to_have_attribute("src", re.compile(re.escape(query) + "$"))


def test_it_works_in_place_on_the_page_of_the_clip(arrive: Callable[..., Visitor], clip_page: ClipPage):
    visitor = arrive()
    page, short = visitor.page, page_short(visitor, clip_page)
    asks(page, "?lang=en")
    expect(page.locator("[data-builder-submit]")).to_be_hidden()
    page.locator("#use-start").fill("0:02")
    page.locator("#use-start").press("Enter")
    asks(page, "?lang=en&start=2")
    page.locator("#use-cc").select_option("de")
    asks(page, "?lang=en&cc=de&start=2")
    page.locator("#use-interface").select_option("de")
    asks(page, "?lang=de&cc=de&start=2")
    expect(page.locator("#use-short")).to_have_value(f"{short}?t=2")
    expect(page.locator("#use-link")).to_have_value(re.compile(r"/de/.*#t=2$"))
    assert 'title="Acht Sekunden"' in code(page)
    assert page.url.endswith(clip_page.get_url())
    visitor.leaves_no_trace()


def page_short(visitor: Visitor, clip_page: ClipPage) -> str:
    return f"http://{visitor.host}/c/{clip_page.clip.public_id}/"


def test_nothing_is_asked_for_before_somebody_unfolds_it(visit: Callable[..., Visitor], clip_page: ClipPage):
    visitor, asked = visit(), []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.goto(clip_page.get_url(), wait_until="networkidle")
    assert [url for url in asked if re.search(r"/use/|/embed/|/qr\.", url)] == []


def test_times_come_from_the_player(arrive: Callable[..., Visitor]):
    page = arrive().page
    begin, stop = page.locator("[data-builder-time=start]"), page.locator("[data-builder-time=end]")
    begin.click()
    expect(page.locator("[data-builder-status]")).to_have_text(re.compile("to the moment you want"))
    play(page)
    hold_at(page, 2.5)
    begin.click()
    expect(page.locator("[data-builder-status]")).to_have_text("The clip starts at 0:02.5.")
    asks(page, "?lang=en&start=2.5")
    hold_at(page, 6)
    stop.click()
    expect(page.locator("#use-end")).to_have_value("0:06")
    asks(page, "?lang=en&start=2.5&end=6")


def test_times_come_from_the_preview_where_there_is_no_other_player(visit: Callable[..., Visitor], clip_page: ClipPage):
    page = visit().page
    page.goto(address(clip_page, "?lang=en"))
    preview = page.frame_locator("iframe.builder__frame")
    preview.locator("[data-embed-start]").click()
    preview.locator("video").evaluate(
        "(video) => new Promise((done) => video.ontimeupdate = () => video.currentTime > 1 && done())"
    )
    page.locator("[data-builder-time=start]").click()
    expect(page.locator("#use-start")).to_have_value(re.compile(r"^0:0[1-3](\.\d)?$"))


def test_a_slip_is_said_beside_the_field(arrive: Callable[..., Visitor]):
    page = arrive().page
    asks(page, "?lang=en")
    page.locator("#use-end").fill("soon")
    page.locator("#use-end").blur()
    expect(page.locator("#use-end-note")).to_have_text("Enter a time like 1:30. The clip plays to the end.")
    expect(page.locator("#use-end")).to_have_value("")
    page.locator("#use-end").fill("5")
    page.locator("#use-end").blur()
    expect(page.locator("#use-end-note")).to_have_text("")
    expect(page.locator("#use-end")).to_have_value("0:05")


@pytest.mark.parametrize("name", ["code", "short", "link"])
def test_every_line_can_be_copied(visit: Callable[..., Visitor], clip_page: ClipPage, name: str):
    page = visit(**COPYING).page
    page.goto(address(clip_page, "?lang=en&start=3&end=5&size=large"))
    page.locator(f"[data-builder-copy=use-{name}]").click()
    expect(page.locator("[data-builder-status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#use-{name}").input_value()


def test_where_copying_is_refused_the_text_is_selected(visit: Callable[..., Visitor], clip_page: ClipPage):
    page = visit().page
    page.goto(address(clip_page, "?lang=en"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no')); }")
    page.locator("[data-builder-copy=use-short]").click()
    expect(page.locator("[data-builder-status]")).to_have_text(re.compile("The text is selected"))
    assert page.evaluate("getSelection().toString()") == page.locator("#use-short").input_value()


def test_without_a_clipboard_there_are_no_buttons_for_it(visit: Callable[..., Visitor], clip_page: ClipPage):
    visitor = visit()
    visitor.page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });")
    visitor.page.goto(address(clip_page))
    expect(visitor.page.locator("[data-builder-submit]")).to_be_hidden()
    expect(visitor.page.locator("[data-builder-copy]:visible")).to_have_count(0)


def test_the_code_on_the_screen_is_read_by_zbar(visit: Callable[..., Visitor], clip_page: ClipPage):
    visitor = visit(color_scheme="dark")
    page = visitor.page
    page.goto(address(clip_page, "?lang=en"))
    page.locator("#use-start").fill("4")
    page.locator("#use-start").blur()
    expect(page.locator("[data-part=qr]")).to_have_attribute("src", re.compile(r"\?t=4$"))
    page.locator("[data-part=qr]").scroll_into_view_if_needed()
    page.evaluate("() => document.querySelector('[data-part=qr]').decode()")
    wanted = f"{page_short(visitor, clip_page)}?t=4"
    assert zbar.codes(page.screenshot()) == [["ZBAR_QRCODE", wanted]]
    assert wanted in page.locator("[data-part=qr]").get_attribute("alt")
    with page.expect_download() as download:
        page.locator("[data-part=qr-png]").click()
    assert download.value.suggested_filename == f"polyphony-{clip_page.clip.public_id}-qr.png"
    assert zbar.codes(download.value.path().read_bytes()) == [["ZBAR_QRCODE", wanted]]


def test_the_address_remembers_what_was_chosen(visit: Callable[..., Visitor], clip_page: ClipPage):
    visitor = visit()
    page = visitor.page
    page.goto(address(clip_page, "?lang=en"))
    page.get_by_role("radio", name="Small").check()
    expect(page.locator("#use-code")).to_have_value(re.compile('width="480"'))
    page.wait_for_url("**&size=small")
    page.reload()
    expect(page.get_by_role("radio", name="Small")).to_be_checked()
    assert 'width="480"' in code(page)
    visitor.leaves_no_trace()


def test_without_scripts_the_form_leads_to_its_page(arrive: Callable[..., Visitor], clip_page: ClipPage):
    visitor = arrive("de", java_script_enabled=False)
    page = visitor.page
    expect(page.locator("[data-builder-time]:visible, [data-builder-copy]:visible")).to_have_count(0)
    page.locator("#use-start").fill("0:03")
    page.locator("#use-end").fill("later")
    page.locator("#use-cc").select_option("off")
    page.locator("[data-builder-submit]").click()
    page.wait_for_url(f"**{address(clip_page)}?**")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    asks(page, "?lang=de&cc=off&start=3")
    expect(page.locator("#use-end-note")).not_to_have_text("")
    expect(page.locator("[data-builder-copy]:visible")).to_have_count(0)
    page.locator("input[name=size][value=large]").check()
    page.locator("[data-builder-submit]").click()
    expect(page.locator("#use-code")).to_have_value(re.compile('width="960"'))
    assert visitor.context.cookies() == []


def test_when_the_archive_does_not_answer_it_says_so(arrive: Callable[..., Visitor]):
    visitor = arrive()
    page = visitor.page
    asks(page, "?lang=en")
    page.route("**/use/**", lambda route: route.abort())
    page.locator("#use-start").fill("2")
    page.locator("#use-start").blur()
    expect(page.locator("[data-builder-status]")).to_have_text(re.compile("couldn’t update this"))
    asks(page, "?lang=en")
    visitor.complaints[:] = [line for line in visitor.complaints if "ERR_FAILED" not in line]


def test_the_keyboard_reaches_everything(arrive: Callable[..., Visitor]):
    page = arrive(**COPYING).page
    asks(page, "?lang=en")
    page.locator(".builder-fold > summary").focus()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if (here := page.evaluate(HERE)) is None:
            break
        if here not in reached[-1:]:  # the preview has stops of its own
            reached.append(here)
    take = ["use-start", "start", "use-end", "end", "use-interface", "use-cc", "builder__frame"]
    lines = [part for name in ("code", "short", "link") for part in (f"use-{name}", f"copy use-{name}")]
    assert reached == [*take, *lines, "qr-svg", "qr-png", "more"]


@pytest.mark.parametrize("reader", READERS)
def test_axe_finds_nothing(visit: Callable[..., Visitor], clip_page: ClipPage, reader: str):
    language, options = READERS[reader]
    page = partial(visit, bypass_csp=True)(**options).page
    page.goto(address(clip_page, f"?lang={language}&end=later"))
    expect(page.locator("[data-builder-submit]")).to_be_hidden()
    assert axe.violations(page) == []
    with translation.override(language):
        page.goto(clip_page.get_url())
    page.locator(".builder-fold > summary").click()
    expect(page.locator("#use-code")).to_be_visible()
    assert axe.violations(page) == []


@pytest.mark.parametrize("language", ["de", "ar", "el"])
def test_it_fits_the_smallest_screen(arrive: Callable[..., Visitor], clip_page: ClipPage, language: str):
    page = arrive(language, viewport={"width": 320, "height": 640}).page
    expect(page.locator("#use-code")).to_be_visible()
    assert (page.evaluate(TOO_WIDE), page.evaluate(SMALL)) == ([], [])
    page.goto(address(clip_page, f"?lang={language}&start=soon"))
    expect(page.locator("[data-builder-submit]")).to_be_hidden()
    assert (page.evaluate(TOO_WIDE), page.evaluate(SMALL)) == ([], [])
