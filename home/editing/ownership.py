"""Keeps clips with their cities, and rights with their roles, however pages come, move and go."""

from typing import Any

from django.db.models.signals import post_delete, post_migrate, pre_delete

from home.access.roles import sync_after_migration, sync_city_roles
from home.changes import Change, PageMoved, PagePublished, subscribe_to_changes
from home.models import CityPage

from .city_collection import keep_contents, remove_collection
from .clip_page import assign_clips_below


def follow_page(change: Change) -> None:
    """Subscriber: a published city has its groups; the clips of published and moved pages belong to the city above."""
    match change:
        case PagePublished(CityPage() as city):
            sync_city_roles(city)
        case PagePublished(page) | PageMoved(page):
            assign_clips_below(page)


def connect_ownership(app_config: Any) -> None:
    """Connect all receivers; run once at start."""
    subscribe_to_changes(follow_page)
    pre_delete.connect(keep_contents, sender=CityPage, dispatch_uid="home_keep_contents")
    post_delete.connect(remove_collection, sender=CityPage, dispatch_uid="home_remove_collection")
    post_migrate.connect(sync_after_migration, sender=app_config, dispatch_uid="home_sync_roles")
