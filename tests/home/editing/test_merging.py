"""Two people save one page: each keeps what they changed, and where both changed the same both versions are shown."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.access.roles import sync_city_roles
from home.models import ClipPage, FundingProgramme, Theme
from tests.sampling import sampled

from .desk import edit_url, filled

JSON = {"HTTP_ACCEPT": "application/json"}


class OpenForm:
    """A form as one person's browser has it: what was loaded, what was typed, and what saving told it."""

    def __init__(self, name: str, address: str) -> None:
        people = get_user_model().objects
        user = people.filter(username=name).first()
        self.client, self.address = Client(), address
        self.client.force_login(user or people.create_superuser(name, f"{name}@example.org", "secret", first_name=name))
        self.load(self.client.get(address))

    def load(self, response: HttpResponse) -> None:
        """Take over every input with its value, as a browser does; blocks are left out until they are typed."""
        assert response.status_code in (200, 409)
        self.html = BeautifulSoup(response.content, "html.parser")
        self.sent: dict[str, Any] = {}
        for field in self.html.select("form[data-edit-form] :is(input, textarea, select)[name]"):
            if field.name == "select":
                chosen = field.select_one("option[selected]")
                self.sent[field["name"]] = chosen["value"] if chosen else ""
            elif field.get("type") in ("checkbox", "radio"):
                if field.has_attr("checked"):
                    self.sent.setdefault(field["name"], []).append(field.get("value", "on"))
            elif field.find_parent("template") is None:
                self.sent[field["name"]] = (
                    field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
                )

    def autosave(self, **typed: Any) -> dict[str, Any]:
        self.sent |= typed
        answer = self.client.post(self.address, self.sent, **JSON).json()
        if answer["success"]:
            self.sent |= answer["field_updates"] | {"overwrite_revision_id": str(answer["revision_id"])}
        return answer

    def save(self, action: str = "", **typed: Any) -> HttpResponse:
        self.sent |= typed
        button = {f"action-{action}": "1"} if action else {}
        response = self.client.post(self.address, self.sent | button)
        if response.status_code != 302:
            self.load(response)
        return response

    def versions(self) -> list[tuple[str, ...]]:
        """Label, and both versions, of each conflict that is shown."""
        shown = []
        for field in self.html.select(".conflict"):
            texts = [text.text for text in field.select(".conflict__text")]
            shown.append((" ".join(field.legend.text.split()), *texts))
        return shown

    def choose(self, side: str) -> dict[str, str]:
        radios = self.html.select(f".conflict input[type=radio][value^='{side}:']")
        return {radio["name"]: radio["value"] for radio in radios}


@pytest.fixture
def two(page):
    return OpenForm("ana", edit_url(page)), OpenForm("bea", edit_url(page))


def draft(page: ClipPage) -> ClipPage:
    return ClipPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_two_languages_at_once_in_the_background(two, page):
    ana, bea = two
    before = page.revisions.count()
    assert ana.autosave(headline_de="Neu")["success"]
    assert bea.autosave(headline_fr="Nouveau")["success"]
    assert ana.autosave(headline_de="Ganz neu")["success"]
    assert bea.autosave(headline_fr="Tout nouveau")["success"]
    assert ana.autosave(summary_de="Kurz")["success"]
    now = draft(page)
    assert (now.headline_de, now.headline_fr, now.summary_de) == ("Ganz neu", "Tout nouveau", "Kurz")
    assert page.revisions.count() == before + 2
    assert bea.save("publish").status_code == 302
    live = ClipPage.objects.get(pk=page.pk)
    assert (live.headline_de, live.headline_fr, live.summary_de) == ("Ganz neu", "Tout nouveau", "Kurz")


@pytest.mark.parametrize("action", sampled(["", "publish", "submit"], "publish".__eq__, "every way of saving"))
def test_every_way_of_saving_keeps_what_others_saved_and_says_so(two, page, action):
    ana, bea = two
    assert bea.save(headline_fr="Nouveau", licence="CC-BY-4.0").status_code == 302
    response = ana.save(action, headline_de="Neu", age="12")
    assert response.status_code == 302
    now = draft(page)
    assert (now.headline_de, now.headline_fr, now.licence, now.age) == ("Neu", "Nouveau", "CC-BY-4.0", 12)
    told = [str(message) for message in ana.client.get(edit_url(page)).context["messages"]]
    assert told[1].strip() == "Others changed this meanwhile, and it was kept: Licence and Headline (Français)"


@pytest.mark.parametrize(("side", "expected"), [("mine", "Meins"), ("theirs", "Ihres")])
def test_the_same_text_is_shown_in_both_versions_and_one_is_chosen(two, page, side, expected):
    ana, bea = two
    bea.save(headline_de="Ihres", headline_fr="Leur")
    answer = ana.autosave(headline_de="Meins")
    assert (answer["success"], answer["error_code"]) == (False, "validation_error")
    assert answer["error_message"] == "bea changed “Headline”, too. Save to compare both versions."
    assert draft(page).headline_de == "Ihres"
    ana.save(summary_de="Kurz")
    assert ana.versions() == [("Headline (Deutsch)", "Meins", "Ihres")]
    assert "Version by bea" in ana.html.select_one(".conflicts").text
    assert (ana.sent["headline_de"], ana.sent["headline_fr"], ana.sent["summary_de"]) == ("Meins", "Leur", "Kurz")
    ana.save()
    assert ana.versions() == [("Headline (Deutsch)", "Meins", "Ihres")]
    choice = ana.choose(side)
    assert not ana.autosave(**choice)["success"]
    assert ana.save(**choice).status_code == 302
    now = draft(page)
    assert (now.headline_de, now.headline_fr, now.summary_de) == (expected, "Leur", "Kurz")


