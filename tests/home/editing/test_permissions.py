"""A city's group edits its own part of the tree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.permissions import permission_policy as picture_policy
from wagtail.models import Collection, GroupPagePermission, Revision

from home.access.roles import PersonPermissionPolicy, sync_city_roles
from home.models import CityContact, CityPage, ClipPage, Person
from tests.home.archive import person_in

from .desk import add_url, create, edit, edit_url


def editors_of(city: CityPage) -> Group:
    return sync_city_roles(city)["editor"]


def test_the_group_has_its_rights_once_also_for_pictures_of_the_city(city):
    first = editors_of(city)
    city.slug = "renamed"
    city.save()
    assert editors_of(city) == first
    actions = GroupPagePermission.objects.filter(group=first, page=city).values_list("permission__codename", flat=True)
    assert first.name == "L'Hospitalet: editors"
    assert sorted(actions) == ["add_page", "change_page", "lock_page", "publish_page"]
    pictures = picture_policy.collections_user_has_permission_for(person_in(first), "add")
    assert list(pictures) == list(Collection.objects.filter(name="L'Hospitalet"))


def test_local_people_work_below_their_city_alone(client, city, other_city):
    client.force_login(person_in(editors_of(city)))
    page = create(client, city, ClipPage, original_language="ca", headline_ca="U")
    assert page.live
    assert edit(client, page, original_language="ca", headline_ca="Dos").headline_ca == "Dos"
    assert client.get(edit_url(city)).status_code == 200
    for address in (add_url(other_city, ClipPage), edit_url(other_city), edit_url(city.get_parent())):
        denied = client.get(address)
        assert (denied.status_code, denied["Location"]) == (302, reverse("wagtailadmin_home"))
    move = client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other_city.pk]))
    assert (move.status_code, ClipPage.objects.get(pk=page.pk).get_parent().pk) == (302, city.pk)


def by_form(editor, archive):
    sent = {"country": "GR", "languages": ["el"], "accent": "sky"}
    return create(editor, archive.cities, CityPage, original_language="el", headline_el="Πέλλα", **sent)


def as_draft_published_in_bulk(editor, archive):
    sent = {"country": "GR", "languages": ["el"], "accent": "sky", "headline_el": "Πέλλα"}
    page = create(editor, archive.cities, CityPage, action="save", original_language="el", **sent)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?next=/&id={page.pk}")
    return page


def untitled_and_published_on_schedule(editor, archive):
    page = archive.cities.add_child(instance=CityPage(original_language="el", live=False, country="GR"))
    page.headline_el, page.go_live_at = "Πέλλα", timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    Revision.objects.filter(object_id=page.pk).update(approved_go_live_at=timezone.now() - timedelta(days=1))
    call_command("publish_scheduled")
    return page


def as_copy(editor, archive):
    return archive.city("Πέλλα", history=False).copy(update_attrs={"slug": "copy"}, to=archive.cities)


def by_program(editor, archive):
    return archive.cities.add_child(instance=CityPage(original_language="el", headline_el="Πέλλα", country="GR"))


@pytest.mark.parametrize(
    "make", [by_form, as_draft_published_in_bulk, untitled_and_published_on_schedule, as_copy, by_program]
)
def test_a_city_has_its_groups_however_it_is_made(editor, archive, make):
    page = CityPage.objects.get(pk=make(editor, archive).pk)
    roles = page.collection.roles.order_by("role")
    assert [role.group.name.rstrip(" 2") for role in roles] == ["Πέλλα: contributors", "Πέλλα: editors"]
    assert [role.group.page_permissions.filter(page=page).count() for role in roles] == [1, 4]


def test_local_people_change_their_contacts_alone(client, city, other_city):
    user = person_in(editors_of(city))
    client.force_login(user)
    mine, theirs, nobodys = (Person.objects.create(name=name) for name in ("Aina", "Jan", "Eva"))
    CityContact.objects.create(page=city, person=mine)
    CityContact.objects.create(page=other_city, person=theirs)
    pages = [client.get(reverse("wagtailsnippets_home_person:edit", args=[who.pk])) for who in (mine, theirs, nobodys)]
    assert [page.status_code for page in pages] == [200, 302, 200]
    assert not PersonPermissionPolicy().user_has_permission_for_instance(user, "change", theirs)
    assert PersonPermissionPolicy().user_has_permission_for_instance(user, "view", theirs)


def test_a_city_of_the_same_name_gets_groups_of_its_own(city, other_city):
    first = editors_of(city)
    other_city.headline_nl = "L'Hospitalet"
    other_city.save()
    second = editors_of(other_city)
    assert (editors_of(city), editors_of(other_city), second.name) == (first, second, "L'Hospitalet: editors 2")
    other_city.headline_nl = "Leuven"
    other_city.save()
    Group.objects.filter(pk=first.pk).update(name="Our friends")
    city.headline_ca = "Barcelona"
    city.save()
    assert (editors_of(other_city).name, editors_of(city).name) == ("Leuven: editors", "Our friends")
    pages = {
        group: list(group.page_permissions.values_list("page_id", flat=True).distinct()) for group in (first, second)
    }
    assert pages == {first: [city.pk], second: [other_city.pk]}
