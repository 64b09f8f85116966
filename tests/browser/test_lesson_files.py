"""The files of a clip and its transcript as a teacher meets them: on any screen, in any direction, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from home.models import CityContact, ClipPage, Person
from media_pipeline import api
from tests.browser import axe
from tests.browser.visiting import TOO_WIDE, Visitor
from tests.home import archive as building

PAGES = {
    "files": "files/?line=ar&lang=",
    "transcript": "transcript/?cc=ar&lang=",
    "original": "transcript/?cc=de&lang=",
}
READERS = {
    "by day": ("en", {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}),
    "by night": ("de", {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    "from right to left": ("ar", {"color_scheme": "light", "viewport": {"width": 360, "height": 740}}),
}
WORDS = {
    "de": "<v Anna>Donaudampfschifffahrtsgesellschaftskapitänsmützen trugen wir nie.</v>",
    "ar": "<v آنا>كلنا نحمل ملصقات، ولم يسألنا أحد.</v>",
}
COLOURS = (
    "(element) => { const { color, backgroundColor } = getComputedStyle(element); return [color, backgroundColor]; }"
)


@pytest.fixture(scope="module")
def clips(served: str) -> dict[str, ClipPage]:
    """An open clip and a closed one, of a city with somebody to ask."""
    archive = building.build()
    city = archive.city("Düsseldorf", original_language="de", headline_ar="دوسلدورف")
    person = Person.objects.create(name="Kim Beispiel", email="kim@example.org", original_language="de")
    city.contacts.add(CityContact(person=person))
    city.save()
    project = archive.project("LOUD", city)
    return {
        name: _clip_page(archive, city, licence=licence, projects=[project])
        for name, licence in {"open": "CC-BY-SA-4.0", "closed": "ARR"}.items()
    }


def _clip_page(archive, city, **values) -> ClipPage:
    title = "Bundesantidiskriminierungsbeauftragte erzählen"
    page = archive.clip_page(city, headline=title, original_language="de", **values)
    page.clip.captions.all().delete()
    for language, words in WORDS.items():
        cues = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{words}\n\n00:04.000 --> 00:05.000\n[♪]\n"
        api.add_caption(page.clip, language, "captions", cues.encode(), "words.vtt")
    return page


def address(page: ClipPage, kind: str, language: str) -> str:
    return f"/c/{page.clip.public_id}/{PAGES[kind]}{language}"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["open", "closed"])
def test_nobody_is_left_out(visit: Callable[..., Visitor], clips: dict[str, ClipPage], name: str, reader: str):
    language, options = READERS[reader]
    visitor = visit(bypass_csp=True, **options)  # axe writes styles of its own
    found = {}
    for kind in PAGES:
        assert visitor.page.goto(address(clips[name], kind, language)).status == 200
        found[kind] = axe.violations(visitor.page)
    assert {kind: faults for kind, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_overflows_a_small_screen_and_nothing_is_kept(
    visit: Callable[..., Visitor], clips: dict[str, ClipPage], language: str
):
    visitor = visit(viewport={"width": 320, "height": 640})
    for name, kind in [(name, kind) for name in clips for kind in PAGES]:
        visitor.page.goto(address(clips[name], kind, language))
        assert (name, kind, visitor.page.evaluate(TOO_WIDE)) == (name, kind, [])
    visitor.leaves_no_trace()


def test_the_line_is_chosen_without_scripts(visit: Callable[..., Visitor], clips: dict[str, ClipPage]):
    page = visit(java_script_enabled=False).page
    page.goto(address(clips["open"], "files", "en"))
    page.locator("#line-language").select_option("de")
    page.locator(".lesson-choice button").click()
    expect(page.locator("#line-text")).to_have_attribute("lang", "de")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("[data-share]:visible").count() == 0


def test_the_line_is_copied_with_scripts(visit: Callable[..., Visitor], clips: dict[str, ClipPage]):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).page
    page.goto(address(clips["open"], "files", "en"))
    for field, button in (("#line-text", 0), ("#line-html", 1)):
        page.locator("#attribution [data-share]").nth(button).click()
        expect(page.locator("#attribution [data-share]").nth(button)).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator(field).input_value()


def test_a_browser_keeps_files_under_their_names(visit: Callable[..., Visitor], clips: dict[str, ClipPage]):
    page = visit(accept_downloads=True).page
    page.goto(address(clips["open"], "files", "en"))
    stem = f"Düsseldorf – Bundesantidiskriminierungsbeauftragte erzählen (Polyphony {clips['open'].clip.public_id})"
    for link, ending in (
        ("Download video", ".mp4"),
        ("Captions (VTT)", ".ar.cc.vtt"),
        ("Transcript as a text file", ".ar.txt"),
    ):
        with page.expect_download() as kept:
            page.get_by_text(link).first.click()
        assert kept.value.suggested_filename == f"{stem}{ending}"


def test_paper_carries_the_words_and_their_source_alone(visit: Callable[..., Visitor], clips: dict[str, ClipPage]):
    page = visit(color_scheme="dark", viewport={"width": 794, "height": 1123}).page
    page.goto(address(clips["open"], "original", "de"))
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".site-header", ".site-footer", ".breadcrumb", ".on-screen", ".skip-link"):
        assert (part, [one.is_visible() for one in page.locator(part).all() if one.is_visible()]) == (part, [])
    assert page.locator(".transcript-page__text").first.evaluate(COLOURS)[0] == "rgb(0, 0, 0)"
    assert page.locator("html").evaluate(COLOURS)[1] == "rgb(255, 255, 255)"
    parts = (".transcript-page__time", ".transcript-page__text")
    time, words = (page.locator(part).first.bounding_box() for part in parts)
    assert time["x"] + time["width"] <= words["x"]
    expect(page.locator(".transcript-source")).to_be_visible()
