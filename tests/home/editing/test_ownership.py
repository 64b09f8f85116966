"""Clips follow their pages from city to city, and outlive them; rights follow collections."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.access.checks import check_owners
from home.access.clip_policy import cities_of, clip_permission_policy, clips_of
from home.access.roles import sync_archive_role, sync_city_roles, sync_roles
from home.models import CityPage, CityRole, ClipPage
from media_pipeline.models import Clip
from tests.home.archive import person_in

from .desk import create

BULK_DELETE = ["wagtailcore", "page", "delete"]
VERBS = ("change", "delete", "publish", "withdraw", "restore", "retry", "replace", "view")


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


def test_publishing_assigns_the_clip_and_a_moved_page_takes_it_along(page, city, other_city, clip):
    assert owner(clip) == city.collection
    page.move(other_city, pos="last-child")
    assert owner(clip) == other_city.collection


def test_a_draft_assigns_the_clip(editor, city, clip):
    create(editor, city, ClipPage, action="save", original_language="ca", headline_ca="U", clip=clip.pk)
    assert owner(clip) == city.collection


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
    assert (rights(user, clip), list(clips_of(user))) == (["change", "retry", "view"], [clip])
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
