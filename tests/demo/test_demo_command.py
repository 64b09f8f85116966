"""``demo`` and ``demo --remove``: complete, harmless to repeat, careful with what people have made their own."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page, Site

from demo.load.load import load_demo, remove_demo
from home.i18n.fields import completeness
from home.models import (
    CityPage,
    ClipPage,
    FundingProgramme,
    HomePage,
    NewsPage,
    Person,
    Picture,
    ProjectPage,
    StandardPage,
    StoryPage,
    Theme,
)

COUNTS = {
    CityPage: 21, ProjectPage: 2, ClipPage: 13, StoryPage: 2, NewsPage: 4, StandardPage: 3, Theme: 15, Person: 3,
    FundingProgramme: 2, Picture: 1,
}  # fmt: skip


def counts():
    return {model: model.objects.count() for model in COUNTS}


def test_the_command_says_what_was_added(demo):
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue().splitlines() == [
        "Demo added: 21 cities, 13 clips.",
        "The worker is rendering 13 videos. They appear one by one.",
    ]


def test_everything_is_there_once_however_often_it_is_loaded(demo):
    before = set(Page.objects.values_list("pk", "path"))
    assert counts() == COUNTS
    assert load_demo() == demo
    assert (counts(), set(Page.objects.values_list("pk", "path"))) == (COUNTS, before)


def test_every_text_is_complete_in_every_language(demo, settings):
    gaps = [
        f"{thing} {code}"
        for model in COUNTS
        if model is not Picture
        for thing in model.objects.all()
        for code in set(dict(settings.LANGUAGES)) - set(settings.TRANSLATION_PENDING)
        if len(set(completeness(thing, code))) != 1
    ]
    assert gaps == []


# Wagtail leaves the temporary files of its renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
def test_every_page_answers_in_some_language_and_the_start_page_in_all(demo, client, languages):
    site = Site.objects.get(is_default_site=True)
    pages = list(site.root_page.get_descendants(inclusive=True).live().specific())
    wanted = [(page, languages[number % len(languages)]) for number, page in enumerate(pages)]
    wanted += [(pages[0], code) for code in languages]
    broken = []
    for page, code in wanted:
        url = page.relative_url(site).split("/", 2)[2]
        answer = client.get(f"/{code}/{url}", headers={"host": "localhost"})
        if answer.status_code != 200:
            broken.append((code, url, answer.status_code))
    assert broken == []


def test_project_partners_and_dusseldorf_carry_what_they_should(demo):
    loud, bridge = ProjectPage.objects.get(acronym="LOUD"), ProjectPage.objects.get(acronym="BRIDGE")
    assert (loud.partners.count(), bridge.partners.count()) == (9, 13)
    city = CityPage.objects.get(slug="dusseldorf")
    assert [(contact.person.name, contact.person.email) for contact in city.contacts.all()] == [
        ("Demo contact", "office@example.org"),
        ("Demo contact", "youth@example.org"),
        ("Demo contact", "schools@example.org"),
    ]
    assert "1994" in city.history_ar


def test_removing_leaves_the_skeleton_alone(demo):
    gone = remove_demo()
    assert (gone.pages, gone.clips, gone.kept) == (45, 0, ())
    assert counts() == dict.fromkeys(COUNTS, 0)
    home = HomePage.objects.get()
    assert (home.notice_en, home.headline_en) == ("", "Which label is on you?")
    assert load_demo() == demo


def test_what_a_person_has_changed_stays(demo):
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    page = ClipPage.objects.get(demo_key="clip-eleven")
    page.save_revision(user=editor).publish()
    gone = remove_demo()
    assert set(gone.kept) == {page.title, "Rotterdam"}
    assert {city.slug for city in CityPage.objects.all()} == {"rotterdam"}
    assert {theme.slug for theme in Theme.objects.all()} == {"homophobia-transphobia", "hate-speech"}


def test_an_editors_words_survive_a_second_load(demo):
    city = CityPage.objects.get(slug="leuven")
    city.intro_nl = "Onze eigen woorden."
    city.save_revision().publish()
    load_demo()
    assert CityPage.objects.get(slug="leuven").intro_nl == "Onze eigen woorden."


def test_another_banner_is_left_alone(demo):
    home = HomePage.objects.get()
    home.notice_en = "Closed on Monday."
    for code in ("de", "fr"):
        setattr(home, f"notice_{code}", "")
    home.save_revision().publish()
    remove_demo()
    assert HomePage.objects.get().notice_en == "Closed on Monday."
