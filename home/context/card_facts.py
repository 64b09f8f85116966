"""What cards name beside page and clip, from several tables by one query: themes, projects, caption tracks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest

from home.i18n.fields import fieldname, reading_languages
from home.models import ClipPage, ProjectPage, Theme
from home.models.querysets import object_of
from media_pipeline.models import Caption


@dataclass(frozen=True)
class CardFacts:
    """Themes and names of projects by the key of the page, caption tracks without their cues by the key of the clip."""

    themes: dict[int, list[Theme]]
    projects: dict[int, list[str]]
    tracks: dict[int, list[Caption]]


NO_FACTS = CardFacts({}, {}, {})


def read_card_facts(pages: Iterable[ClipPage], request: HttpRequest | None) -> CardFacts:
    """Read them for pages with a clip each; projects are those that the visitor may see. One query."""
    page_ids, clip_ids = zip(*((page.pk, page.clip_id) for page in pages), strict=True)
    theme_columns = ["id", "slug", "colour", "original_language", "name", *_theme_names()]
    width = len(theme_columns)
    themes = ClipPage.themes.through.objects.filter(clippage_id__in=page_ids)
    projects = ClipPage.projects.through.objects.filter(
        clippage_id__in=page_ids, projectpage__in=ProjectPage.objects.visible_to(request)
    )
    captions = Caption.objects.filter(clip_id__in=clip_ids)
    rows = _rows("theme", themes, "clippage_id", [f"theme__{name}" for name in theme_columns], width).union(
        _rows("project", projects, "clippage_id", ["pk", "projectpage__acronym", "projectpage__title"], width),
        _rows("caption", captions, "clip_id", ["pk", "language", "kind"], width),
        all=True,
    )
    facts = CardFacts(defaultdict(list), defaultdict(list), defaultdict(list))
    for kind, _order, owner, *values in sorted(rows, key=lambda row: row[:2]):
        if kind == "theme":
            facts.themes[owner].append(object_of(Theme, dict(zip(theme_columns, values, strict=True))))
        elif kind == "project":
            facts.projects[owner].append(values[1] or values[2])
        else:
            facts.tracks[owner].append(Caption(pk=values[0], clip_id=owner, language=values[1], kind=values[2]))
    for tracks in facts.tracks.values():
        tracks.sort(key=lambda track: (track.language, track.kind))
    return facts


def _theme_names() -> list[str]:
    return [fieldname("name", code) for code in reading_languages()]


def _rows(kind: str, objects: QuerySet[Any], owner: str, columns: list[str], width: int) -> QuerySet[Any]:
    """Rows of ``kind``, the key of the row, that of its owner, and ``width`` columns, empty after the given ones."""
    empty = [Value("")] * (width - len(columns))
    return objects.order_by().values_list(Value(kind), "pk", owner, *columns, *empty)
