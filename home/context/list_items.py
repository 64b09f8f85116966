"""News and stories as lists show them. A list costs a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.context.city_map import cities_above
from home.i18n.fields import LocalizedText, localized_text
from home.images.renditions import ResponsiveImage, responsive_image
from home.models import NewsPage, StoryPage

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


def list_items(pages: Any, teaser: str, request: HttpRequest) -> list[ListItem]:
    """News or stories in the order of their queryset, with the text of the field ``teaser``."""
    selected = pages.for_reading(None, "headline", teaser).select_related("picture")
    shown = list(selected.prefetch_related("picture__renditions"))
    cities = cities_above(shown)
    return [
        ListItem(
            page=page,
            title=localized_text(page, "headline"),
            url=page.get_url(request) or "",
            teaser=localized_text(page, teaser),
            city_name=localized_text(cities.get(page.path), "headline"),
            picture=responsive_image(page.picture, LIST_IMAGE_WIDTHS),
        )
        for page in shown
    ]
