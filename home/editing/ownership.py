"""Keeps clips with their cities, and rights with their roles, however pages come, move and go."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupPagePermission

from home.access.roles import sync_city_roles
from home.changes import Change, PageMoved, PagePublished
from home.models import CityPage, ClipPage
from media_pipeline.models import Clip

from .clip_page import assign_clips


def follow_page(change: Change) -> None:
    """Subscriber: a city that is published may have another name; the clips of moved pages belong to the city above."""
    match change:
        case PagePublished(CityPage() as city):
            sync_city_roles(city)
        case PageMoved(page):
            assign_clips(ClipPage.objects.descendant_of(page, inclusive=True))


def assign_clips_of_page(instance: ClipPage, raw: bool = False, **_facts: Any) -> None:
    """Receiver of ``post_save``: whatever writes a clip page, or a draft of it, its clips belong to the city above."""
    if not raw:
        assign_clips(ClipPage.objects.filter(pk=instance.pk))


def open_city(instance: CityPage, created: bool, raw: bool = False, **_facts: Any) -> None:
    """Receiver of ``post_save``: a city has its groups from the first moment, whatever makes its page."""
    if created and not raw:
        sync_city_roles(instance)


def keep_contents(instance: CityPage, **_facts: Any) -> None:
    """Receiver of ``pre_delete``: clips, images and documents of the city go to the root, for the archive's editors."""
    collections = Collection.objects.descendant_of(instance.collection, inclusive=True)
    root = Collection.get_first_root_node()
    for model in (Clip, get_image_model(), get_document_model()):
        model._default_manager.filter(collection__in=collections).update(collection=root)


def remove_collection(instance: CityPage, **_facts: Any) -> None:
    """Receiver of ``post_delete``: the empty collection goes, and the groups that had rights in this city alone."""
    elsewhere = GroupPagePermission.objects.exclude(page=instance.pk).values("group")
    Group.objects.filter(city_role__collection=instance.collection_id).exclude(pk__in=elsewhere).delete()
    Collection.objects.get(pk=instance.collection_id).delete()
