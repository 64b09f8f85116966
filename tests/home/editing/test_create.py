"""Creating pages: original and translations, drafts without anything, and addresses."""

import pytest
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from home.models import CityPage, ClipPage, NewsPage, StandardPage
from home.slugs import slug_from_text

from .desk import add_url, bare, create, edit, errors, filled


def test_original_and_translation_are_published(editor, city, clip, theme, project):
    texts = {"headline_ca": "Habitatge digne", "headline_de": "Würdig wohnen", "summary_ca": "Tothom té dret."}
    facts = {"clip": clip.pk, "themes": [theme.pk], "projects": [project.pk], "licence": "CC-BY-4.0", "age": "12"}
    page = create(editor, city, ClipPage, original_language="ca", **texts, **facts)
    assert page.live
    assert (page.title, page.draft_title, page.slug) == ("Habitatge digne", "Habitatge digne", "habitatge-digne")
    assert (page.headline_ca, page.headline_de, page.headline_en) == ("Habitatge digne", "Würdig wohnen", None)
    assert bare(page) == "Habitatge digne"
    assert (page.clip, list(page.themes.all()), list(page.projects.all())) == (clip, [theme], [project])


def test_rows_and_streams_are_kept_by_language(editor, city):
    turn = {"question": "Per què?", "answer": "Perquè sí."}
    turns = {"count": "1", "0": {"deleted": "", "order": "0", "type": "item", "value": turn, "id": ""}}
    quote = ("quote", {"text": "Res sobre nosaltres sense nosaltres", "by": "Aina"})
    body = [("heading", "Títol"), quote, ("interview", {"person": "Marc", "turns": turns})]
    sent = {
        "body_ca": streamfield(body),
        "body_de": streamfield([("text", rich_text("<p>Auf <b>Deutsch</b></p>"))]),
        "reposts": inline_formset([{"shown_on": "2021-09-17", "source": "Efus", "url": "https://example.org/"}]),
    }
    page = create(editor, city, ClipPage, original_language="ca", headline_ca="Etiquetes", **sent)
    assert [block.block_type for block in page.body_ca] == ["heading", "quote", "interview"]
    assert page.body_ca[1].value["by"] == "Aina"
    assert page.body_ca[2].value["turns"][0]["answer"] == "Perquè sí."
    assert page.body_de[0].value.source.startswith("<p")
    assert len(page.body_en) == 0
    assert [(row.source, str(row.shown_on)) for row in page.reposts.all()] == [("Efus", "2021-09-17")]


def test_only_the_original_is_needed_to_publish(editor, city):
    sent = filled(ClipPage, original_language="ca", headline_en="Only English")
    found = errors(editor.post(add_url(city, ClipPage), sent | {"action-publish": "1"}))
    assert found == {"headline_ca": ["This is the original language. It is required for publishing."]}


def test_a_draft_may_be_empty(editor, city):
    page = create(editor, city, ClipPage, action="save", original_language="ca")
    with translation.override("ca"):
        untitled = translation.gettext("Untitled")
    assert (page.live, page.headline_ca) == (False, None)
    assert (page.title, page.slug) == (untitled, slug_from_text(untitled, "ca"))


def test_a_draft_of_a_city_needs_no_country_but_publishing_does(editor, archive):
    draft = create(editor, archive.cities, CityPage, action="save", original_language="el", headline_el="Πέλλα")
    assert (draft.country, draft.slug) == ("", "pella")
    sent = filled(CityPage, original_language="el", headline_el="Πέλλα") | {"action-publish": "1"}
    assert errors(editor.post(add_url(archive.cities, CityPage), sent)) == {"country": ["This field is required."]}


@pytest.mark.parametrize(
    ("language", "headline", "slug"),
    [
        ("de", "Straßen für Übermütige", "strassen-fuer-uebermuetige"),
        ("fr", "L’école d’été", "l-ecole-d-ete"),
        ("el", "Ίσες ευκαιρίες", "ises-eykairies"),
        ("uk", "Сусіди", "susidi"),
        ("tr", "Işık", "isik"),
        ("ar", "سلام", "slm"),
    ],
)
def test_slugs_are_spelt_as_readers_of_the_language_do(language, headline, slug):
    assert slug_from_text(headline, language) == slug


def test_a_second_page_of_the_name_gets_a_number(editor, city):
    slugs = [create(editor, city, StandardPage, original_language="en", headline_en="Imprint").slug for _ in range(3)]
    assert slugs == ["imprint", "imprint-2", "imprint-3"]


def test_the_slug_follows_the_headline_until_published_or_chosen(editor, city):
    page = create(editor, city, StandardPage, action="save", original_language="en")
    page = edit(editor, page, action="save", original_language="en", headline_en="About us")
    assert page.slug == "about-us"
    page = edit(editor, page, original_language="en", headline_en="About us all")
    assert page.slug == "about-us-all"
    page = edit(editor, page, original_language="en", headline_en="Something else")
    assert page.slug == "about-us-all"
    page = create(editor, city, StandardPage, action="save", original_language="en", headline_en="About", slug="we")
    assert edit(editor, page, action="save", original_language="en", headline_en="More").slug == "we"


def test_a_new_page_begins_in_the_language_of_its_city(editor, city, archive):
    form = editor.get(add_url(city, NewsPage)).context["form"]
    assert form["original_language"].value() == "ca"
    assert editor.get(add_url(archive.cities, CityPage)).context["form"]["original_language"].value() == "en"
