"""Taking the demo out again. Everything it made carries a `demo_key`; what people have changed is theirs and stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError
from wagtail.models import Page

from home.models import (
    CityPage,
    ClipPage,
    FundingProgramme,
    NewsIndexPage,
    NewsPage,
    Person,
    ProjectPage,
    StandardPage,
    StoryPage,
    Theme,
)
from media_pipeline import api
from media_pipeline.models import Clip

# Those that refer to others first.
DEMO_PAGE_MODELS = (NewsPage, StoryPage, ClipPage, StandardPage, ProjectPage, CityPage)
SHARED_MODELS = (Person, FundingProgramme, Theme)


@dataclass(frozen=True)
class RemovedCounts:
    """How many pages and clips went, and the titles of the pages that stay because somebody works with them."""

    pages: int
    clips: int
    kept: tuple[str, ...]


def remove_all_demo() -> RemovedCounts:
    """Remove pages, then clips without a page, then what pages share. Call within a transaction."""
    removed, kept = 0, []
    for model in DEMO_PAGE_MODELS:
        for page in model.objects.exclude(demo_key="").order_by("-path"):
            if _is_somebodys(page):
                kept.append(page.title)
            else:
                _remove_page(page)
                removed += 1
    clips = _remove_clips()
    _remove_shared()
    return RemovedCounts(removed, clips, tuple(kept))


def _is_somebodys(page: Page) -> bool:
    """Whether a person has saved the page, or something lies below it that is no leftover of the demo."""
    if page.revisions.filter(user__isnull=False).exists():
        return True
    below = page.get_descendants()
    return below.exclude(pk__in=_empty_lists(below)).exists()


def _empty_lists(pages: Any) -> list[int]:
    lists = NewsIndexPage.objects.filter(pk__in=pages.values("pk"), numchild=0)
    return [page.pk for page in lists if not page.revisions.filter(user__isnull=False).exists()]


def _remove_page(page: Any) -> None:
    attached = _attached(page)
    page.refresh_from_db()  # the tree has changed since it was read
    page.delete()
    for thing in attached:
        thing.delete()


def _attached(page: Any) -> list[Any]:
    """The drawing and the document that came with a piece of demo news."""
    if not isinstance(page, NewsPage):
        return []
    things = [entry.document for entry in page.documents.select_related("document")]
    things += [page.picture] if page.picture else []
    return [thing for thing in things if thing.title.startswith("Demo:")]


def _remove_clips() -> int:
    clips = [clip for clip in Clip.objects.exclude(demo_key="") if not clip.pages.exists()]
    for clip in clips:
        api.delete_clip(clip)
    return len(clips)


def _remove_shared() -> None:
    for model in SHARED_MODELS:
        for thing in model.objects.exclude(demo_key=""):
            if not _is_used(thing):
                _delete_unprotected(thing)


def _is_used(thing: Any) -> bool:
    if isinstance(thing, Theme):
        return any(relation.exists() for relation in _pages_of(thing))
    return isinstance(thing, Person) and CityPage.objects.filter(contacts__person=thing).exists()


def _pages_of(theme: Theme) -> Iterable[Any]:
    return (theme.clip_pages.all(), theme.story_pages.all(), theme.projects.all())


def _delete_unprotected(thing: Any) -> None:
    try:
        thing.delete()
    except ProtectedError:
        return  # a project that stays is paid by it