def test_a_choice_counts_against_the_version_that_was_seen(two, page):
    ana, bea = two
    bea.save(headline_de="Ihres")
    ana.save(headline_de="Meins")
    choice = ana.choose("mine")
    OpenForm("bea", edit_url(page)).save(headline_de="Noch anders")
    ana.save(**choice)
    assert ana.versions() == [("Headline (Deutsch)", "Meins", "Noch anders")]
    assert draft(page).headline_de == "Noch anders"
    assert ana.save(**ana.choose("mine"), headline_de="Unser").status_code == 302
    assert draft(page).headline_de == "Unser"


def test_the_same_words_are_no_conflict_and_what_was_typed_after_a_merge_is(two, page):
    ana, bea = two
    bea.save(headline_de="Gleich", headline_fr="Leur")
    assert ana.autosave(headline_de="Gleich")["success"]
    assert not ana.autosave(headline_fr="Mien")["success"]
    ana.save()
    assert ana.versions() == [("Headline (Français)", "Mien", "Leur")]


def test_bodies_of_one_language_are_one_unit(two, page):
    ana, bea = two
    body = streamfield([("text", rich_text("<p>Anders</p>"))])
    bea.save(**nested_form_data({"body_de": body}))
    assert str(draft(page).body_de).count("Anders") == 1
    mine = nested_form_data({"body_de": streamfield([("text", rich_text("<p>Körper</p>"))])})
    assert ana.autosave(**mine)["success"]  # as it was loaded
    assert str(draft(page).body_de).count("Anders") == 1
    ana.save(**nested_form_data({"body_de": streamfield([("heading", "Titel")])}))
    assert ana.versions() == [("Story behind the clip (Deutsch)", "Titel", "Anders")]


@pytest.mark.parametrize("what", sampled(["unpublished", "moved"], "unpublished".__eq__, "every way of saving"))
def test_a_page_that_was_unpublished_or_moved_is_published_by_a_second_press(two, page, other_city, what):
    ana, _bea = two
    if what == "moved":
        page.move(other_city, pos="last-child")
    else:
        page.unpublish(user=None)
    assert ana.save("publish", headline_de="Neu").status_code == 200
    assert "moved or unpublished while you were editing" in ana.html.text
    assert (ana.sent["headline_de"], ClipPage.objects.get(pk=page.pk).headline_de) == ("Neu", "Eins")
    assert ana.save("publish").status_code == 302
    assert ClipPage.objects.get(pk=page.pk).headline_de == "Neu"


def test_a_deleted_page_gives_the_text_back(two, page):
    ana, _bea = two
    Page.objects.get(pk=page.pk).delete()
    answer = ana.autosave(headline_de="Lang und klug")
    assert answer["error_message"] == "This was deleted while you were editing it."
    response = ana.save(headline_de="Lang und klug")
    assert (response.status_code, "Lang und klug" in response.content.decode()) == (409, True)


def test_who_may_no_longer_edit_gets_the_text_back(two, page, other_city):
    ana, _bea = two
    user = get_user_model().objects.get(username="ana")
    user.is_superuser = False
    user.save()
    user.groups.add(sync_city_roles(other_city)["editor"])
    assert ana.autosave(headline_de="Neu")["error_message"] == "You may no longer change this."
    response = ana.save(headline_de="Lang und klug")
    assert (response.status_code, "Lang und klug" in response.content.decode()) == (409, True)
    assert draft(page).headline_de == "Eins"


def test_an_old_version_does_not_replace_what_others_saved_since(editor, two, page):
    _ana, bea = two
    first = page.revisions.order_by("pk").first()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    revert = OpenForm("ana", address)
    bea.save(headline_fr="Nouveau")
    assert revert.save().status_code == 200
    assert draft(page).headline_fr == "Nouveau"
    assert revert.save().status_code == 302
    assert draft(page).headline_fr is None


@pytest.mark.parametrize("model", [Theme, FundingProgramme])
def test_snippets_are_merged_alike(db, model):
    values = {"slug": "t"} if model is Theme else {}
    thing = model.objects.create(original_language="ca", name_ca="Tema", name_de="Thema", **values)
    address = reverse(model.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    ana, bea = OpenForm("ana", address), OpenForm("bea", address)
    assert bea.save(name_fr="Thème", name_de="Ihres").status_code == 302
    ana.save(name_el="Θέμα", name_de="Meins")
    assert ana.versions() == [("Name (Deutsch)", "Meins", "Ihres")]
    assert ana.save(**ana.choose("theirs")).status_code == 302
    thing.refresh_from_db()
    assert (thing.name_ca, thing.name_fr, thing.name_el, thing.name_de) == ("Tema", "Thème", "Θέμα", "Ihres")
    thing.delete()
    response = ana.save(name_de="Verloren")
    assert (response.status_code, "Verloren" in response.content.decode()) == (409, True)


def test_scripts_that_send_no_state_mean_what_they_send(editor, page):
    sent = filled(ClipPage, slug=page.slug, original_language="ca", headline_ca="U", headline_de="Zwei")
    assert editor.post(edit_url(page), sent).status_code == 302
    assert draft(page).headline_de == "Zwei"
