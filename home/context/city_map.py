"""Cities as dots on the map and entries of lists, and which city a page belongs to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Value
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from wagtail.models import Page

from home.access.visibility import listed_clip_pages
from home.context.map_projection import is_on_map, project_to_map
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


def visible_cities(request: HttpRequest | None) -> Any:
    """Cities the visitor may see, with what lists show of them."""
    return CityPage.objects.visible_to(request).for_reading(None, "headline")


@dataclass(frozen=True)
class ClipCounts:
    """Clips that the visitor is shown, by the path of their city, and the languages that one hears or reads there."""

    by_city: Counter[str]
    languages: frozenset[str]


def clip_counts(request: HttpRequest) -> ClipCounts:
    """One query with a row for each language of each city, however many clips there are."""
    pages = listed_clip_pages(request).order_by()
    city = Left("path", Length("path") - Page.steplen)
    spoken = pages.annotate(city_path=city, language=F("clip__spoken_language"))
    read = pages.annotate(city_path=Value(""), language=F("clip__captions__language")).exclude(language=None)
    first, second = (rows.values_list("city_path", "language").annotate(number=Count("pk")) for rows in (spoken, read))
    counts, languages = Counter[str](), set()
    for path, code, number in first.union(second, all=True):
        languages.add(code)
        if path:
            counts[path] += number
    return ClipCounts(counts, frozenset(languages))


def city_entries(cities: Iterable[CityPage], counts: Mapping[str, int], request: HttpRequest) -> list[CityEntry]:
    """The cities by name, each with the number of its clips by its path. No query."""
    found = [city_entry(city, request, counts.get(city.path, 0)) for city in cities]
    return sorted(found, key=lambda entry: str(entry.name).casefold())


def city_entry(city: CityPage, request: HttpRequest, count: int = 0) -> CityEntry:
    """One city, without asking for its clips."""
    x = y = None
    if city.latitude is not None and city.longitude is not None and is_on_map(city.latitude, city.longitude):
        x, y = project_to_map(city.latitude, city.longitude)
    return CityEntry(
        name=localized_text(city, "headline"),
        url=city.get_url(request) or "",
        count=count,
        country=country_name(city.country),
        accent=city.accent,
        x=x,
        y=y,
        languages=tuple(language_label(code) for code in city.languages),
    )


def cities_above(pages: Iterable[Page]) -> dict[str, CityPage]:
    """The cities that clips, stories and news belong to, by the path of the page; one query.

    Who may see a page may see its city: all that is above a visible page is visible.
    """
    shown = list(pages)
    # News may be one level deeper, in a city's own list.
    above = {page.path[:end] for page in shown for end in range(Page.steplen, len(page.path), Page.steplen)}
    return cities_by_page(shown, CityPage.objects.filter(path__in=above).for_reading(None, "headline"))


def cities_by_page(pages: Iterable[Page], cities: Iterable[CityPage]) -> dict[str, CityPage]:
    """Which of ``cities`` each page stands below, by the path of the page."""
    shown = list(pages)
    return {page.path: city for city in cities for page in shown if page.path.startswith(city.path)}


def city_of(page: Any) -> CityPage | None:
    """The city that a clip, story or piece of news belongs to; one query."""
    return cities_above([page]).get(page.path)
