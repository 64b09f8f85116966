"""The editor asks the database as often for three things as for one; lists load few columns."""

import pytest
from django.urls import reverse

from home.i18n.fields import localized_text
from home.models import CityContact, CityPage, Person, Theme
from tests.home import archive as building
from tests.home.archive import queries_of

from .desk import edit_url

pytestmark = pytest.mark.postgres


def test_the_editor_of_a_clip_page_and_the_list_of_themes(editor, archive, page, project, theme):
    urls = [edit_url(page), reverse("wagtailsnippets_home_theme:list")]
    for url in urls:
        editor.get(url)
    one = [queries_of(editor, url) for url in urls]
    for number in range(2):
        building.theme(f"Theme {number}")
        archive.project(f"Project {number}", programme=project.programme, history=False)
    assert [queries_of(editor, url) for url in urls] == one
    assert one[0] <= 45


def test_the_editor_of_a_city_costs_the_same_per_contact(editor, city):
    editor.get(edit_url(city))
    counts = []
    for number in range(3):
        CityContact.objects.create(page=city, person=Person.objects.create(name=f"Person {number}"))
        counts.append(queries_of(editor, edit_url(city)))
    assert counts[2] - counts[1] == counts[1] - counts[0] <= 1


def test_reading_lists_loads_what_a_reader_can_be_shown(city, other_city, django_assert_num_queries):
    with django_assert_num_queries(1):
        pages = list(CityPage.objects.for_reading("de", "headline", "intro").order_by("pk"))
        headlines = [localized_text(page, "headline", "de") for page in pages]
        empty = [localized_text(page, "intro", "de").missing for page in pages]
    assert [(str(text), text.lang) for text in headlines] == [("L'Hospitalet", "ca"), ("Leuven", "nl")]
    assert empty == [True, True]
    loaded = {name for name in pages[0].__dict__ if name.startswith(("headline", "intro", "history", "body"))}
    assert loaded == {"headline", "headline_de", "headline_en", "intro", "intro_de", "intro_en"}


def test_reading_knows_relatives_and_refuses_what_is_not_translated(city, django_assert_num_queries):
    city.headline_es = "Hospitalet"
    city.original_language = "pl"
    city.save()
    with django_assert_num_queries(1):
        page = CityPage.objects.for_reading("ca", "headline").get()
        assert localized_text(page, "headline", "ca").lang == "ca"
    loaded = {name for name in page.__dict__ if name.startswith("headline")}
    assert loaded == {"headline", "headline_ca", "headline_es", "headline_en"}
    with pytest.raises(ValueError, match="CityPage does not translate country"):
        CityPage.objects.for_reading("de", "country")


def test_update_refuses_to_leave_the_bare_column_behind(theme):
    for name in ("name", "name_de"):
        with pytest.raises(ValueError, match=f"Save the object to change {name}:"):
            Theme.objects.filter(pk=theme.pk).update(**{name: "x"})
    assert Theme.objects.filter(pk=theme.pk).update(colour="sky") == 1
