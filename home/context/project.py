"""Projects: all of them, and one with its money, its cities and their clips."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.context.card import ClipCard, clip_cards
from home.context.city_map import CityEntry, city_entries, city_entry, live_cities, map_drawing
from home.context.featured import meta_description, newest_clips
from home.context.layout import PageLayout
from home.context.list_items import programme_name, project_cards
from home.context.project_statements import eu_statements
from home.i18n.date_ranges import project_period
from home.i18n.fields import LocalizedText, localized_text
from home.models import ClipPage, ProjectIndexPage, ProjectPage


@dataclass(frozen=True)
class ProjectFacts:
    """A project in a few words."""

    acronym: str
    full_title: LocalizedText
    summary: LocalizedText
    lead_organisation: str
    programme: LocalizedText
    period_text: str
    start: datetime.date | None
    end: datetime.date | None
    website: str


@dataclass(frozen=True)
class CityClips:
    """A city with its clips of the project."""

    city: CityEntry
    clips: tuple[ClipCard, ...]


def project_index_context(page: ProjectIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All live projects, the latest first."""
    shown = ProjectPage.objects.live().public().order_by("-starts_on", "path")
    return {
        "headline": localized_text(page, "headline"),
        "intro": localized_text(page, "intro"),
        "projects": project_cards(shown, request),
    }, PageLayout(description=meta_description(localized_text(page, "intro")))


def project_context(page: ProjectPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One project with all clips by city."""
    clips = clip_cards(_clips(page), request)
    partners = city_entries(live_cities().filter(pk__in=[partner.city_id for partner in page.partners.all()]), request)
    statements_shown = eu_statements([page])
    return {
        "project": _facts(page),
        "headline": localized_text(page, "headline"),
        "clips_by_city": _by_city(clips, request),
        "cities": partners,
        "map": map_drawing(),
        "eu_statement": statements_shown[0] if statements_shown else None,
        "clip_count": len(clips),
    }, PageLayout(description=meta_description(localized_text(page, "summary")), eu_statements=statements_shown)


def _facts(page: ProjectPage) -> ProjectFacts:
    return ProjectFacts(
        acronym=page.acronym,
        full_title=localized_text(page, "headline"),
        summary=localized_text(page, "summary"),
        lead_organisation=page.lead_partner,
        programme=programme_name(page),
        period_text=project_period(page),
        start=page.starts_on,
        end=page.ends_on,
        website=page.website,
    )


def _clips(page: ProjectPage) -> Any:
    if page.pk is None:
        return ClipPage.objects.none()
    return newest_clips().filter(projects=page.pk)


def _by_city(clips: list[ClipCard], request: HttpRequest) -> list[CityClips]:
    """The cards under their cities, cities by name; whatever the city's own part in the project is."""
    groups: dict[str, list[ClipCard]] = {}
    for card in clips:
        groups.setdefault(card.city_url, []).append(card)
    cities = {p.url: p for p in _cities(groups, request)}
    found = [CityClips(cities[url], tuple(group)) for url, group in groups.items() if url in cities]
    return sorted(found, key=lambda entry: str(entry.city.name).casefold())


def _cities(groups: dict[str, list[ClipCard]], request: HttpRequest) -> list[CityEntry]:
    found = [city_entry(city, request) for city in live_cities()] if groups else []
    return [city for city in found if city and city.url in groups]
