"""News and stories as lists show them. A list costs a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.i18n.fields import LocalizedText, localized_text
from home.images.renditions import ResponsiveImage, responsive_image
from home.models import CityPage, NewsPage, StoryPage

LIST_IMAGE_WIDTHS = (320, 640)


@dataclass(frozen=True)
class ListItem:
    """A piece of news or a story in a list."""

    page: NewsPage | StoryPage
    title: LocalizedText
    url: str
    teaser: LocalizedText
    city_name: LocalizedText
    picture: ResponsiveImage | None


def read_list(pages: Any, teaser: str) -> list[Any]:
    """News or stories in the order of their queryset, with what a list shows of them. One query."""
    return list(pages.for_reading(None, "headline", teaser).select_related("picture"))


def list_items(pages: list[Any], teaser: str, cities: Mapping[str, CityPage], request: HttpRequest) -> list[ListItem]:
    """What ``read_list`` read, as lists show it. ``cities`` are those above each page's path.

    No query for pictures whose renditions were read.
    """
    return [
        ListItem(
            page=page,
            title=localized_text(page, "headline"),
            url=page.get_url(request) or "",
            teaser=localized_text(page, teaser),
            city_name=localized_text(cities.get(page.path), "headline"),
            picture=responsive_image(page.picture, LIST_IMAGE_WIDTHS),
        )
        for page in pages
    ]
