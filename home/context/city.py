"""Cities: all of them on the map, and one with everything it has made."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.card import cards
from home.context.city_map import countries, drawing, live_cities, place, places
from home.context.featured import featured, newest_clips, plain
from home.context.layout import Frame, Notice
from home.context.list_items import for_news, for_stories, news_items, project_cards, story_items
from home.context.project_statements import statements
from home.i18n.fields import Localized, localized
from home.i18n.languages import Language, country_here, language
from home.images.renditions import Shown
from home.models import CityIndexPage, CityPage, ClipPage, NewsPage, ProjectPage, StoryPage

NEWS = 6


@dataclass(frozen=True)
class CityFacts:
    """A city in a few words."""

    name: Localized
    country: str
    languages: tuple[Language, ...]
    accent: str


@dataclass(frozen=True)
class Contact:
    """Somebody the city names. ``phone_href`` is a ``tel:`` address or empty."""

    name: str
    role: Localized
    phone: str
    phone_href: str
    email: str
    picture: Shown | None = None


def city_index_context(page: CityIndexPage, request: HttpRequest) -> tuple[dict[str, Any], Frame]:
    """All live cities by name and by country."""
    found = places(live_cities(), request)
    return {
        "headline": localized(page, "headline"),
        "intro": localized(page, "intro"),
        "cities": found,
        "map": drawing(),
        "countries": countries(found),
    }, Frame(description=plain(localized(page, "intro")))


def city_context(page: CityPage, request: HttpRequest) -> tuple[dict[str, Any], Frame]:
    """One city: its words, clips, stories, news, people, projects."""
    clips, projects = newest_clips().descendant_of(page), _projects(page)
    hero = featured(None, clips, request)
    shown = cards(clips, request)
    notice = localized(page, "service_notice")
    return {
        "city": _facts(page),
        "headline": localized(page, "headline"),
        "notice": Notice(notice, "warning") if notice else None,
        "intro": localized(page, "intro"),
        "history": localized(page, "history"),
        "featured": hero,
        "clips": [card for card in shown if hero is None or card.public_id != hero.card.public_id],
        "contacts": contacts_of(page),
        "projects": project_cards(projects, request),
        "elsewhere_count": _elsewhere(page, projects).count(),
        "elsewhere_url": _first_url(projects, request),
        **_told(page, request),
        **_on_the_map(page, request, len(shown)),
    }, Frame(
        accent=page.accent,
        description=plain(localized(page, "intro")),
        image_url=hero.card.poster_url if hero else "",
        eu_statements=statements(projects.select_related("programme")),
    )


def _facts(page: CityPage) -> CityFacts:
    languages = tuple(language(code) for code in page.languages)
    return CityFacts(localized(page, "headline"), country_here(page.country), languages, page.accent)


def _told(page: CityPage, request: HttpRequest) -> dict[str, Any]:
    """Stories and the newest news below the city."""
    stories = StoryPage.objects.live().public().descendant_of(page).order_by("-told_on", "-pk")
    news = NewsPage.objects.live().public().descendant_of(page).order_by("-date", "-pk")[:NEWS]
    return {"stories": story_items(for_stories(stories), request), "news": news_items(for_news(news), request)}


def _on_the_map(page: CityPage, request: HttpRequest, count: int) -> dict[str, Any]:
    here = place(page, request, count)
    return {"map": drawing(here), "cities": [here] if here and here.x is not None else []}


def _projects(page: CityPage) -> Any:
    """Live projects the city takes part in."""
    return ProjectPage.objects.live().public().filter(partners__city=page.pk).order_by("starts_on", "path").distinct()


def _elsewhere(page: CityPage, projects: Any) -> Any:
    """Clips of the same projects from other cities."""
    same = ClipPage.projects.through.objects.filter(projectpage__in=projects).values("clippage_id")
    return listed_clip_pages().filter(pk__in=same).not_descendant_of(page)


def _first_url(projects: Any, request: HttpRequest) -> str:
    first = projects.for_reading(None, "headline").first()
    return (first.get_url(request) or "") if first else ""


def contacts_of(page: CityPage) -> list[Contact]:
    """The city's people in the editor's order; also those of an unsaved preview."""
    return [_contact(link.person) for link in _with_persons(page)]


def _with_persons(page: CityPage) -> list[Any]:
    links = page.contacts.all()
    # A preview holds its rows in memory, where nothing can be selected along.
    return list(links.select_related("person") if hasattr(links, "query") else links)


def _contact(person: Any) -> Contact:
    digits = "".join(c for c in person.phone if c.isdigit() or c == "+")
    return Contact(
        name=person.name,
        role=localized(person, "role"),
        phone=person.phone,
        phone_href=f"tel:{digits}" if digits else "",
        email=person.email,
    )
