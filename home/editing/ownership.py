"""Keeps clips with their cities, and rights with their roles, however pages come, move and go."""

from typing import Any

from django.db.models.signals import post_delete, post_migrate, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move

from home.access.roles import sync_after_migration, sync_city_roles
from home.models import CityPage

from .city_collection import keep_contents, remove_collection
from .clip_page import assign_clips_below


def follow_published_page(instance: Page, **_facts: Any) -> None:
    """Receiver of ``page_published``: a city has its groups, a clip its city."""
    if isinstance(instance, CityPage):
        sync_city_roles(instance)
    else:
        assign_clips_below(instance)


def follow_moved_page(instance: Page, **_facts: Any) -> None:
    """Receiver of ``post_page_move``: the clips of the moved pages belong to the city that is above them now."""
    assign_clips_below(instance)


def connect_ownership(app_config: Any) -> None:
    """Connect all receivers; run once at start."""
    page_published.connect(follow_published_page, dispatch_uid="home_follow_published_page")
    post_page_move.connect(follow_moved_page, dispatch_uid="home_follow_moved_page")
    pre_delete.connect(keep_contents, sender=CityPage, dispatch_uid="home_keep_contents")
    post_delete.connect(remove_collection, sender=CityPage, dispatch_uid="home_remove_collection")
    post_migrate.connect(sync_after_migration, sender=app_config, dispatch_uid="home_sync_roles")
