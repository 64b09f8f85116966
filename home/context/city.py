"""Cities: all of them on the map, and one with everything it has published."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.card import clip_cards
from home.context.city_map import city_entries, city_entry, group_by_country, live_cities, map_drawing
from home.context.featured import featured_clip, meta_description, newest_clips
from home.context.layout import Notice, PageLayout
from home.context.list_items import (
    news_items,
    project_cards,
    select_for_news_items,
    select_for_story_items,
    story_items,
)
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import LanguageLabel, country_name, language_label
from home.images.renditions import ResponsiveImage
from home.models import CityIndexPage, CityPage, ClipPage, NewsPage, ProjectPage, StoryPage

MAX_CITY_NEWS = 6


@dataclass(frozen=True)
class CityFacts:
    """A city in a few words."""

    name: LocalizedText
    country: str
    languages: tuple[LanguageLabel, ...]
    accent: str


@dataclass(frozen=True)
class Contact:
    """A person to contact in the city. ``phone_href`` is a ``tel:`` address or empty."""

    name: str
    role: LocalizedText
    phone: str
    phone_href: str
    email: str
    picture: ResponsiveImage | None = None


def city_index_context(page: CityIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All live cities by name and by country."""
    found = city_entries(live_cities(), request)
    return {
        "headline": localized_text(page, "headline"),
        "intro": localized_text(page, "intro"),
        "cities": found,
        "map": map_drawing(),
        "countries": group_by_country(found),
    }, PageLayout(description=meta_description(localized_text(page, "intro")))


def city_context(page: CityPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One city: its words, clips, stories, news, people, projects."""
    clips, projects = newest_clips().descendant_of(page), _projects(page)
    hero = featured_clip(None, clips, request)
    shown = clip_cards(clips, request)
    notice = localized_text(page, "service_notice")
    return {
        "city": _facts(page),
        "headline": localized_text(page, "headline"),
        "notice": Notice(notice, "warning") if notice else None,
        "intro": localized_text(page, "intro"),
        "history": localized_text(page, "history"),
        "featured": hero,
        "clips": [card for card in shown if hero is None or card.public_id != hero.card.public_id],
        "contacts": contacts_of(page),
        "projects": project_cards(projects, request),
        "elsewhere_count": _elsewhere(page, projects).count(),
        "elsewhere_url": _first_url(projects, request),
        **_stories_and_news(page, request),
        **_on_the_map(page, request, len(shown)),
    }, PageLayout(
        accent=page.accent,
        description=meta_description(localized_text(page, "intro")),
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects.select_related("programme")),
    )


def _facts(page: CityPage) -> CityFacts:
    languages = tuple(language_label(code) for code in page.languages)
    return CityFacts(localized_text(page, "headline"), country_name(page.country), languages, page.accent)


def _stories_and_news(page: CityPage, request: HttpRequest) -> dict[str, Any]:
    """Stories and the newest news below the city."""
    stories = StoryPage.objects.live().public().descendant_of(page).order_by("-told_on", "-pk")
    news = NewsPage.objects.live().public().descendant_of(page).order_by("-date", "-pk")[:MAX_CITY_NEWS]
    return {
        "stories": story_items(select_for_story_items(stories), request),
        "news": news_items(select_for_news_items(news), request),
    }


def _on_the_map(page: CityPage, request: HttpRequest, count: int) -> dict[str, Any]:
    here = city_entry(page, request, count)
    return {"map": map_drawing(here), "cities": [here] if here and here.x is not None else []}


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
    links = page.contacts.all()
    # A preview holds its rows in memory, where nothing can be selected along.
    rows = links.select_related("person") if hasattr(links, "query") else links
    return [_contact(row.person) for row in rows]


def _contact(person: Any) -> Contact:
    digits = "".join(c for c in person.phone if c.isdigit() or c == "+")
    return Contact(
        name=person.name,
        role=localized_text(person, "role"),
        phone=person.phone,
        phone_href=f"tel:{digits}" if digits else "",
        email=person.email,
    )
