"""Cards: clips as lists show them. However many clips a list has, its cards cost the same few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from home import links
from home.context.poster import PosterImage, poster_of
from home.i18n import durations
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import LanguageLabel, current_language, language_label
from home.models import CityPage, ClipPage, Theme
from media_pipeline.models import Caption, Clip

STEP = 4  # characters of one level in treebeard's paths


@dataclass(frozen=True)
class ThemeLabel:
    """A theme as a sticker; ``url`` is empty while there is no list of its clips."""

    label: LocalizedText
    colour: str
    url: str


@dataclass(frozen=True)
class ClipCard:
    """A clip in a list. ``captions`` are codes without the spoken language, ``state`` is ready or processing."""

    public_id: str
    title: LocalizedText
    url: str
    poster: PosterImage
    duration_text: str
    duration_spoken: str
    themes: tuple[ThemeLabel, ...]
    city_name: LocalizedText
    city_url: str
    project_names: tuple[str, ...]
    spoken: LanguageLabel
    captions: tuple[str, ...]
    state: str
    is_demo: bool


@dataclass(frozen=True)
class _Surroundings:
    """What the cards of one list share, read in one query per kind."""

    cities: dict[str, CityPage]
    themes: dict[int, list[Theme]]
    projects: dict[int, list[str]]
    captions: dict[int, list[str]]


def select_for_cards(pages: QuerySet[ClipPage]) -> QuerySet[ClipPage]:
    """Load of each page and clip only what a card shows."""
    return pages.for_reading(None, "headline").select_related("clip__package", "clip__poster__package")


def clip_cards(pages: QuerySet[ClipPage] | Iterable[ClipPage], request=None) -> list[ClipCard]:
    """Make the cards of a list, in its order. Five queries and the list's own. Pages without a clip are left out."""
    if isinstance(pages, QuerySet):
        pages = select_for_cards(pages)
    shown = [page for page in pages if page.clip_id is not None]
    if not shown:
        return []
    around = _surroundings(shown)
    return [_card(page, around, request) for page in shown]


def theme_label(theme: Theme) -> ThemeLabel:
    """The sticker of a theme."""
    return ThemeLabel(localized_text(theme, "name"), theme.colour, "")


def parent_path(page) -> str:
    """Treebeard's path of the page above."""
    return page.path[:-STEP]


def _surroundings(pages: list[ClipPage]) -> _Surroundings:
    ids = [page.pk for page in pages if page.pk is not None]
    cities = CityPage.objects.filter(path__in={parent_path(page) for page in pages}).for_reading(None, "headline")
    return _Surroundings(
        cities={city.path: city for city in cities},
        themes=_themes(ids),
        projects=_projects(ids),
        captions=_captions([page.clip_id for page in pages]),
    )


def _themes(ids: list[int]) -> dict[int, list[Theme]]:
    links = ClipPage.themes.through.objects.filter(clippage_id__in=ids).order_by("pk")
    pairs = list(links.values_list("clippage_id", "theme_id"))
    known = {theme.pk: theme for theme in Theme.objects.filter(pk__in={pk for _, pk in pairs}).for_reading()}
    found = defaultdict(list)
    for page_id, theme_id in pairs:
        found[page_id].append(known[theme_id])
    return found


def _projects(ids: list[int]) -> dict[int, list[str]]:
    links = ClipPage.projects.through.objects.filter(clippage_id__in=ids, projectpage__live=True).order_by("pk")
    found = defaultdict(list)
    for page_id, acronym, title in links.values_list("clippage_id", "projectpage__acronym", "projectpage__title"):
        found[page_id].append(acronym or title)
    return found


def _captions(clip_ids: list[int]) -> dict[int, list[str]]:
    tracks = Caption.objects.filter(clip_id__in=clip_ids).exclude(kind=Caption.Kind.DESCRIPTIONS)
    found = defaultdict(list)
    for clip_id, code in tracks.order_by("language").values_list("clip_id", "language").distinct():
        found[clip_id].append(code)
    return found


def _card(page: ClipPage, around: _Surroundings, request) -> ClipCard:
    clip: Clip = page.clip
    city = around.cities.get(parent_path(page))
    here = current_language()
    return ClipCard(
        public_id=clip.public_id,
        title=localized_text(page, "headline"),
        url=page.get_url(request) or links.permanent_url(clip),
        poster=poster_of(clip),
        duration_text=durations.format_clock(clip.duration_s),
        duration_spoken=durations.spoken_duration(clip.duration_s),
        themes=tuple(theme_label(theme) for theme in around.themes.get(page.pk, ())),
        city_name=localized_text(city, "headline") if city else LocalizedText(None, None, here),
        city_url=city.get_url(request) if city else "",
        project_names=tuple(around.projects.get(page.pk, ())),
        spoken=language_label(clip.spoken_language),
        captions=tuple(code for code in around.captions.get(clip.pk, ()) if code != clip.spoken_language),
        state="ready" if clip.is_playable else "processing",
        is_demo=bool(page.demo_key or clip.demo_key),
    )
