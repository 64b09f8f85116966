"""The line that names a clip: by licence, in the reader's language, as text and as HTML."""

import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation

from exchange.lesson.lesson import get_lesson
from exchange.public_clip import get_public_clip
from home.models import ClipPage
from tests.home.recording import recorded

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://clips.example.org"


@pytest.fixture
@recorded
def page(archive):
    """A clip of two projects, titled in German and Arabic."""
    city = archive.city("Düsseldorf", original_language="de", headline_ar="دوسلدورف")
    projects = [archive.project("LOUD", city), archive.project("BRIDGE", city)]
    found = archive.clip_page(
        city,
        headline="Wir alle tragen <Etiketten>",
        slug="etiketten",
        original_language="de",
        headline_ar="كلنا نحمل ملصقات",
        first_shown_on=datetime.date(2021, 12, 13),
        projects=projects,
    )
    found.clip.public_id = "7KdWxYz1234"
    found.clip.save()
    return found


def line(page: ClipPage, language: str = "en"):
    """The attribution's two forms, read as a reader of the language."""
    with translation.override(language):
        named = get_lesson(get_public_clip(page.clip.public_id, None), f"{BASE}/c/7KdWxYz1234/").attribution()
        return named.text(), str(named.html())


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_line_in_three_languages(page, language):
    golden = (GOLDEN / f"attribution_{language}.txt").read_text(encoding="utf-8")
    assert "\n".join(line(page, language)) + "\n" == golden


class Links(HTMLParser):
    """Collects the links of a piece of HTML with their kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append((dict(attrs).get("rel"), dict(attrs).get("href")))


@pytest.mark.parametrize(
    ("code", "short", "deed"),
    [
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        ("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    ],
)
def test_each_open_licence_is_named_with_its_deed(page, code, short, deed):
    page.licence = code
    page.save()
    text, html = line(page)
    assert f"{short} ({deed})" in text
    source = f"{BASE}/c/7KdWxYz1234/"
    assert text.endswith(f"Source: {source}")
    assert Links(html).found == [("license", deed), (None, source)]


def test_all_rights_reserved_grants_nothing(page):
    page.licence = "ARR"
    page.save()
    text, html = line(page)
    source = f"{BASE}/c/7KdWxYz1234/"
    assert text == (
        "“Wir alle tragen <Etiketten>”, Düsseldorf, LOUD, BRIDGE, 2021. All rights reserved; you may only watch "
        f"and embed it. Source: {source}"
    )
    assert Links(html).found == [(None, source)]


def test_a_project_that_is_not_shown_is_not_named(page):
    page.projects.get(acronym="BRIDGE").unpublish()
    assert "Düsseldorf, LOUD, 2021" in line(page)[0]


def test_without_a_first_date_the_year_of_the_page_is_used(page):
    page.first_shown_on = None
    page.save()
    assert f"BRIDGE, {page.first_published_at.year}." in line(page)[0]
