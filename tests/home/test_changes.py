"""Subscribers hear of each change of pages and clips, until they end their subscription."""

import pytest

from home.api import Change, PageMoved, PagePublished, PageRenamed, subscribe_to_changes
from media_pipeline import api


@pytest.fixture
def changes(archive):
    """What is told while a test runs."""
    told: list[Change] = []
    end = subscribe_to_changes(told.append)
    yield told
    end()


def test_pages_that_are_published_renamed_and_moved(archive, changes, django_capture_on_commit_callbacks):
    first, second = archive.city("Lille"), archive.city("Genk")
    page = archive.clip_page(first, slug="before")
    changes.clear()
    page.slug = "after"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert {type(change): change.page.pk for change in changes} == {PagePublished: page.pk, PageRenamed: page.pk}
    changes.clear()
    page.refresh_from_db()
    page.move(second, "last-child")
    (moved,) = changes
    assert (type(moved), moved.page.pk, moved.url_path_before) == (PageMoved, page.pk, page.url_path)


def test_changes_of_clips_are_passed_on(clip_page, changes):
    api.withdraw_clip(clip_page.clip)
    assert changes == [api.ClipChange(api.ClipChangeKind.WITHDRAWN, clip_page.clip)]


def test_a_subscription_ends(archive):
    told: list[Change] = []
    subscribe_to_changes(told.append)()
    archive.clip_page(archive.city())
    assert told == []
