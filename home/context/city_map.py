"""Cities as dots on the map and entries of lists."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static

from home.access.visibility import listed_clip_pages
from home.context import map_projection
from home.context.card import STEP
from home.i18n.fields import Localized, localized
from home.i18n.languages import Language, country_here, language
from home.models import CityPage


@dataclass(frozen=True)
class Place:
    """A city with the number of its clips; ``x`` and ``y`` in units of the map, None where it has no place on it."""

    name: Localized
    url: str
    count: int
    country: str
    accent: str
    x: float | None
    y: float | None
    languages: tuple[Language, ...]


@dataclass(frozen=True)
class Drawing:
    """The drawn land and the units its dots are measured in."""

    view_box: str
    land_url: str


@dataclass(frozen=True)
class Country:
    """A country with its cities, in alphabetical order."""

    name: str
    cities: tuple[Place, ...]


def drawing(near: "Place | None" = None) -> Drawing:
    """The map; with ``near``, a closer look at the land around that place."""
    box = map_projection.view_box_around(near.x, near.y) if near and near.x is not None else map_projection.view_box()
    return Drawing(box, static("home/dist/europe.svg"))


def live_cities() -> Any:
    """Cities people may visit, with what lists show of them."""
    return CityPage.objects.live().public().for_reading(None, "headline")


def places(cities: Iterable[CityPage], request: HttpRequest) -> list[Place]:
    """The cities by name. Two queries for all counts together."""
    counts = clip_counts()
    found = [_place(city, counts, request) for city in cities]
    return sorted(found, key=lambda place: str(place.name).casefold())


def clip_counts() -> Counter[str]:
    """Listed clips per city, by the city's path."""
    paths = listed_clip_pages().values_list("path", flat=True)
    return Counter(path[:-STEP] for path in paths)


def countries(found: list[Place]) -> list[Country]:
    """The cities grouped by country, both by name."""
    ordered = sorted(found, key=lambda place: (place.country.casefold(), str(place.name).casefold()))
    return [Country(name, tuple(group)) for name, group in groupby(ordered, key=lambda place: place.country)]


def city_of(page: Any) -> CityPage | None:
    """The city that a clip, story or piece of news stands below; one query."""
    paths = [page.path[:end] for end in range(STEP, len(page.path), STEP)]
    return CityPage.objects.filter(path__in=paths).for_reading(None, "headline").first()


def place(city: CityPage | None, request: HttpRequest, count: int = 0) -> Place | None:
    """One city, without asking for its clips."""
    return _place(city, Counter({city.path: count}), request) if city else None


def _place(city: CityPage, counts: Counter[str], request: HttpRequest) -> Place:
    x = y = None
    if (
        city.latitude is not None
        and city.longitude is not None
        and map_projection.on_map(city.latitude, city.longitude)
    ):
        x, y = map_projection.project(city.latitude, city.longitude)
    return Place(
        name=localized(city, "headline"),
        url=city.get_url(request) or "",
        count=counts[city.path],
        country=country_here(city.country),
        accent=city.accent,
        x=x,
        y=y,
        languages=tuple(language(code) for code in city.languages),
    )
