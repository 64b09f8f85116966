"""What the editor shows: tabs by need, completeness, the original beside a translation, directions, warnings."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.test.utils.form_data import rich_text, streamfield

from home.i18n.fields import content_languages
from home.models import CityPage, ClipPage, Licence, NewsPage, ProjectPage, StandardPage, Theme
from home.models.licences import clip_page_warnings
from tests import sampling

from .desk import add_url, create, edit, edit_url, errors, filled


def soup(client, url) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def tabs(page: BeautifulSoup, waiting: bool) -> list[str]:
    """Headings of the tabs in the row, or of those behind the control."""
    found = page.select("[role=tablist] [role=tab]")
    chosen = [tab for tab in found if ("language-tabs__waiting" in tab["class"]) == waiting]
    return [re.sub(r"\s+", " ", tab.contents[0]).strip() for tab in chosen]


@pytest.fixture
def page(editor, city):
    body = streamfield([("heading", "Títol"), ("text", rich_text("<p>Primer <b>cos</b></p><p>Segon</p>"))])
    catalan = {"headline_ca": "Habitatge digne", "summary_ca": "Tothom.", "credits_ca": "Nosaltres", "body_ca": body}
    others = {"headline_ar": "سكن", "headline_de": "Wohnen", "summary_de": "Alle."}
    return create(editor, city, ClipPage, original_language="ca", **catalan, **others)


def test_a_new_page_shows_few_tabs(editor, city):
    form = soup(editor, add_url(city, ClipPage))
    assert tabs(form, waiting=False) == ["Clip", "★ Català", "English", "Deutsch", "Address and publishing"]
    assert len(tabs(form, waiting=True)) == len(content_languages()) - 3


def test_tabs_begin_with_original_own_language_and_those_with_text(editor, page, reads_admin_in):
    reads_admin_in("fr")
    form = soup(editor, edit_url(page))
    assert tabs(form, waiting=False)[1:-1] == ["★ Català 4/4", "Français 0/4", "Deutsch 2/4", "العربية 1/4"]
    waiting = len(content_languages()) - 4
    assert (len(tabs(form, waiting=True)), form.select_one("[data-language-more-count]").text) == (
        waiting,
        str(waiting),
    )


def test_the_original_stands_beside_a_translation(editor, page):
    form = soup(editor, edit_url(page))
    tab = form.select_one("#tab-language_de")
    originals = tab.select(".original-text__content")
    assert {(text["lang"], text["dir"]) for text in originals} == {("ca", "ltr")}
    shown = ["Habitatge digne", "Tothom.", "Títol\nPrimer cos Segon", "Nosaltres"]
    assert [text.text for text in originals] == shown
    assert form.select("#tab-language_ca .original-text") == []


def test_inputs_have_their_direction_and_the_original_headline_is_marked_as_needed(editor, page, city):
    form = soup(editor, edit_url(page))
    for code, direction in (("ar", "rtl"), ("de", "ltr")):
        around = form.select(f"#tab-language_{code} .in-language")
        assert {(box["lang"], box["dir"]) for box in around} == {(code, direction)}
        assert len(around) == len(ClipPage.translated_fields)
    marked = [tab["id"] for tab in form.select("[id^=tab-language_]") if tab.select("[data-panel-required]")]
    assert marked == ["tab-language_ca"]
    draftail = soup(editor, edit_url(city)).select_one("#tab-language_ar [data-draftail-input]")
    assert draftail.find_parent(class_="in-language")["dir"] == "rtl"


def test_languages_are_chosen_not_typed(editor, city):
    form = soup(editor, edit_url(city))
    assert form.select_one("select[name=original_language] option[selected]")["value"] == "ca"
    ticked = [box["value"] for box in form.select("input[type=checkbox][name=languages][checked]")]
    assert ticked == ["es", "ca"]
    assert form.select_one("select[name=country] option[selected]").text == "Spain"


def test_themes_are_named_in_the_language_of_the_admin(editor, city, theme, reads_admin_in):
    reads_admin_in("de")
    form = soup(editor, add_url(city, ClipPage))
    assert [label.text.strip() for label in form.select("#id_themes label")] == ["Rassismus"]


def test_closed_licences_are_warned_of_and_open_ones_are_not(editor, city, project):
    sent = {"headline_ca": "U", "projects": [project.pk], "licence": "ARR"}
    page = create(editor, city, ClipPage, original_language="ca", **sent)
    html = editor.get(reverse("wagtailadmin_explore", args=[city.pk])).content.decode()
    assert "doesn’t allow adaptations" in html
    shown = soup(editor, edit_url(page)).select_one(".help-warning").text.strip()
    assert shown.endswith(
        "“All rights reserved” doesn’t allow adaptations. Erasmus+, which funds Local leaders, requires a licence that "
        "does. Choose an open licence, or ask the rights holders."
    )
    shown = soup(editor, edit_url(project)).select_one(".help-warning").text.strip()
    assert shown.endswith("The licence of “U” doesn’t allow adaptations, but Erasmus+ requires open licences.")
    page = edit(editor, page, original_language="ca", **sent | {"licence": "CC-BY-SA-4.0"})
    assert soup(editor, edit_url(page)).select(".help-warning") == []
    for page.licence in set(Licence) - {Licence.ALL_RIGHTS}:
        assert clip_page_warnings(page) == []


def test_what_cannot_be_is_refused(editor, archive):
    wrong = {"country": "ZZ", "languages": ["xx"], "latitude": "91", "slug": "a b", "original_language": "xx"}
    sent = filled(CityPage, headline_en="Somewhere", accent="sky", **wrong) | {"action-publish": "1"}
    assert set(errors(editor.post(add_url(archive.cities, CityPage), sent))) == set(wrong)


def test_a_project_refuses_a_link_that_is_none_and_an_end_before_the_start(editor, project):
    sent = filled(ProjectPage, original_language="en", headline_en="Local leaders", period_note="month", slug="x")
    sent["action-publish"] = "1"
    link, dates = {"website": "javascript:alert(1)"}, {"starts_on": "2021-06-30", "ends_on": "2019-01-01"}
    assert list(errors(editor.post(edit_url(project), sent | link))) == ["website"]
    found = errors(editor.post(edit_url(project), sent | dates))
    assert found == {"ends_on": ["The end date is before the start date."]}


@pytest.mark.parametrize("code", sampling.languages(dict(settings.LANGUAGES)))
def test_the_admin_speaks_every_interface_language(editor, city, reads_admin_in, code):
    reads_admin_in(code)
    html = soup(editor, add_url(city, NewsPage)).html
    assert (html["lang"], html["dir"]) == (code, "rtl" if code == "ar" else "ltr")


@pytest.mark.parametrize("model", [CityPage, ClipPage, StandardPage, Theme])
def test_no_language_is_left_out_of_the_tabs(model):
    fields = set(get_edit_handler(model).get_form_class().base_fields)
    assert fields.isdisjoint({*model.translated_fields, "title"})
    assert fields >= {f"{name}_{code}" for name in model.translated_fields for code in content_languages()}
