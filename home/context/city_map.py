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
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import LanguageLabel, country_name, language_label
from home.models import CityPage


@dataclass(frozen=True)
class CityEntry:
    """A city with the number of its clips; ``x`` and ``y`` in units of the map, None where it has no place on it."""

    name: LocalizedText
    url: str
    count: int
    country: str
    accent: str
    x: float | None
    y: float | None
    languages: tuple[LanguageLabel, ...]


@dataclass(frozen=True)
class MapDrawing:
    """The drawn land and the units its dots are measured in."""

    view_box: str
    land_url: str


@dataclass(frozen=True)
class CountryGroup:
    """A country with its cities, in alphabetical order."""

    name: str
    cities: tuple[CityEntry, ...]


def map_drawing(near: "CityEntry | None" = None) -> MapDrawing:
    """The map; with ``near``, a closer look at the land around that place."""
    box = (
        map_projection.view_box_around(near.x, near.y)
        if near and near.x is not None
        else map_projection.full_view_box()
    )
    return MapDrawing(box, static("home/dist/europe.svg"))


def live_cities() -> Any:
    """Cities people may visit, with what lists show of them."""
    return CityPage.objects.live().public().for_reading(None, "headline")


def city_entries(cities: Iterable[CityPage], request: HttpRequest) -> list[CityEntry]:
    """The cities by name. Two queries for all counts together."""
    counts = count_clips_by_city()
    found = [_place(city, counts, request) for city in cities]
    return sorted(found, key=lambda place: str(place.name).casefold())


def count_clips_by_city() -> Counter[str]:
    """Listed clips per city, by the city's path."""
    paths = listed_clip_pages().values_list("path", flat=True)
    return Counter(path[:-STEP] for path in paths)


def group_by_country(found: list[CityEntry]) -> list[CountryGroup]:
    """The cities grouped by country, both by name."""
    ordered = sorted(found, key=lambda place: (place.country.casefold(), str(place.name).casefold()))
    return [CountryGroup(name, tuple(group)) for name, group in groupby(ordered, key=lambda place: place.country)]


def city_of(page: Any) -> CityPage | None:
    """The city that a clip, story or piece of news belongs to; one query."""
    paths = [page.path[:end] for end in range(STEP, len(page.path), STEP)]
    return CityPage.objects.filter(path__in=paths).for_reading(None, "headline").first()


def city_entry(city: CityPage | None, request: HttpRequest, count: int = 0) -> CityEntry | None:
    """One city, without asking for its clips."""
    return _place(city, Counter({city.path: count}), request) if city else None


def _place(city: CityPage, counts: Counter[str], request: HttpRequest) -> CityEntry:
    x = y = None
    if (
        city.latitude is not None
        and city.longitude is not None
        and map_projection.is_on_map(city.latitude, city.longitude)
    ):
        x, y = map_projection.project_to_map(city.latitude, city.longitude)
    return CityEntry(
        name=localized_text(city, "headline"),
        url=city.get_url(request) or "",
        count=counts[city.path],
        country=country_name(city.country),
        accent=city.accent,
        x=x,
        y=y,
        languages=tuple(language_label(code) for code in city.languages),
    )
