"""The group of a city's editors: it edits the city's part of the page tree and nothing else."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from home.models import CityPage, Person

CITY_GROUP_PREFIX = "city:"
CITY_PAGE_ACTIONS = ("add", "change", "publish", "lock")
CITY_COLLECTION_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
CITY_SITE_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("home", "add_person"),
    ("home", "change_person"),
    ("home", "view_person"),
    ("home", "view_theme"),
)


def city_group(city: CityPage) -> Group | None:
    """The group made for ``city``, whatever it is called today."""
    permissions = GroupPagePermission.objects.filter(page=city, group__name__startswith=CITY_GROUP_PREFIX)
    return Group.objects.filter(pk__in=permissions.values("group")).first()


@transaction.atomic
def create_city_group(city: CityPage) -> Group:
    """Return the group ``city:<slug>`` with its permissions. Idempotent: run again, it repairs them. Adds no members.

    Members add, change and publish below their city, with pictures and documents in a collection of the city's name.
    """
    group = city_group(city) or Group.objects.get_or_create(name=_unused_group_name(city))[0]
    for action in CITY_PAGE_ACTIONS:
        permission = _permission("wagtailcore", f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=city, permission=permission)
    collection = _collection(city, group)
    for app, codename in CITY_COLLECTION_PERMISSIONS:
        permission = _permission(app, codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    group.permissions.add(*(_permission(app, codename) for app, codename in CITY_SITE_PERMISSIONS))
    return group


def _unused_group_name(city: CityPage) -> str:
    """``city:<slug>``, with the page's id where a group of another city, which had the slug before, has that name."""
    name = f"{CITY_GROUP_PREFIX}{city.slug}"[:150]
    taken = GroupPagePermission.objects.filter(group__name=name).exclude(page=city).exists()
    return f"{CITY_GROUP_PREFIX}{city.slug[:120]}-{city.pk}" if taken else name


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _collection(city: CityPage, group: Group) -> Collection:
    existing = GroupCollectionPermission.objects.filter(group=group).select_related("collection").first()
    if existing:
        return existing.collection
    return Collection.get_first_root_node().add_child(name=city.title)


class PersonPermissionPolicy(ModelPermissionPolicy):
    """City editors change the contacts of their own cities, and contacts that no city names yet."""

    def __init__(self) -> None:
        super().__init__(Person)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Person) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action == "view" or user.is_superuser:
            return True
        own_pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        return not CityPage.objects.filter(contacts__person=instance).exclude(pk__in=own_pages.values("pk")).exists()
