"""Translators change the texts of their languages everywhere, and nothing else, whatever their browser sends."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.access.roles import sync_archive_role, sync_city_roles, sync_roles
from home.i18n.editor_languages import translator_languages, working_languages, writable_languages
from home.i18n.fields import content_languages
from home.models import ArchiveRole, CityContact, ClipPage, NewsDocument, NewsPage, Person, StandardPage, Theme
from tests.home.archive import person_in

from .desk import add_url, bare, edit, edit_url, filled, saved

ROLE = ArchiveRole.Role.TRANSLATOR


def translators(*languages: str) -> list[Group]:
    return [sync_archive_role(ROLE, language) for language in languages]


@pytest.fixture
def uli(client, archive):
    """Somebody who translates into German, signed in."""
    user = person_in(*translators("de"), name="uli")
    client.force_login(user)
    return user


@pytest.fixture
def imprint(city):
    page = StandardPage(original_language="ca", headline_ca="U", headline_fr="Un", slug="u", footer=True)
    return city.add_child(instance=page)


def draft(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_each_content_language_has_its_group_with_its_rights(db):
    sync_roles()
    roles = ArchiveRole.objects.filter(role=ROLE)
    assert sorted(roles.values_list("language", flat=True)) == sorted(content_languages())
    group = roles.get(language="de").group
    assert group.name == "Archive: translators, Deutsch"
    assert list(group.page_permissions.values_list("permission__codename", "page__depth")) == [("change_page", 1)]


def test_who_writes_what(city, imprint):
    de_fr = person_in(*translators("fr", "de"), name="defr")
    assert (translator_languages(de_fr), working_languages(de_fr)) == (["de", "fr"], ["de", "fr"])
    assert writable_languages(de_fr, imprint) == ["de", "fr"]
    both = person_in(*translators("de"), sync_city_roles(city)["editor"], name="both")
    assert writable_languages(both, imprint) is None
    assert writable_languages(both, city.get_parent().specific) == ["de"]
    root = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    root.groups.set(translators("de"))
    assert (writable_languages(root, imprint), writable_languages(None, imprint)) == (None, None)


def test_a_translator_sees_the_original_and_saves_a_draft_in_one_language_alone(client, uli, imprint):
    response = client.get(edit_url(imprint))
    assert sorted(response.context["form"].fields) == ["body_de", "headline_de", "loaded_state"]
    html = response.content.decode()
    assert '<p class="original-text__content" lang="ca" dir="ltr">U</p>' in html
    tabs = ["language_de" in html, "language_fr" in html, 'name="slug"' in html, "go_live_at" in html]
    assert tabs == [True, False, False, False]
    forged = {
        "headline_de": "Eins", "headline_ca": "Gehackt", "headline_fr": "", "original_language": "de",
        "slug": "gehackt", "go_live_at": "2030-01-01 00:00",
    }  # fmt: skip
    saved(client.post(edit_url(imprint), filled(StandardPage, **forged) | {"action-publish": "1"}))
    now, after = StandardPage.objects.get(pk=imprint.pk), draft(imprint)
    assert (now.headline_de, after.headline_de) == (None, "Eins")
    assert (after.headline_ca, after.headline_fr, after.slug, after.footer) == ("U", "Un", "u", True)
    assert (after.original_language, after.go_live_at, bare(now)) == ("ca", None, "U")


def test_where_another_group_gives_more_a_translator_has_more(client, city, imprint):
    client.force_login(person_in(*translators("de"), sync_city_roles(city)["editor"]))
    after = edit(client, imprint, original_language="ca", headline_ca="Dos", headline_de="Zwei", headline_fr="Deux")
    assert (after.headline_ca, after.headline_de, after.headline_fr) == ("Dos", "Zwei", "Deux")


def test_a_translator_does_nothing_else_to_a_page(client, uli, city, other_city, imprint):
    imprint.unpublish()
    uli.groups.add(sync_city_roles(other_city)["editor"])
    actions = {
        "move": reverse("wagtailadmin_pages:move_confirm", args=[imprint.pk, other_city.pk]),
        "delete": reverse("wagtailadmin_pages:delete", args=[imprint.pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[imprint.pk]),
        "lock": reverse("wagtailadmin_pages:lock", args=[imprint.pk]),
        "privacy": reverse("wagtailadmin_pages:set_privacy", args=[imprint.pk]),
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[imprint.pk]),
        "bulk": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={imprint.pk}",
        "add": add_url(city, StandardPage),
    }
    before = (imprint.url_path, Page.objects.count())
    copy = {"new_title": "X", "new_slug": "x", "new_parent_page": str(other_city.pk)}
    for address in actions.values():
        client.post(address, copy)
    now = Page.objects.get(pk=imprint.pk)
    assert (now.url_path, Page.objects.count(), now.locked, now.live) == (*before, False, False)
    assert not now.view_restrictions.exists()
    may = now.permissions_for_user(uli)
    assert [may.can_edit(), may.can_copy(), may.can_move(), may.can_delete(), may.can_publish()] == [True] + [False] * 4
    assert page_permission_policy.explorable_instances(uli).filter(pk=imprint.pk).exists()


def test_a_translator_reverts_no_page(client, uli, imprint):
    first = imprint.save_revision()
    imprint.headline_fr = "Deux"
    imprint.save_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[imprint.pk, first.pk])
    assert client.get(address).status_code == 302
    assert client.post(address, filled(StandardPage, headline_de="Eins")).status_code == 409
    programs = reverse("wagtailadmin_api:pages:action", args=[imprint.pk, "revert_to_page_revision"])
    assert client.post(programs, {"revision_id": first.pk}).status_code == 404
    assert draft(imprint).headline_fr == "Deux"


def test_links_of_documents_are_translated_and_no_row_is_added_moved_or_removed(client, uli, city):
    file = get_document_model().objects.create(title="Paper", file="paper.pdf")
    page = city.add_child(instance=NewsPage(original_language="ca", headline_ca="U"))
    rows = [NewsDocument(document=file, label_ca=text, sort_order=n) for n, text in enumerate(("Primer", "Segon"))]
    page.documents.set(rows)
    page.save()
    response = client.get(edit_url(page))
    row = response.context["form"].formsets["documents"].forms[0]
    assert {"label_de"} == {name for name in row.fields if name.startswith(("label", "document"))}
    keys = list(page.documents.values_list("pk", flat=True))
    sent = filled(NewsPage, headline_de="Eins") | {
        "documents-TOTAL_FORMS": "3", "documents-INITIAL_FORMS": "2",
        "documents-0-id": str(keys[0]), "documents-0-ORDER": "2", "documents-0-label_de": "Erstes",
        "documents-0-label_ca": "Gehackt", "documents-0-DELETE": "1", "documents-0-document": "",
        "documents-1-id": str(keys[1]), "documents-1-ORDER": "1", "documents-1-label_de": "",
        "documents-2-id": "", "documents-2-label_de": "Neu", "documents-2-document": str(file.pk),
    }  # fmt: skip
    saved(client.post(edit_url(page), sent))
    after = draft(page)
    assert [(row.pk, row.label_ca, row.label_de) for row in after.documents.all()] == [
        (keys[0], "Primer", "Erstes"),
        (keys[1], "Segon", None),
    ]


def test_panels_without_texts_are_hidden_from_a_translator_and_stay_as_they_are(client, uli, city):
    person = Person.objects.create(name="Aina")
    CityContact.objects.create(page=city, person=person)
    html = client.get(edit_url(city)).content.decode()
    assert "contacts-TOTAL_FORMS" not in html
    forged = {"contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0"}
    saved(client.post(edit_url(city), {"headline_de": "Stadt"} | forged))
    after = draft(city)
    assert (after.headline_de, [row.person for row in after.contacts.all()]) == ("Stadt", [person])


@pytest.mark.parametrize(
    ("model", "stored", "sent", "expected"),
    [
        (Theme, {"name_ca": "Racisme", "slug": "racisme"}, {"name_de": "Rassismus", "slug": "x"}, {"slug": "racisme"}),
        (Person, {"name": "Aina", "role_ca": "Guia"}, {"name": "X", "role_de": "Leitung"}, {"name": "Aina"}),
    ],
)
def test_snippets_are_translated_alike(client, uli, other_city, model, stored, sent, expected):
    thing = model.objects.create(original_language="ca", **stored)
    if model is Person:
        CityContact.objects.create(page=other_city, person=thing)
    address = reverse(model.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    assert client.get(address).status_code == 200
    saved(client.post(address, filled(model, **sent, original_language="de")))
    thing.refresh_from_db()
    text = {name: value for name, value in sent.items() if name.endswith("_de")}
    want = {**stored, **text, **expected, "original_language": "ca"}
    assert {name: getattr(thing, name) for name in want} == want
    delete = reverse(model.snippet_viewset.get_url_name("delete"), args=[thing.pk])
    client.post(delete)
    assert model.objects.filter(pk=thing.pk).exists()


def test_the_page_of_a_clip_keeps_its_clip(client, uli, page, clip):
    ClipPage.objects.filter(pk=page.pk).update(clip=clip)
    page = ClipPage.objects.get(pk=page.pk)
    page.save_revision()
    saved(client.post(edit_url(page), {"headline_de": "Neu"}))
    assert (draft(page).clip_id, draft(page).headline_de) == (clip.pk, "Neu")
