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


@pytest.mark.parametrize(
    ("model", "sent", "kept"),
    [
        (
            Theme,
            {"name_ca": "Racisme", "name_el": "Ρατσισμός", "colour": "coral"},
            {"name_en": None, "slug": "racisme"},
        ),
        (Person, {"name": "Aina Puig", "role_ca": "Coordinadora", "email": "aina@example.org"}, {"role_de": None}),
        (FundingProgramme, {"name_ca": "Erasmus+", "requires_open_licence": "on"}, {"requires_open_licence": True}),
    ],
)
def test_each_snippet_is_created_in_its_original_and_every_view_opens(editor, model, sent, kept):
    saved(editor.post(url(model, "add"), filled(model, original_language="ca", **sent)))
    made = model.objects.get()
    expected = {**sent, **kept}
    assert {name: getattr(made, name) for name in expected} == expected
    views = [("list",), ("add",), ("edit", made.pk), ("delete", made.pk), ("usage", made.pk)]
    assert [editor.get(url(model, *view)).status_code for view in views] == [200] * len(views)


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


def test_the_list_says_what_is_translated_and_is_searched_in_all_languages(editor, racism):
    Theme.objects.create(slug="sexism", name_en="Sexism")
    html = editor.get(url(Theme, "list"), {"q": "Ρατσ"}).content.decode()
    assert ("Rassismus" in html, "Sexism" in html) == (True, False)
    assert f"★ Deutsch · 2/{len(content_languages())}" in html
    assert translated_languages(racism) == f"★ Deutsch · 2/{len(content_languages())}"
