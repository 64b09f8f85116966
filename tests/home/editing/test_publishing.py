"""Preview, schedule, workflow, copy and move."""

import datetime
import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from home.access.roles import sync_city_roles
from home.models import CityPage, ClipPage, StandardPage
from tests.home.archive import is_public, person_in, ready_clip

from .desk import add_url, bare, create, edit, edit_url, errors, filled

pytestmark = pytest.mark.postgres

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


def test_previews_begin_with_the_original_and_show_what_is_not_saved(editor, city, reads_admin_in, languages):
    page = create(editor, city, StandardPage, original_language="ca", headline_ca="U", headline_de="Eins")
    assert (page.default_preview_mode, [code for code, _name in page.preview_modes]) == ("ca", LANGUAGES)
    reads_admin_in("de")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = filled(StandardPage, original_language="ca", headline_ca="Vista", headline_de="Ansicht", slug=page.slug)
    assert json.loads(editor.post(url, sent).content)["is_valid"]
    shown = {code: editor.get(url, {"mode": code}).content.decode() for code in {*languages, "de"}}
    for code, html in shown.items():
        assert f'<html lang="{code}"' in html
        assert ("Ansicht" if code == "de" else "Vista") in html
    assert StandardPage.objects.get(pk=page.pk).headline_ca == "U"


def test_a_scheduled_version_goes_live_with_all_languages(editor, page):
    later = timezone.localtime() + datetime.timedelta(hours=1)
    sent = {"headline_ca": "Després", "headline_de": "Später", "go_live_at": later.strftime("%Y-%m-%d %H:%M")}
    after = edit(editor, page, original_language="ca", **sent)
    assert (after.headline_ca, after.headline_de) == ("U", "Eins")
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    with translation.override("es"):
        call_command("publish_scheduled", verbosity=0)
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.headline_ca, after.headline_de, after.headline_es) == ("Després", "Später", None)
    assert (after.title, bare(after)) == ("Després", "Després")


def test_a_workflow_loses_no_language_and_its_end_makes_the_clip_public(client, editor, city, reads_admin_in):
    person = person_in(sync_city_roles(city)["contributor"])
    client.force_login(person)
    own = ready_clip(uploader=person, collection=city.collection)
    sent = {"headline_ca": "U", "headline_de": "Eins", "clip": own.pk}
    page = create(client, city, ClipPage, action="submit", original_language="ca", **sent)
    assert (page.live, is_public(page.clip)) == (False, False)
    reads_admin_in("de")
    task = page.current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    editor.post(url, {"comment": "gut"})
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.live, after.headline_ca, after.headline_de, after.headline_es) == (True, "U", "Eins", None)
    assert (bare(after), is_public(after.clip)) == ("U", True)


def test_approving_what_somebody_approved_meanwhile_saves_the_text(client, editor, city):
    client.force_login(person_in(sync_city_roles(city)["contributor"]))
    page = create(client, city, StandardPage, action="submit", original_language="ca", headline_ca="U")
    state = page.current_workflow_state.current_task_state
    editor.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {"comment": ""})
    sent = filled(StandardPage, original_language="ca", headline_ca="Dos", slug=page.slug)
    answer = editor.post(edit_url(page), sent | {"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert answer.status_code == 302
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().headline_ca == "Dos"


@pytest.mark.parametrize("live", [True, False])
def test_a_copy_has_all_languages_its_own_name_and_no_clip_and_is_no_alias(editor, city, clip, reads_admin_in, live):
    body = streamfield([("text", rich_text("<p>Körper</p>"))])
    reposts = inline_formset([{"shown_on": "2021-09-17", "source": "Efus", "url": ""}])
    texts = {"headline_ca": "U", "headline_de": "Eins", "body_de": body}
    page = create(editor, city, ClipPage, original_language="ca", **texts, reposts=reposts, clip=clip.pk)
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


def test_a_moved_page_is_found_at_its_old_address_in_every_language(editor, page, other_city):
    with translation.override("en"):
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other_city.pk]))
    expected = {f"/{code}/cities/l-hospitalet/u" for code in LANGUAGES}
    assert set(Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True)) == expected
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


@pytest.mark.parametrize("action", ["publish", "save"])
def test_a_clip_has_one_page_though_only_in_its_draft(editor, page, city, clip, action):
    sent = {"original_language": "ca", "headline_ca": "U", "clip": clip.pk}
    assert edit(editor, page, action=action, **sent).clip == (clip if action == "publish" else None)
    sentence = "This clip already has a page: “U”. Edit that page or choose another clip."
    assert errors(editor.post(add_url(city, ClipPage), filled(ClipPage, **sent))) == {"clip": [sentence]}
    assert edit(editor, page, **sent).clip == clip


def test_a_clip_of_another_city_is_refused(editor, city, other_city, clip):
    clip.collection = other_city.collection
    clip.save()
    sent = filled(ClipPage, original_language="ca", headline_ca="U", clip=clip.pk) | {"action-publish": "1"}
    assert errors(editor.post(add_url(city, ClipPage), sent)) == {
        "clip": ["This clip belongs to Leuven. Create its page there."]
    }


def test_explorer_titles_in_the_language_of_the_admin(editor, archive, city, other_city, reads_admin_in):
    city = CityPage.objects.get(pk=city.pk)
    city.headline_de = "Hospitalet auf Deutsch"
    city.save_revision().publish()
    titles = {}
    for code in ("en", "de"):
        reads_admin_in(code)
        html = editor.get(reverse("wagtailadmin_explore", args=[archive.cities.pk])).content.decode()
        titles[code] = ("Hospitalet auf Deutsch" in html, "L&#x27;Hospitalet" in html, "Leuven" in html)
    assert titles == {"en": (False, True, True), "de": (True, False, True)}
