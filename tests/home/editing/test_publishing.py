"""Preview, schedule, workflow, copy and move."""

import datetime
import json

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from home.access.visibility import is_public
from home.models import CityPage, ClipPage, StandardPage
from tests.home.archive import ready_clip

from .desk import add_url, bare, create, edit, edit_url, errors, filled

pytestmark = pytest.mark.postgres

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


def test_a_preview_per_language_of_what_is_not_saved(editor, city, reads_admin_in, languages):
    page = create(editor, city, StandardPage, original_language="ca", headline_ca="U", headline_de="Eins")
    reads_admin_in("de")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = filled(StandardPage, original_language="ca", headline_ca="Vista", headline_de="Ansicht", slug=page.slug)
    assert json.loads(editor.post(url, sent).content)["is_valid"]
    shown = {code: editor.get(url, {"mode": code}).content.decode() for code in {*languages, "de"}}
    for code, html in shown.items():
        assert f'<html lang="{code}"' in html
        assert ("Ansicht" if code == "de" else "Vista") in html
    assert StandardPage.objects.get(pk=page.pk).headline_ca == "U"


def test_the_preview_begins_with_the_original(editor, city):
    page = create(editor, city, StandardPage, original_language="ca", headline_ca="U")
    assert (page.default_preview_mode, [code for code, _name in page.preview_modes]) == ("ca", LANGUAGES)


def test_a_scheduled_version_goes_live_with_all_languages(editor, city):
    page = create(editor, city, ClipPage, original_language="ca", headline_ca="U", headline_de="Eins")
    later = timezone.localtime() + datetime.timedelta(hours=1)
    sent = {"headline_ca": "Després", "headline_de": "Später", "go_live_at": later.strftime("%Y-%m-%d %H:%M")}
    after = edit(editor, page, original_language="ca", **sent)
    assert (after.headline_ca, after.headline_de) == ("U", "Eins")
    _let_time_pass()
    with translation.override("es"):
        call_command("publish_scheduled", verbosity=0)
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.headline_ca, after.headline_de, after.headline_es) == ("Després", "Später", None)
    assert (after.title, bare(after)) == ("Després", "Després")


def _let_time_pass() -> None:
    past = timezone.now() - datetime.timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()


def test_a_page_expires(editor, city):
    page = create(editor, city, ClipPage, original_language="ca", headline_ca="U", headline_de="Eins")
    ClipPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.live, after.headline_ca, after.headline_de) == (False, "U", "Eins")


def test_a_workflow_loses_no_language(client, editor, city, reads_admin_in):
    writer = get_user_model().objects.create_user("writer", "writer@example.org", "secret")
    writer.groups.add(Group.objects.get(name="Editors"))
    client.force_login(writer)
    page = create(client, city, ClipPage, action="submit", original_language="ca", headline_ca="U", headline_de="Eins")
    assert not page.live
    reads_admin_in("de")
    task = page.current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    editor.post(url, {"comment": "gut"})
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.live, after.headline_ca, after.headline_de, after.headline_es) == (True, "U", "Eins", None)
    assert bare(after) == "U"


def test_a_clip_is_public_once_its_page_is_approved_or_its_schedule_comes(editor, city):
    approved, scheduled = (
        create(editor, city, ClipPage, action="save", original_language="ca", headline_ca=name, clip=ready_clip().pk)
        for name in ("U", "Dos")
    )
    edit(editor, approved, action="submit", original_language="ca", headline_ca="U", clip=approved.clip.pk)
    assert (is_public(approved.clip), is_public(scheduled.clip)) == (False, False)
    task = approved.current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[approved.pk, "approve", task.pk])
    editor.post(url, {"comment": ""})
    assert (is_public(approved.clip), is_public(scheduled.clip)) == (True, False)
    past = timezone.now() - datetime.timedelta(minutes=1)
    scheduled.go_live_at = past
    scheduled.save_revision(approved_go_live_at=past)
    call_command("publish_scheduled", verbosity=0)
    assert is_public(scheduled.clip)


