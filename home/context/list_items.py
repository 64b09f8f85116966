"""News, stories and projects as lists show them. A list costs a constant number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.card import STEP
from home.i18n.date_ranges import project_period
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language
from home.images.renditions import ResponsiveImage, responsive_image
from home.models import CityPage, ClipPage, NewsPage, ProjectPage, ProjectPartner, StoryPage

LIST_IMAGE_WIDTHS = (320, 640)


@dataclass(frozen=True)
class NewsItem:
    """A piece of news in a list."""

    title: LocalizedText
    url: str
    date: datetime.date
    teaser: LocalizedText
    city_name: LocalizedText
    has_video: bool
    picture: ResponsiveImage | None
    accent: str


@dataclass(frozen=True)
class StoryItem:
    """A story in a list."""

    title: LocalizedText
    url: str
    lead: LocalizedText
    city_name: LocalizedText
    picture: ResponsiveImage | None


@dataclass(frozen=True)
class ProjectCard:
    """A project in a list. ``name`` is the acronym, ``colour`` that of its first theme."""

    name: str
    full_title: LocalizedText
    url: str
    period_text: str
    programme: LocalizedText
    city_count: int
    clip_count: int
    colour: str


def news_items(pages: Iterable[NewsPage], request: HttpRequest) -> list[NewsItem]:
    """News in the given order. Select with ``for_news``."""
    shown = list(pages)
    cities = _cities(shown)
    return [_news_item(page, _above(page, cities), request) for page in shown]


def select_for_news_items(pages):
    """Load of each piece of news what a list shows, its picture and sizes included."""
    return (
        pages.for_reading(None, "headline", "teaser").select_related("picture").prefetch_related("picture__renditions")
    )


def story_items(pages: Iterable[StoryPage], request: HttpRequest) -> list[StoryItem]:
    """Stories in the given order. Select with ``for_stories``."""
    shown = list(pages)
    cities = _cities(shown)
    return [_story_item(page, _above(page, cities), request) for page in shown]


def select_for_story_items(pages):
    """Load of each story what a list shows."""
    return (
        pages.for_reading(None, "headline", "summary").select_related("picture").prefetch_related("picture__renditions")
    )


def project_cards(pages, request: HttpRequest) -> list[ProjectCard]:
    """Projects in the queryset's order."""
    shown = list(pages.for_reading(None, "headline").select_related("programme"))
    ids = [page.pk for page in shown]
    partners, clips, colours = _partner_counts(ids), _clip_counts(ids), _colours(ids)
    return [
        ProjectCard(
            name=page.acronym or page.title,
            full_title=localized_text(page, "headline"),
            url=page.get_url(request) or "",
            period_text=project_period(page),
            programme=programme_name(page),
            city_count=partners[page.pk],
            clip_count=clips[page.pk],
            colour=colours.get(page.pk, "sky"),
        )
        for page in shown
    ]


def programme_name(page: ProjectPage) -> LocalizedText:
    """Name of the funding programme; missing without one."""
    return localized_text(page.programme, "name") if page.programme else LocalizedText(None, None, current_language())


def _news_item(page: NewsPage, city: CityPage | None, request: HttpRequest) -> NewsItem:
    return NewsItem(
        title=localized_text(page, "headline"),
        url=page.get_url(request) or "",
        date=page.date,
        teaser=localized_text(page, "teaser"),
        city_name=_name(city),
        has_video=page.video_id is not None,
        picture=responsive_image(page.picture, LIST_IMAGE_WIDTHS),
        accent=city.accent if city else "",
    )


def _story_item(page: StoryPage, city: CityPage | None, request: HttpRequest) -> StoryItem:
    return StoryItem(
        title=localized_text(page, "headline"),
        url=page.get_url(request) or "",
        lead=localized_text(page, "summary"),
        city_name=_name(city),
        picture=responsive_image(page.picture, LIST_IMAGE_WIDTHS),
    )


def _name(city: CityPage | None) -> LocalizedText:
    return localized_text(city, "headline") if city else LocalizedText(None, None, current_language())


def _cities(pages: list) -> dict[str, CityPage]:
    """Every city above one of the pages; news may be one level deeper, in a city's own list."""
    paths = {page.path[:end] for page in pages for end in range(STEP, len(page.path), STEP)}
    return {city.path: city for city in CityPage.objects.filter(path__in=paths).for_reading(None, "headline")}


def _above(page, cities: dict[str, CityPage]) -> CityPage | None:
    return next((city for path, city in cities.items() if page.path.startswith(path)), None)


def _partner_counts(ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for page_id in ProjectPartner.objects.filter(page_id__in=ids, city__live=True).values_list("page_id", flat=True):
        found[page_id] += 1
    return found


def _clip_counts(ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    through = ClipPage.projects.through.objects.filter(projectpage_id__in=ids, clippage__in=listed_clip_pages())
    for page_id in through.values_list("projectpage_id", flat=True):
        found[page_id] += 1
    return found


def _colours(ids: list[int]) -> dict[int, str]:
    links = ProjectPage.themes.through.objects.filter(projectpage_id__in=ids).order_by("-pk")
    return dict(links.values_list("projectpage_id", "theme__colour"))
