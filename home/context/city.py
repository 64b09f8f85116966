"""Cities: all of them on the map, and one with everything it has published."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.access.visibility import listed_clip_pages, playable_clip_pages
from home.context.card import clip_cards, newest_clips
from home.context.city_map import city_entries, city_entry, visible_cities
from home.context.featured import featured_clip
from home.context.layout import PageLayout
from home.context.list_items import list_items
from home.context.map_projection import full_view_box, view_box_around
from home.context.project import project_cards
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.models import CityIndexPage, CityPage, ClipPage, NewsPage, ProjectPage, StoryPage

MAX_CITY_NEWS = 6


@dataclass(frozen=True)
class Contact:
    """A person to contact in the city. ``phone_href`` is a ``tel:`` address or empty."""

    name: str
    role: LocalizedText
    phone: str
    phone_href: str
    email: str


def city_index_context(page: CityIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All visible cities by name and by country."""
    cities, intro = city_entries(visible_cities(request), request), localized_text(page, "intro")
    return {
        "intro": intro,
        "cities": cities,
        "cities_by_country": sorted(cities, key=lambda city: city.country.casefold()),
        "map_view_box": full_view_box(),
    }, PageLayout(description=intro)


def city_context(page: CityPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One city: its words, clips, stories, news, people, projects."""
    clips, intro = newest_clips(request).descendant_of(page), localized_text(page, "intro")
    projects = ProjectPage.objects.visible_to(request).filter(partners__city=page.pk)
    projects = projects.order_by("starts_on", "path").distinct()
    # Clips of the same projects from other cities.
    same = ClipPage.projects.through.objects.filter(projectpage__in=projects).values("clippage_id")
    stories = StoryPage.objects.visible_to(request).descendant_of(page).order_by("-told_on", "-pk")
    news = NewsPage.objects.visible_to(request).descendant_of(page).order_by("-date", "-pk")[:MAX_CITY_NEWS]
    hero = featured_clip(clips.filter(pk__in=playable_clip_pages(request)), request)
    shown = clip_cards(clips, request)
    here = city_entry(page, request, len(shown))
    return {
        "city": here,
        "notice": localized_text(page, "service_notice"),
        "intro": intro,
        "history": localized_text(page, "history"),
        "featured": hero,
        "clips": [card for card in shown if hero is None or card.public_id != hero.card.public_id],
        "contacts": contacts_of(page),
        "projects": project_cards(projects, request),
        "elsewhere_count": listed_clip_pages(request).filter(pk__in=same).not_descendant_of(page).count(),
        "stories": list_items(stories, "summary", request),
        "news": list_items(news, "teaser", request),
        "cities": [here],
        "map_view_box": view_box_around(here.x, here.y) if here.x is not None else "",
    }, PageLayout(
        accent=page.accent,
        description=intro,
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects.select_related("programme")),
    )


def contacts_of(page: CityPage) -> list[Contact]:
    """The city's people in the editor's order; also those of an unsaved preview."""
    found = []
    for person in (row.person for row in page.contacts.select_related("person")):
        digits = "".join(c for c in person.phone if c.isdigit() or c == "+")
        phone_href = f"tel:{digits}" if digits else ""
        found.append(Contact(person.name, localized_text(person, "role"), person.phone, phone_href, person.email))
    return found
