"""Taking the demo out again. Everything it made carries a `demo_key`; what people have changed is theirs and stays."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from home.models import (
    CityContact,
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
    clips = list(Clip.objects.exclude(demo_key="").filter(pages=None))
    for clip in clips:
        api.delete_clip(clip)
    Person.objects.exclude(demo_key="").exclude(pk__in=CityContact.objects.values("person")).delete()
    FundingProgramme.objects.exclude(demo_key="").filter(projects=None).delete()
    Theme.objects.exclude(demo_key="").filter(clip_pages=None, story_pages=None, projects=None).delete()
    return RemovedCounts(removed, len(clips), tuple(kept))


def _is_somebodys(page: Page) -> bool:
    """Whether a person has saved the page, or something lies below it that is no leftover of the demo."""
    if page.revisions.filter(user__isnull=False).exists():
        return True
    below = page.get_descendants()
    lists = NewsIndexPage.objects.filter(pk__in=below.values("pk"), numchild=0)
    leftovers = [entry.pk for entry in lists if not entry.revisions.filter(user__isnull=False).exists()]
    return below.exclude(pk__in=leftovers).exists()


def _remove_page(page: Any) -> None:
    """Remove a page, with the drawing and the document that came with a piece of demo news."""
    attached = []
    if isinstance(page, NewsPage):
        attached = [entry.document for entry in page.documents.select_related("document")]
        attached += [page.picture] if page.picture else []
    page.refresh_from_db()  # the tree has changed since it was read
    page.delete()
    for thing in attached:
        if thing.title.startswith("Demo:"):
            thing.delete()
