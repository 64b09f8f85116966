"""The one place that listens: to Wagtail's and Django's signals, to the pipeline's changes and to our own."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from home.access.roles import sync_after_migration
from home.changes import PageMoved, PagePublished, PageRenamed, subscribe_to_changes, tell_change
from home.i18n.search import index_again
from home.models import CityPage, ClipPage
from home.sign_in.backend import forget_failed_sign_ins
from home.sign_in.page_passwords import RESTRICTIONS, remove_replaced_restriction, renew_restriction
from media_pipeline import api

from .gone_addresses import forget_taken_addresses, remember_clip, remember_page, remember_replaced_clip
from .ownership import assign_clips_of_page, follow_page, keep_contents, open_city, remove_collection
from .redirects import redirect_old_addresses


def connect_receivers(app_config: AppConfig) -> None:
    """Connect all receivers; run once at start."""
    page_published.connect(_tell_page_published, dispatch_uid="home_page_published")
    post_page_move.connect(_tell_page_moved, dispatch_uid="home_page_moved")
    page_slug_changed.connect(_tell_page_renamed, dispatch_uid="home_page_renamed")
    api.on_change(tell_change)
    subscribe_to_changes(redirect_old_addresses)
    subscribe_to_changes(follow_page)
    post_save.connect(assign_clips_of_page, sender=ClipPage, dispatch_uid="home_assign_clips_of_page")
    post_save.connect(open_city, sender=CityPage, dispatch_uid="home_open_city")
    subscribe_to_changes(forget_taken_addresses)
    pre_delete.connect(remember_page, sender=Page, dispatch_uid="home_remember_page")
    pre_delete.connect(remember_clip, sender=ClipPage, dispatch_uid="home_remember_clip")
    pre_save.connect(remember_replaced_clip, sender=ClipPage, dispatch_uid="home_remember_replaced_clip")
    pre_delete.connect(keep_contents, sender=CityPage, dispatch_uid="home_keep_contents")
    post_delete.connect(remove_collection, sender=CityPage, dispatch_uid="home_remove_collection")
    user_logged_in.connect(forget_failed_sign_ins, dispatch_uid="home_forget_failed_sign_ins")
    for model in RESTRICTIONS:
        pre_save.connect(renew_restriction, sender=model, dispatch_uid="home_renew_restriction")
        post_save.connect(remove_replaced_restriction, sender=model, dispatch_uid="home_remove_replaced_restriction")
    post_migrate.connect(sync_after_migration, sender=app_config, dispatch_uid="home_sync_roles")
    post_migrate.connect(index_again, sender=app_config, dispatch_uid="home_index_again")


def _tell_page_published(instance: Page, **_facts: Any) -> None:
    tell_change(PagePublished(instance))


def _tell_page_moved(instance: Page, url_path_before: str, **_facts: Any) -> None:
    tell_change(PageMoved(instance, url_path_before))


def _tell_page_renamed(instance: Page, instance_before: Page, **_facts: Any) -> None:
    tell_change(PageRenamed(instance, instance_before))
