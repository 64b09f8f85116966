"""Two people at one page at the same time, with saving in the background as it is by default."""

import datetime
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Response, expect
from wagtail.models import Page as WagtailPage

from home.access.roles import sync_archive_role
from home.models import CityContact, CityIndexPage, CityPage, Person, StandardPage
from tests.browser.desk import give_session, open_desk, tab
from tests.home import archive as building

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "400 (Bad Request)"  # what a save in the background is answered where both versions must be compared
WATCHING = "addEventListener('w-unsaved:watch-edits', ({target}) => { target.dataset.watching = 'yes' })"


@pytest.fixture
def imprint(transactional_db: None) -> StandardPage:
    """A live page in Catalan, with a German headline."""
    page = StandardPage(original_language="ca", headline_ca="Avís legal", headline_de="Recht")
    building.build().home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def sit_down(chromium: Any, live_server: Any, imprint: StandardPage) -> Iterator[Callable[..., Page]]:
    """``sit_down(name)`` opens the page in a browser of one's own; nobody's browser may have had a complaint."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_editor(name: str, *, language: str = "", page: Any = imprint) -> Page:
        people = get_user_model().objects
        if language:
            user = people.create_user(name, f"{name}@example.org")
            user.groups.add(sync_archive_role("translator", language))
        else:
            user = people.create_superuser(name, f"{name}@example.org")
        complain = lambda text: complaints.append(f"{name}: {text}")  # noqa: E731
        desk = open_desk(chromium, live_server.url, complain, script=WATCHING)
        contexts.append(desk.context)
        give_session(desk.context, live_server.url, user)
        desk.clock.install()
        desk.goto(f"/admin/pages/{page.pk}/edit/")
        # Wagtail looks for changes from two seconds after loading on; nobody types before.
        desk.clock.fast_forward(2000)
        desk.wait_for_selector("form[data-edit-form][data-watching]", state="attached")
        return desk

    yield open_editor
    for context in contexts:
        context.close()
    assert [line for line in complaints if REFUSED not in line] == []


def is_save_of(text: str) -> Callable[[Response], bool]:
    """Whether an answer is to a save that holds ``text``: a slow editor may save once more while it starts."""
    return lambda answer: answer.url.endswith("/edit/") and text.encode() in (answer.request.post_data_buffer or b"")


def type_and_wait(page: Page, code: str, text: str) -> dict[str, Any]:
    """Write the headline in a language, and return what the save in the background was answered."""
    tab(page, code)
    with page.expect_response(is_save_of(text)) as saved:
        page.fill(f"#id_headline_{code}", text)
    return saved.value.json()


def draft(page: WagtailPage) -> Any:
    return WagtailPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def press_save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name="Save draft", exact=True).click()


def test_two_languages_at_once(sit_down: Callable[..., Page], imprint: StandardPage):
    ana, bea = sit_down("ana"), sit_down("bea")
    for number in range(2):
        assert type_and_wait(ana, "de", f"Impressum {number}")["success"]
        assert type_and_wait(bea, "fr", f"Mentions {number}")["success"]
    for person in (ana, bea):
        expect(person.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", "saved")
        expect(person.locator(".error-message")).to_have_count(0)
    # Each learns that the other saved; no dialog warns of overwriting anything.
    with ana.expect_response(lambda answer: "/editing-sessions/" in answer.url):
        ana.evaluate(
            "document.querySelector('[data-controller~=w-session]').dispatchEvent(new Event('w-session:ping'))"
        )
    press_save(ana)
    now = draft(imprint)
    assert (now.headline_ca, now.headline_de, now.headline_fr) == ("Avís legal", "Impressum 1", "Mentions 1")
    tab(ana, "fr")
    expect(ana.locator("#id_headline_fr")).to_have_value("Mentions 1")


def test_the_same_headline_is_shown_in_both_versions(sit_down: Callable[..., Page], imprint: StandardPage):
    ana, bea = sit_down("ana"), sit_down("bea")
    assert type_and_wait(ana, "de", "Impressum")["success"]
    assert not type_and_wait(bea, "de", "Anbieterkennzeichnung")["success"]
    expect(bea.locator("footer")).to_contain_text("ana changed “Headline”, too. Save to compare both versions.")
    expect(bea.locator("#id_headline_de")).to_have_value("Anbieterkennzeichnung")
    assert draft(imprint).headline_de == "Impressum"
    press_save(bea)
    expect(bea.locator(".conflict__text")).to_have_text(["Anbieterkennzeichnung", "Impressum"])
    assert draft(imprint).headline_de == "Impressum"
    bea.get_by_label("Your version").check()
    press_save(bea)
    expect(bea.locator(".conflict")).to_have_count(0)
    assert draft(imprint).headline_de == "Anbieterkennzeichnung"
    press_save(ana)
    tab(ana, "de")
    expect(ana.locator("#id_headline_de")).to_have_value("Anbieterkennzeichnung")


@pytest.mark.thorough("two browsers")
def test_a_translator_can_edit_the_own_language_alone(sit_down: Callable[..., Page], imprint: StandardPage):
    uli = sit_down("uli", language="de")
    tabs = uli.locator("[role=tablist] [role=tab]:visible")
    expect(tabs).to_contain_text(["Deutsch 1/1"])
    expect(uli.locator(".original-text__content").first).to_have_text("Avís legal")
    inputs = "form[data-edit-form] :is(input, textarea, select):not([type=hidden])"
    names = uli.eval_on_selector_all(inputs, "found => found.map(({name}) => name).filter(Boolean)")
    assert names == ["headline_de"]
    assert type_and_wait(uli, "de", "Impressum")["success"]
    press_save(uli)
    now = draft(imprint)
    assert (now.headline_de, now.headline_ca, now.slug) == ("Impressum", "Avís legal", imprint.slug)


@pytest.mark.thorough("two browsers")
def test_what_nobody_touched_comes_back_from_a_browser_as_it_was(sit_down: Callable[..., Page], imprint: StandardPage):
    """Every kind of field of a city, and blocks without identifiers, as scripts write them."""
    text = '<p>Un <b>text</b> amb <a href="https://a.org/">enllaç</a> &amp; més</p><ul><li>u</li><li>dos</li></ul>'
    blocks = [
        {"type": "heading", "value": " Títol "},
        {"type": "text", "value": text},
        {"type": "interview", "value": {"person": "Aina", "turns": [{"question": "Què?", "answer": "Això.\nI més"}]}},
        {"type": "claim", "value": {"text": "Sí", "source": "Diari", "url": "", "date": "2024-01-02"}},
    ]
    city = CityPage(
        original_language="ca", headline_ca="Olot", intro_ca="Dues\nlínies ", history_ca=text, country="ES",
        languages=["es", "ca"], latitude="42.18", longitude="2.49", body_ca=json.dumps(blocks),
        expire_at=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip
    CityIndexPage.objects.get().add_child(instance=city)
    city.contacts.add(CityContact(person=Person.objects.create(name="Aina")))
    city.save_revision().publish()
    ana = sit_down("ana", page=city)
    theirs = {
        "intro_ca": "Altres", "history_ca": "<p>Altra</p>", "country": "FR", "languages": ["fr"],
        "latitude": Decimal(1), "longitude": Decimal(2), "accent": "sky", "body_ca": json.dumps(blocks[:1]),
        "expire_at": None, "headline_ca": "Banyoles",
    }  # fmt: skip
    other = CityPage.objects.get(pk=city.pk)
    for name, value in theirs.items():
        setattr(other, name, value)
    other.contacts.add(CityContact(person=Person.objects.create(name="Jan")))
    other.save_revision()
    assert type_and_wait(ana, "de", "Olot auf Deutsch")["success"]
    now = draft(city)
    stored = {name: getattr(now, name) for name in theirs if name != "body_ca"}
    assert stored == {name: value for name, value in theirs.items() if name != "body_ca"}
    assert ([block.block_type for block in now.body_ca], now.headline_de) == (["heading"], "Olot auf Deutsch")
    assert sorted(row.person.name for row in now.contacts.all()) == ["Aina", "Jan"]
