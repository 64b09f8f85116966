"""The one place that listens to Wagtail's signals about pages and to the pipeline's changes of clips."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from home.changes import PageMoved, PagePublished, PageRenamed, tell_change
from media_pipeline import api


def connect_change_receivers() -> None:
    """Connect all receivers; run once at start."""
    page_published.connect(_tell_page_published, dispatch_uid="home_page_published")
    post_page_move.connect(_tell_page_moved, dispatch_uid="home_page_moved")
    page_slug_changed.connect(_tell_page_renamed, dispatch_uid="home_page_renamed")
    api.on_change(tell_change)


def _tell_page_published(instance: Page, **_facts: Any) -> None:
    tell_change(PagePublished(instance))


def _tell_page_moved(instance: Page, url_path_before: str, **_facts: Any) -> None:
    tell_change(PageMoved(instance, url_path_before))


def _tell_page_renamed(instance: Page, instance_before: Page, **_facts: Any) -> None:
    tell_change(PageRenamed(instance, instance_before))
