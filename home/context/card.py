"""Cards: clips as lists show them. However many clips a list has, its cards cost the same few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from home import links
from home.access.visibility import listed_clip_pages
from home.context.city_map import cities_above
from home.context.poster import PosterImage, poster_of
from home.i18n import durations
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import LanguageLabel, language_label
from home.models import ClipPage, ProjectPage, Theme
from media_pipeline.models import Caption


@dataclass(frozen=True)
class ClipCard:
    """A clip in a list. ``captions`` are codes without the spoken language, ``state`` is ready or processing."""

    public_id: str
    title: LocalizedText
    url: str
    poster: PosterImage
    duration_text: str
    duration_spoken: str
    themes: list[Theme]
    city_name: LocalizedText
    city_url: str
    project_names: list[str]
    spoken: LanguageLabel
    captions: list[str]
    state: str
    is_demo: bool


def newest_clips(request: HttpRequest | None) -> QuerySet[ClipPage]:
    """Clips that lists show the visitor, the latest published first."""
    return listed_clip_pages(request).order_by("-first_published_at", "-pk")


def select_for_cards(pages: QuerySet[ClipPage]) -> QuerySet[ClipPage]:
    """Load of each page and clip only what a card shows."""
    return pages.for_reading(None, "headline").select_related("clip__package", "clip__poster__package")


def clip_cards(pages: QuerySet[ClipPage] | Iterable[ClipPage], request: HttpRequest | None) -> list[ClipCard]:
    """Make the cards of pages that the visitor may see, in their order; what else they name, the visitor may see, too.

    Five queries and the list's own. Pages without a clip are left out.
    """
    if isinstance(pages, QuerySet):
        pages = select_for_cards(pages)
    shown = [page for page in pages if page.clip_id is not None]
    cities, ids = cities_above(shown), [page.pk for page in shown if page.pk is not None]
    themes, projects, captions = _themes(ids), _projects(ids, request), _captions([page.clip_id for page in shown])
    return [
        ClipCard(
            public_id=page.clip.public_id,
            title=localized_text(page, "headline"),
            url=page.get_url(request) or links.permanent_url(page.clip),
            poster=poster_of(page.clip),
            duration_text=durations.format_clock(page.clip.duration_s),
            duration_spoken=durations.spoken_duration(page.clip.duration_s),
            themes=themes[page.pk],
            city_name=localized_text(cities.get(page.path), "headline"),
            city_url=cities[page.path].get_url(request) if page.path in cities else "",
            project_names=projects[page.pk],
            spoken=language_label(page.clip.spoken_language),
            captions=[code for code in captions[page.clip_id] if code != page.clip.spoken_language],
            state="ready" if page.clip.is_playable else "processing",
            is_demo=bool(page.demo_key or page.clip.demo_key),
        )
        for page in shown
    ]


def _themes(ids: list[int]) -> dict[int, list[Theme]]:
    links = ClipPage.themes.through.objects.filter(clippage_id__in=ids).order_by("pk")
    pairs = list(links.values_list("clippage_id", "theme_id"))
    known = Theme.objects.for_reading().in_bulk({pk for _, pk in pairs})
    return _grouped((page_id, known[theme_id]) for page_id, theme_id in pairs)


def _projects(ids: list[int], request: HttpRequest | None) -> dict[int, list[str]]:
    visible = ProjectPage.objects.visible_to(request)
    links = ClipPage.projects.through.objects.filter(clippage_id__in=ids, projectpage__in=visible)
    rows = links.order_by("pk").values_list("clippage_id", "projectpage__acronym", "projectpage__title")
    return _grouped((page_id, acronym or title) for page_id, acronym, title in rows)


def _captions(clip_ids: list[int]) -> dict[int, list[str]]:
    tracks = Caption.objects.filter(clip_id__in=clip_ids).exclude(kind=Caption.Kind.DESCRIPTIONS)
    return _grouped(tracks.order_by("language").values_list("clip_id", "language").distinct())


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
