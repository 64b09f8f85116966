"""Projects: in lists, and one with its money, its cities and their clips."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.card import clip_cards, newest_clips
from home.context.city_map import city_entries, visible_cities
from home.context.layout import PageLayout
from home.context.map_projection import full_view_box
from home.context.project_statements import eu_statements
from home.i18n.date_ranges import project_period
from home.i18n.fields import LocalizedText, localized_text
from home.models import CityPage, ClipPage, ProjectIndexPage, ProjectPage, ProjectPartner


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


def project_cards(pages: Any, request: HttpRequest) -> list[ProjectCard]:
    """Projects in the queryset's order. A list costs a constant number of queries."""
    shown = list(pages.for_reading(None, "headline").select_related("programme"))
    ids = [page.pk for page in shown]
    partners = ProjectPartner.objects.filter(page_id__in=ids, city__in=CityPage.objects.visible_to(request))
    clips = ClipPage.projects.through.objects.filter(projectpage_id__in=ids, clippage__in=listed_clip_pages(request))
    themes = ProjectPage.themes.through.objects.filter(projectpage_id__in=ids).order_by("-pk")
    city_counts, clip_counts = (
        Counter(partners.values_list("page_id", flat=True)),
        Counter(clips.values_list("projectpage_id", flat=True)),
    )
    colours = dict(themes.values_list("projectpage_id", "theme__colour"))
    return [
        ProjectCard(
            name=page.acronym or page.title,
            full_title=localized_text(page, "headline"),
            url=page.get_url(request) or "",
            period_text=project_period(page),
            programme=localized_text(page.programme, "name"),
            city_count=city_counts[page.pk],
            clip_count=clip_counts[page.pk],
            colour=colours.get(page.pk, "sky"),
        )
        for page in shown
    ]


def page_projects(page: Any, request: HttpRequest | None) -> list[ProjectPage]:
    """The projects a page names that the visitor may see, with what the statement of the European Union needs."""
    projects = ProjectPage.objects.visible_to(request).filter(pk__in=[project.pk for project in page.projects.all()])
    return list(projects.for_reading(None, "headline").select_related("programme"))


def project_index_context(page: ProjectIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All visible projects, the latest first."""
    shown, intro = ProjectPage.objects.visible_to(request).order_by("-starts_on", "path"), localized_text(page, "intro")
    return {"intro": intro, "projects": project_cards(shown, request)}, PageLayout(description=intro)


def project_context(page: ProjectPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One project with all clips by city."""
    clips = newest_clips(request).filter(projects=page.pk) if page.pk else ClipPage.objects.none()
    partners = visible_cities(request).filter(pk__in=[partner.city_id for partner in page.partners.all()])
    cards = clip_cards(clips, request)  # whatever part their city has in the project
    summary, statements = localized_text(page, "summary"), eu_statements([page])
    return {
        "summary": summary,
        "programme": localized_text(page.programme, "name"),
        "period_text": project_period(page),
        "clips": sorted(cards, key=lambda card: (str(card.city_name).casefold(), card.city_url)),
        "cities": city_entries(partners, request),
        "map_view_box": full_view_box(),
    }, PageLayout(description=summary, eu_statements=statements)
