"""Choosers and forms name no page that the person may not see: drafts of others, and what stands below them."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.access.roles import sync_city_roles
from home.models import ClipPage, ProjectPage, StoryPage
from media_pipeline import api
from tests.home.archive import new_clip, person_in

from .desk import add_url, edit, edit_url, filled

pytestmark = pytest.mark.postgres


@pytest.fixture
def places(archive):
    """An own city with a draft; another with a page, a draft, a locked page and a page whose new title is a draft."""
    own, other = archive.city("Ownplace"), archive.city("Otherplace")
    for city, name in ((own, "Own"), (other, "Other")):
        archive.story(city, f"{name}shown")
        archive.story(city, f"{name}draft", live=False)
        api.withdraw_clip(archive.clip_page(city, new_clip(), headline=f"{name}withdrawn").clip)
    locked = archive.story(other, "Otherlocked")
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    renamed = archive.story(other, "Oldtitle")
    renamed.headline_en = "Newtitle"
    renamed.save_revision()
    archive.city("Draftplace", live=False)
    return own, other


@pytest.fixture
def editor(client, places):
    client.force_login(person_in(sync_city_roles(places[0])["editor"]))
    return client


TITLES = (
    "Ownplace", "Ownshown", "Owndraft", "Otherplace", "Othershown", "Otherdraft", "Otherlocked", "Oldtitle", "Newtitle",
    "Draftplace", "Ownwithdrawn", "Otherwithdrawn",
)  # fmt: skip


def named(client, url: str, **query: str) -> set[str]:
    response = client.get(url, query)
    assert response.status_code == 200
    text = response.json()["html"]
    return {title for title in TITLES if title in text}


def found_by(client, text: str) -> set[str]:
    page = client.get(reverse("wagtailadmin_choose_page_search"), {"q": text, "page_type": "home.StoryPage"})
    return {title for title in TITLES if title in page.content.decode()}


def test_lists_of_choosers(editor, archive, places):
    own, other = places

    def below(page, **query: str) -> set[str]:
        return named(editor, reverse("wagtailadmin_choose_page_child", args=[page.pk]), **query)

    assert below(archive.cities) == {"Ownplace", "Otherplace"}
    assert below(own) == {"Ownplace", "Ownshown", "Owndraft", "Ownwithdrawn"}
    # An editor is signed in, which is all the locked page asks for.
    assert below(other) == {"Otherplace", "Othershown", "Otherlocked", "Oldtitle"}
    assert below(other, page_type="home.StoryPage") == below(other)


def test_search_of_choosers(editor, places):
    call_command("rebuild_modelsearch_index", verbosity=0, stdout=io.StringIO())  # which tests write nowhere else
    found = {text: found_by(editor, text) for text in ("Other", "Own", "Oldt")}
    parents = {"Ownplace", "Otherplace"}  # a row says where its page stands
    assert {text: titles - parents for text, titles in found.items()} == {
        "Other": {"Othershown", "Otherlocked"},
        "Own": {"Ownshown", "Owndraft"},
        "Oldt": {"Oldtitle"},
    }


def test_a_page_is_not_named_by_its_number(editor, places):
    draft, shown = (StoryPage.objects.get(title=title).pk for title in ("Otherdraft", "Othershown"))
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    refused = reverse("wagtailadmin_home")
    assert editor.get(reverse("wagtailadmin_choose_page_child", args=[draft]))["Location"] == refused
    assert editor.get(chosen, {"id": [draft, shown]})["Location"] == refused
    assert editor.get(chosen, {"id": shown}).json()["result"][0]["adminTitle"] == "Othershown"


def test_forms_offer_no_hidden_project(editor, archive, places):
    own, _other = places
    shown, draft = archive.project("SHOWN"), archive.project("SECRET", live=False)
    page = archive.clip_page(own, projects=[shown])
    for url in (add_url(own, ClipPage), add_url(own, StoryPage), edit_url(page)):
        text = editor.get(url).content.decode()
        assert (url, "SHOWN" in text, "SECRET" in text) == (url, True, False)
    sent = filled(ClipPage, original_language="en", headline_en="Clip", projects=[shown.pk, draft.pk])
    answer = editor.post(edit_url(page), {**sent, "action-publish": "yes"})
    assert list(answer.context["form"].errors) == ["projects"]
    assert "SECRET" not in answer.content.decode()


def test_a_hidden_project_that_is_chosen_stays_without_its_name(editor, archive, places):
    shown, draft = archive.project("SHOWN"), archive.project("SECRET", live=False)
    page = archive.clip_page(places[0], projects=[shown, draft])
    text = editor.get(edit_url(page)).content.decode()
    assert ("A page you can’t see" in text, "SECRET" in text) == (True, False)
    after = edit(editor, page, original_language="en", headline_en="Another", projects=[shown.pk, draft.pk])
    assert (after.headline_en, set(after.projects.all())) == ("Another", {shown, ProjectPage.objects.get(pk=draft.pk)})
