"""Which rights a role gives, and the groups that carry the roles.

A city's rights reach its part of the page tree and its collection; rights of the archive reach everything. What a role
may do stands in ``ROLES`` and nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permission_policies import ModelPermissionPolicy

from home.i18n.editor_languages import translator_languages
from home.i18n.fields import content_languages
from home.i18n.languages import native_name
from home.models import ArchiveRole, CityPage, CityRole, Person

UPLOAD = (
    "wagtailimages.add_image", "wagtailimages.choose_image",
    "wagtaildocs.add_document", "wagtaildocs.choose_document",
    "media_pipeline.add_clip",
)  # fmt: skip
EDIT = (
    "wagtailimages.change_image", "wagtaildocs.change_document",
    "media_pipeline.change_clip", "media_pipeline.view_clip", "media_pipeline.delete_clip",
    "media_pipeline.caption_clip",
    "media_pipeline.publish_clip", "media_pipeline.withdraw_clip", "media_pipeline.restore_clip",
    "media_pipeline.retry_clip", "media_pipeline.replace_clip",
)  # fmt: skip
APPS_WITH_RIGHTS = ("wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "media_pipeline", "home")
PEOPLE = ("home.add_person", "home.change_person", "home.view_person", "home.view_theme")


@dataclass(frozen=True)
class Rights:
    """What a role may do: actions on pages, permissions on a collection, and permissions in the whole site."""

    pages: tuple[str, ...]
    collection: tuple[str, ...] = ()
    site: tuple[str, ...] = ()


ROLES = {
    CityRole.Role.EDITOR: Rights(("add", "change", "publish", "lock"), UPLOAD + EDIT, PEOPLE),
    CityRole.Role.CONTRIBUTOR: Rights(("add",), UPLOAD, ("home.view_theme",)),
    ArchiveRole.Role.ARCHIVE_EDITOR: Rights(
        ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
        UPLOAD + EDIT,
        (*PEOPLE, "home.add_theme", "home.change_theme", "home.delete_person"),
    ),
    # "change" reaches the texts of one language and nothing else: home.models.translator_rights, home.forms.languages.
    ArchiveRole.Role.TRANSLATOR: Rights(
        ("change",),
        ("wagtailimages.choose_image", "wagtaildocs.choose_document"),
        (
            "home.change_theme",
            "home.view_theme",
            "home.change_person",
            "home.view_person",
            "home.change_fundingprogramme",
            "home.view_fundingprogramme",
        ),
    ),
}


def sync_roles() -> None:
    """Bring the groups and rights of all cities and of the archive in line with ``ROLES``; idempotent.

    There is a group of translators for each content language, so that administrators need only choose its people.
    """
    for city in CityPage.objects.select_related("collection"):
        sync_city_roles(city)
    for known in ArchiveRole.objects.all():
        sync_archive_role(known.role, known.language)
    for language in content_languages():
        sync_archive_role(ArchiveRole.Role.TRANSLATOR, language)


@transaction.atomic
def sync_city_roles(city: CityPage) -> dict[str, Group]:
    """Return the groups of ``city`` by role, made where they are missing, with all their rights.

    The city's collection is named after the city, and so are its groups unless somebody gave them another name.
    """
    before = Collection.objects.get(pk=city.collection_id).name
    Collection.objects.filter(pk=city.collection_id).exclude(name=city.title).update(name=city.title)
    groups = {role.role: role.group for role in city.collection.roles.select_related("group")}
    for role in CityRole.Role:
        if role not in groups:
            groups[role] = Group.objects.create(name=free_group_name(f"{city.title}: {role.value}s"))
            CityRole.objects.create(collection=city.collection, role=role, group=groups[role])
        elif before != city.title and groups[role].name in group_names(f"{before}: {role.value}s"):
            groups[role].name = free_group_name(f"{city.title}: {role.value}s")
            groups[role].save()
        grant(groups[role], ROLES[role], city, city.collection)
    return groups


@transaction.atomic
def sync_archive_role(role: str, language: str = "") -> Group:
    """Return the group of a role in the whole archive, made where it is missing, with all its rights.

    ``language`` is a translator's, empty for others; ValidationError where that does not fit.
    """
    known = ArchiveRole.objects.filter(role=role, language=language).select_related("group").first()
    if known is None:
        known = ArchiveRole(role=role, language=language)
        known.full_clean(exclude=["group"])
        name = f"Archive: {role.replace('_', ' ')}s" + (f", {native_name(language)}" if language else "")
        known.group = Group.objects.create(name=free_group_name(name))
        known.save()
    grant(known.group, ROLES[known.role], Page.get_first_root_node(), Collection.get_first_root_node())
    return known.group


def grant(group: Group, rights: Rights, page: Page, collection: Collection) -> None:
    """Give ``group`` the rights it lacks on ``page`` and ``collection``; further ones stay."""
    rows = Permission.objects.filter(content_type__app_label__in=APPS_WITH_RIGHTS).select_related("content_type")
    permissions = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=permissions[f"wagtailcore.{action}_page"])
            for action in rights.pages
        ],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permissions[name])
            for name in rights.collection
        ],
        ignore_conflicts=True,
    )
    group.permissions.add(*(permissions[name] for name in ("wagtailadmin.access_admin", *rights.site)))


def free_group_name(name: str) -> str:
    """Return ``name``, shortened to what a group may have, with a number behind it where another group has it."""
    taken = set(Group.objects.filter(name__startswith=name[:140]).values_list("name", flat=True))
    return next(free for free in group_names(name) if free not in taken)


def group_names(name: str) -> list[str]:
    """Return the names that a group may get, in the order in which they are tried."""
    return [name[:150], *(f"{name[:140]} {number}" for number in range(2, 1000))]


def sync_after_migration(apps: Any, using: str, **_facts: Any) -> None:
    """Receiver of ``post_migrate``: a new version may bring new rights. Databases on their way here are left alone."""
    try:
        apps.get_model("home", "CityRole")
        apps.get_model("home", "CityPage")._meta.get_field("collection")
    except (LookupError, FieldDoesNotExist):
        return
    for label in APPS_WITH_RIGHTS:  # Django makes each app's permissions in the same round, some after this
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using)
    sync_roles()


class PersonPermissionPolicy(ModelPermissionPolicy):
    """City editors change the contacts of their own cities, and contacts that no city names yet.

    Translators change what people do, in their languages, of all contacts.
    """

    def __init__(self) -> None:
        super().__init__(Person)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Person) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action == "view" or user.is_superuser or instance.is_changeable_in_full(user):
            return True
        return action == "change" and bool(translator_languages(user))