@pytest.mark.parametrize("live", [True, False])
def test_a_copy_has_all_languages_its_own_name_and_no_clip_and_is_no_alias(editor, city, clip, reads_admin_in, live):
    page = create(
        editor,
        city,
        ClipPage,
        original_language="ca",
        headline_ca="U",
        headline_de="Eins",
        clip=clip.pk,
        body_de=streamfield([("text", rich_text("<p>Körper</p>"))]),
        reposts=inline_formset([{"shown_on": "2021-09-17", "source": "Efus", "url": ""}]),
    )
    reads_admin_in("de")
    sent = {"new_title": "Còpia", "new_slug": "copia", "new_parent_page": city.pk}
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert "alias" not in editor.get(url).context["form"].fields
    response = editor.post(url, sent | ({"publish_copies": "on"} if live else {}))
    assert response.status_code == 302
    copy = ClipPage.objects.exclude(pk=page.pk).get()
    assert (copy.title, copy.headline_ca, copy.headline_de) == ("Còpia", "Còpia", "Eins")
    assert (copy.clip, copy.live) == (None, live)
    assert [row.source for row in copy.reposts.all()] == ["Efus"]
    assert "Körper" in str(copy.body_de[0].value.source)
    draft = copy.get_latest_revision_as_object()
    assert (draft.headline_ca, draft.headline_de, draft.clip) == ("Còpia", "Eins", None)
    assert (bare(copy), copy.draft_title) == ("Còpia", "Còpia")
    assert ClipPage.objects.get(pk=page.pk).headline_ca == "U"


def test_a_moved_page_is_found_at_its_old_address_in_every_language(editor, city, other_city, clip):
    page = create(editor, city, ClipPage, original_language="ca", headline_ca="U", headline_de="Eins", clip=clip.pk)
    with translation.override("en"):
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other_city.pk]))
    expected = {f"/{code}/cities/l-hospitalet/u" for code in LANGUAGES}
    assert set(Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True)) == expected
    clip.refresh_from_db()
    assert clip.collection == other_city.collection
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.get_parent().pk, after.headline_ca, after.headline_de) == (other_city.pk, "U", "Eins")


def test_a_renamed_address_redirects_its_children_too(editor, city, django_capture_on_commit_callbacks):
    page = create(editor, city, StandardPage, original_language="ca", headline_ca="Avís")
    with django_capture_on_commit_callbacks(execute=True):
        city.slug = "hospitalet"
        city.save()
    old = set(Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True))
    assert old == {f"/{code}/cities/l-hospitalet/avis" for code in LANGUAGES}
    response = editor.get("/de/cities/l-hospitalet/avis/", follow=False)
    assert (response.status_code, response["Location"]) == (301, "/de/cities/hospitalet/avis/")


def test_a_clip_has_one_page(editor, city, other_city, clip):
    first = create(editor, city, ClipPage, original_language="ca", headline_ca="U", clip=clip.pk)
    clip.refresh_from_db()
    assert clip.collection == city.collection
    sent = filled(ClipPage, original_language="ca", headline_ca="Dos", clip=clip.pk)
    sentence = "This clip already has a page: “U”. Edit that page or choose another clip."
    assert errors(editor.post(add_url(city, ClipPage), sent)) == {"clip": [sentence]}
    assert edit(editor, first, original_language="ca", headline_ca="U", clip=clip.pk).clip == clip
    assert editor.get(edit_url(first)).status_code == 200


def test_a_clip_in_an_unpublished_draft_is_taken(editor, city, clip):
    page = create(editor, city, ClipPage, original_language="ca", headline_ca="U")
    edit(editor, page, action="save", original_language="ca", headline_ca="U", clip=clip.pk)
    assert ClipPage.objects.get(pk=page.pk).clip is None
    sent = filled(ClipPage, original_language="ca", headline_ca="Dos", clip=clip.pk)
    assert list(errors(editor.post(add_url(city, ClipPage), sent))) == ["clip"]


def test_a_clip_of_another_city_is_refused(editor, city, other_city, clip):
    clip.collection = other_city.collection
    clip.save()
    sent = filled(ClipPage, original_language="ca", headline_ca="U", clip=clip.pk) | {"action-publish": "1"}
    assert errors(editor.post(add_url(city, ClipPage), sent)) == {
        "clip": ["This clip belongs to Leuven. Create its page there."]
    }


def test_explorer_titles_in_the_language_of_the_admin(editor, cities, city, other_city, reads_admin_in):
    city = CityPage.objects.get(pk=city.pk)
    city.headline_de = "Hospitalet auf Deutsch"
    city.save_revision().publish()
    titles = {}
    for code in ("en", "de"):
        reads_admin_in(code)
        html = editor.get(reverse("wagtailadmin_explore", args=[cities.pk])).content.decode()
        titles[code] = ("Hospitalet auf Deutsch" in html, "L&#x27;Hospitalet" in html, "Leuven" in html)
    assert titles == {"en": (False, True, True), "de": (True, False, True)}
