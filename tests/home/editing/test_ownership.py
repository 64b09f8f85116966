"""Clips follow their pages from city to city, and outlive them; rights follow collections."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from home.access.checks import check_owners
from home.access.clip_policy import cities_of, clips_of
from home.access.roles import sync_archive_role, sync_city_roles, sync_roles
from home.admin.clips.forms import ClipDetailsForm
from home.clip_permissions import clip_permission_policy
from home.models import CityPage, CityRole, ClipPage
from media_pipeline.models import Clip
from tests.home.archive import new_clip, person_in

from .desk import add_url, create, edit_url, filled

BULK_DELETE = ["wagtailcore", "page", "delete"]
VERBS = ("change", "caption", "delete", "publish", "withdraw", "restore", "retry", "replace", "view")


@pytest.fixture
def page(archive, city, clip):
    """A published page of ``clip`` below ``city``."""
    return archive.clip_page(city, clip, headline="U", original_language="ca")


def owner(clip):
    clip.refresh_from_db()
    return clip.collection


def rights(user, clip):
    return [verb for verb in VERBS if clip_permission_policy.user_has_permission_for_instance(user, verb, clip)]


def test_a_city_has_a_collection_of_its_name_however_it_is_made(archive, city):
    assert (city.collection.name, city.collection.get_parent()) == ("L'Hospitalet", Collection.get_first_root_node())
    copy = city.copy(update_attrs={"slug": "copy"}, to=archive.cities)
    assert copy.specific.collection not in {None, city.collection}
    city.headline_ca = "L'Hospitalet de Llobregat"
    city.save_revision().publish()
    assert Collection.objects.get(pk=city.collection_id).name == "L'Hospitalet de Llobregat"


def test_an_old_version_of_a_city_keeps_the_collection(city):
    revision = city.save_revision()
    del revision.content["collection"]
    revision.save()
    revision.publish()
    assert CityPage.objects.get(pk=city.pk).collection == city.collection
    assert Collection.objects.filter(depth=2).count() == 1


def move_by_form(editor, page, city):
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, city.pk]))


def move_in_bulk(editor, page, city):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    editor.post(f"{url}?next=/&id={page.pk}", {"chooser": city.pk})


def move_by_program(editor, page, city):
    page.move(city, pos="last-child")


@pytest.mark.parametrize("move", [move_by_form, move_in_bulk, move_by_program])
def test_a_moved_page_takes_its_clips_along_also_those_of_its_draft(editor, page, city, other_city, clip, move):
    coming = new_clip(collection=city.collection)
    page.clip = coming
    page.save_revision()
    assert (owner(clip), owner(coming)) == (city.collection, city.collection)
    move(editor, page, other_city)
    assert ClipPage.objects.get(pk=page.pk).get_parent().pk == other_city.pk
    assert (owner(clip), owner(coming)) == (other_city.collection, other_city.collection)


def test_a_clip_is_the_archives_where_no_city_is_above_and_follows_a_moved_city(page, archive, city, other_city, clip):
    for place, collection in (
        (archive.standard("Elsewhere"), Collection.get_first_root_node()),
        (city, city.collection),
        (other_city, other_city.collection),
    ):
        ClipPage.objects.get(pk=page.pk).move(Page.objects.get(pk=place.pk), pos="last-child")
        assert owner(clip) == collection
    Page.objects.get(pk=archive.cities.pk).move(Page.objects.get(pk=archive.projects.pk), pos="last-child")
    assert (owner(clip), check_owners(databases=["default"])) == (other_city.collection, [])


def draft_by_form(editor, city, clip):
    create(editor, city, ClipPage, action="save", original_language="ca", headline_ca="U", clip=clip.pk)


def draft_by_program(editor, city, clip):
    page = city.add_child(instance=ClipPage(original_language="ca", headline_ca="U", live=False))
    page.clip = clip
    page.save_revision()


def on_schedule(editor, city, clip):
    page = city.add_child(instance=ClipPage(original_language="ca", headline_ca="U", live=False))
    page.clip, page.go_live_at = clip, timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    page.refresh_from_db()
    page.clip = None
    page.save_revision()


@pytest.mark.parametrize("write", [draft_by_form, draft_by_program, on_schedule])
def test_a_clip_belongs_to_the_city_whose_page_will_show_it(editor, city, clip, write):
    write(editor, city, clip)
    assert (owner(clip), check_owners(databases=["default"])) == (city.collection, [])


def test_unpublishing_the_city_or_the_page_changes_no_owner(editor, page, city, clip):
    for each in (page, city):
        editor.post(reverse("wagtailadmin_pages:unpublish", args=[each.pk]), {"include_descendants": "on"})
    assert owner(clip) == city.collection


def test_the_details_of_a_clip_with_a_page_do_not_change_its_city(editor, page, city, other_city, clip):
    facts = {"title": "T", "spoken_language": "ca", "city": other_city.pk}
    assert editor.post(reverse("clips:facts", args=[clip.pk]), facts).status_code == 302
    assert (owner(clip), clip.title) == (city.collection, "T")


def test_saving_the_details_leaves_alone_what_the_worker_writes(admin_user, city, clip):
    form = ClipDetailsForm({"title": "T", "spoken_language": "ca", "city": city.pk}, instance=clip, for_user=admin_user)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.READY)
    assert form.is_valid()
    form.save()
    assert Clip.objects.values_list("title", "state", "collection").get(pk=clip.pk) == (
        "T", Clip.State.READY, city.collection_id
    )  # fmt: skip


def test_nobody_takes_a_clip_by_putting_its_number_into_the_form_of_a_page(client, page, city, other_city, clip):
    client.force_login(person_in(sync_city_roles(other_city)["editor"]))
    nobodys = new_clip()
    for foreign in (nobodys, new_clip(collection=city.collection)):
        sent = filled(ClipPage, original_language="nl", headline_nl="X", clip=foreign.pk) | {"action-publish": "1"}
        refused = client.post(add_url(other_city, ClipPage), sent)
        assert [error.code for error in refused.context["form"].errors.as_data()["clip"]] == ["not_yours"]
    assert owner(nobodys) == Collection.get_first_root_node()


def test_an_old_version_does_not_bring_back_a_clip_that_went_to_another_city(client, page, city, other_city, clip):
    old = page.latest_revision
    page.clip = new_clip()
    page.save_revision().publish()
    Clip.objects.filter(pk=clip.pk).update(collection=other_city.collection)
    client.force_login(person_in(sync_city_roles(city)["editor"]))
    opened = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]))
    assert opened.context["form"].initial["clip"] == clip.pk
    sent = filled(ClipPage, original_language="ca", headline_ca="U", slug=page.slug, clip=clip.pk, revision=old.pk)
    refused = client.post(edit_url(page), sent | {"action-publish": "1"})
    assert [error.code for error in refused.context["form"].errors.as_data()["clip"]] == ["not_yours"]
    assert owner(clip) == other_city.collection


@pytest.mark.parametrize(
    "delete",
    [
        lambda editor, city: city.delete(),
        lambda editor, city: CityPage.objects.filter(pk=city.pk).delete(),
        lambda editor, city: city.get_parent().delete(),
        lambda editor, city: editor.post(f"{reverse('wagtail_bulk_action', args=BULK_DELETE)}?id={city.pk}"),
    ],
    ids=["page", "queryset", "parent", "bulk"],
)
def test_a_deleted_city_leaves_its_clips_and_files_to_the_archive(editor, page, city, clip, delete):
    document = get_document_model().objects.create(
        title="Notes", file=ContentFile(b"x", "notes.txt"), collection=city.collection
    )
    groups = {group.pk for group in sync_city_roles(city).values()}
    user, uploader, collection = person_in(*groups), person_in(*groups, name="eva"), city.collection_id
    Clip.objects.filter(pk=clip.pk).update(uploader=uploader)
    delete(editor, CityPage.objects.get(pk=city.pk))
    assert not CityPage.objects.filter(pk=city.pk).exists()
    assert not ClipPage.objects.exists()
    document.refresh_from_db()
    root = Collection.get_first_root_node()
    assert (owner(clip), document.collection, rights(user, clip)) == (root, root, [])
    # Neither may add clips to the root collection.
    assert (list(clips_of(user)), list(clips_of(uploader))) == ([], [])
    assert not Collection.objects.filter(pk=collection).exists()
    assert not Group.objects.filter(pk__in=groups).exists()
    document.file.delete(save=False)


def test_a_group_with_rights_elsewhere_outlives_the_city(city, other_city):
    group = sync_city_roles(city)[CityRole.Role.EDITOR]
    group.page_permissions.create(page=other_city, permission=group.page_permissions.first().permission)
    city.delete()
    assert Group.objects.filter(pk=group.pk).exists()


def test_roles_and_their_rights(page, city, other_city, clip):
    people = {
        "editor": person_in(sync_city_roles(city)["editor"]),
        "of another city": person_in(sync_city_roles(other_city)["editor"], name="jan"),
        "contributor": person_in(sync_city_roles(city)["contributor"], name="eva"),
        "archive editor": person_in(sync_archive_role("archive_editor"), name="ana"),
        "translator": person_in(sync_archive_role("translator", "de"), name="uli"),
    }
    owner(clip)
    found = {
        who: (rights(user, clip), [found.pk for found in cities_of(user)], clips_of(user).count())
        for who, user in people.items()
    }
    assert found == {
        "editor": (list(VERBS), [city.pk], 1),
        "of another city": ([], [other_city.pk], 0),
        "contributor": ([], [city.pk], 0),
        "archive editor": (list(VERBS), [city.pk, other_city.pk], 1),
        "translator": ([], [], 0),
    }


def test_an_uploader_works_on_the_own_clip_while_in_the_city(page, city, clip):
    user = person_in(sync_city_roles(city)["contributor"])
    Clip.objects.filter(pk=clip.pk).update(uploader=user)
    clip.refresh_from_db()
    assert (rights(user, clip), list(clips_of(user))) == (["change", "caption", "retry", "view"], [clip])
    user.groups.clear()
    user = type(user).objects.get(pk=user.pk)
    assert (rights(user, clip), list(clips_of(user))) == ([], [])


def test_syncing_roles_twice_changes_nothing(city):
    def everything():
        roles = list(CityRole.objects.order_by("pk").values_list("collection", "role", "group__name"))
        group = sync_city_roles(city)["editor"]
        return roles, group.page_permissions.count(), group.collection_permissions.count(), group.permissions.count()

    sync_roles()
    first = everything()
    sync_roles()
    assert everything() == first
    city.collection.refresh_from_db()
    assert len(first[0]) == 2


def test_the_check_names_a_clip_in_the_wrong_place(page, city, other_city, clip):
    assert check_owners(databases=["default"]) == []
    Clip.objects.filter(pk=clip.pk).update(collection=other_city.collection)
    messages = check_owners(databases=["default"])
    assert [message.id for message in messages] == ["home.E001"]
    assert clip.public_id in messages[0].msg
    assert check_owners(databases=None) == []
    page.save()
    assert check_owners(databases=["default"]) == []


def test_rights_on_pages_alone_do_not_reach_the_clips(client, page, city, other_city, clip):
    """Wagtail brings groups with rights on all pages: its people edit texts, and neither see nor publish clips."""
    client.force_login(person_in(Group.objects.get(name="Editors"), Group.objects.get(name="Moderators")))
    owner(clip)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WITHDRAWN)
    assert client.get(f"/media/{clip.public_id}/master.m3u8").status_code == 410
    assert client.get(edit_url(page)).status_code == 200
    for action in ("unpublish", "delete"):
        client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    for action in ("unpublish", "delete", "move", "publish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?next=/&id={page.pk}", {"chooser": other_city.pk})
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.live, after.get_parent().pk, after.last_published_at) == (True, city.pk, page.last_published_at)


def test_the_collection_of_a_city_or_with_clips_is_not_deleted_by_hand(editor, page, city, clip):
    url = reverse("wagtailadmin_collections:delete", args=[city.collection_id])
    html = editor.get(url).content.decode()
    assert ("1 clip" in html, "1 city" in html) == (True, True)
    editor.post(url)
    assert Collection.objects.filter(pk=city.collection_id).exists()


def test_rights_on_clips_stand_in_the_form_of_a_group(editor, city):
    group = sync_city_roles(city)["editor"]
    html = editor.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert "Clip permissions" in html
    assert "Withdraw any clip" in html
