"""Themes, persons and programmes in the admin."""

import pytest
from django.urls import reverse

from home.admin.snippets import translated_languages
from home.i18n.fields import content_languages
from home.models import FundingProgramme, Person, Theme

from .desk import bare, errors, filled, saved


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.fixture
def racism(editor):
    sent = filled(Theme, original_language="de", name_de="Rassismus", name_el="Ρατσισμός", colour="coral")
    saved(editor.post(url(Theme, "add"), sent))
    return Theme.objects.get()


def test_a_theme_is_created_in_its_original(racism):
    assert (racism.name_de, racism.name_el, racism.name_en) == ("Rassismus", "Ρατσισμός", None)
    assert (bare(racism, "name"), str(racism)) == ("Rassismus", "Rassismus")
    assert (racism.slug, racism.colour) == ("rassismus", "coral")


@pytest.mark.parametrize(("original", "field"), [("de", "name_de"), ("xx", "original_language")])
def test_the_original_is_needed_and_must_be_known(editor, original, field):
    sent = filled(Theme, original_language=original, name_en="Racism", colour="sun")
    assert list(errors(editor.post(url(Theme, "add"), sent))) == [field]


def test_a_second_theme_of_the_name_gets_a_number(editor, racism):
    saved(editor.post(url(Theme, "add"), filled(Theme, original_language="en", name_en="Rassismus", colour="sun")))
    assert set(Theme.objects.values_list("slug", flat=True)) == {"rassismus", "rassismus-2"}


def test_editing_keeps_what_was_not_sent(editor, racism, reads_admin_in):
    reads_admin_in("el")
    sent = filled(Theme, original_language="de", name_de="Alltagsrassismus", slug="rassismus", colour="coral")
    del sent["name_el"]
    saved(editor.post(url(Theme, "edit", racism.pk), sent))
    after = Theme.objects.get()
    assert (after.name_de, after.name_el, bare(after, "name")) == ("Alltagsrassismus", "Ρατσισμός", "Alltagsrassismus")


def test_the_list_says_what_is_translated(editor, racism):
    html = editor.get(url(Theme, "list")).content.decode()
    assert f"★ Deutsch · 2/{len(content_languages())}" in html
    assert translated_languages(racism) == f"★ Deutsch · 2/{len(content_languages())}"


def test_the_list_is_searched_in_all_languages(editor, racism):
    Theme.objects.create(slug="sexism", name_en="Sexism")
    html = editor.get(url(Theme, "list"), {"q": "Ρατσ"}).content.decode()
    assert ("Rassismus" in html, "Sexism" in html) == (True, False)


def test_a_person_has_a_role_in_each_language(editor, db):
    sent = filled(Person, original_language="ca", name="Aina Puig", role_ca="Coordinadora", email="aina@example.org")
    saved(editor.post(url(Person, "add"), sent))
    person = Person.objects.get()
    assert (person.name, person.email) == ("Aina Puig", "aina@example.org")
    assert (person.role_ca, person.role_de) == ("Coordinadora", None)


def test_a_programme_is_created(editor, db):
    facts = {"name_en": "Erasmus+", "statement": "eu", "requires_open_licence": "on"}
    sent = filled(FundingProgramme, original_language="en", **facts)
    saved(editor.post(url(FundingProgramme, "add"), sent))
    programme = FundingProgramme.objects.get()
    assert (programme.name_en, programme.requires_open_licence) == ("Erasmus+", True)


@pytest.mark.parametrize("model", [Theme, Person, FundingProgramme])
def test_every_view_opens(editor, model):
    thing = model.objects.create(name_en="Name") if model is not Person else Person.objects.create(name="Name")
    for address in ("list", "add"):
        assert editor.get(url(model, address)).status_code == 200
    for address in ("edit", "delete", "usage"):
        assert editor.get(url(model, address, thing.pk)).status_code == 200
