"""Projects: in lists, and one with its money, its cities and their clips."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.body import PageBody
from home.context.card import newest_clips, read_clips
from home.context.city_map import city_entries, clip_counts, visible_cities
from home.context.layout import PageLayout
from home.context.map_projection import full_view_box
from home.context.project_statements import eu_statements
from home.i18n.date_ranges import project_period
from home.i18n.fields import LocalizedText, localized_text
from home.images.renditions import read_renditions
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


def read_projects(pages: Any, request: HttpRequest) -> list[ProjectPage]:
    """Projects in the queryset's order with what cards and statements say of them. One query.

    Each counts its ``city_count`` and ``clip_count`` and has the ``colour`` of its first theme, all as annotations.
    """
    partners = ProjectPartner.objects.filter(page=OuterRef("pk"), city__in=CityPage.objects.visible_to(request))
    clips = ClipPage.projects.through.objects.filter(
        projectpage=OuterRef("pk"), clippage__in=listed_clip_pages(request).order_by()
    )
    themes = ProjectPage.themes.through.objects.filter(projectpage=OuterRef("pk")).order_by("pk")
    counted = pages.for_reading(None, "headline").annotate(
        city_count=Coalesce(count_of(partners), 0),
        clip_count=Coalesce(count_of(clips), 0),
        colour=Subquery(themes.values("theme__colour")[:1]),
    )
    return list(counted.select_related("programme"))


def count_of(rows: QuerySet[Any]) -> Subquery:
    """The number of ``rows`` as a value within another query; null for none."""
    same = rows.order_by().annotate(same=Value(1)).values("same")
    return Subquery(same.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def project_cards(projects: list[ProjectPage], request: HttpRequest) -> list[ProjectCard]:
    """Cards of projects that ``read_projects`` read, in their order. No query."""
    return [
        ProjectCard(
            name=page.acronym or page.title,
            full_title=localized_text(page, "headline"),
            url=page.get_url(request) or "",
            period_text=project_period(page),
            programme=localized_text(page.programme, "name"),
            city_count=page.city_count,
            clip_count=page.clip_count,
            colour=page.colour or "sky",
        )
        for page in projects
    ]


def page_projects(page: Any, request: HttpRequest | None) -> list[ProjectPage]:
    """The projects a page names that the visitor may see, with what the statement of the European Union needs.

    One query.
    """
    projects = ProjectPage.objects.visible_to(request).filter(pk__in=keys_of(page.projects))
    return list(projects.for_reading(None, "headline").select_related("programme"))


def keys_of(related: Any) -> Any:
    """What a page names, for ``pk__in``: a subquery of what is stored, the keys of what a preview holds."""
    named = related.all()
    return named.order_by().values("pk") if isinstance(named, QuerySet) else [item.pk for item in named]


def project_index_context(page: ProjectIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All visible projects, the latest first."""
    shown = read_projects(ProjectPage.objects.visible_to(request).order_by("-starts_on", "path"), request)
    intro = localized_text(page, "intro")
    return {"intro": intro, "projects": project_cards(shown, request)}, PageLayout(description=intro)


def project_context(page: ProjectPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One project with all clips by city."""
    body, summary = PageBody(page), localized_text(page, "summary")
    own = newest_clips(request).filter(projects=page.pk) if page.pk else []
    clips = read_clips(request, own=own, in_body=body.clip_keys)
    read_renditions(body.pictures)
    partners = visible_cities(request).filter(pk__in=[partner.city_id for partner in page.partners.all()])
    # By city, whatever part that city has in the project.
    by_city = sorted(clips.cards("own"), key=lambda card: (str(card.city_name).casefold(), card.city_url))
    return {
        "summary": summary,
        "body": body.parts(clips["in_body"], body.read_texts(request)),
        "programme": localized_text(page.programme, "name"),
        "period_text": project_period(page),
        "clips": by_city,
        "cities": city_entries(partners, clip_counts(request).by_city, request),
        "map_view_box": full_view_box(),
    }, PageLayout(description=summary, eu_statements=eu_statements([page]))
