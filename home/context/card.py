"""Clips as lists and texts show them: a card each, and a player where one plays in place.

However many clips a page shows in however many places, they cost the same few queries, since one reading has them all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from home import links
from home.access.visibility import listed_clip_pages
from home.context.card_facts import NO_FACTS, CardFacts, read_card_facts
from home.context.city_map import cities_above, cities_by_page
from home.context.player import Player, player_facts, player_of
from home.context.poster import PosterImage, poster_of
from home.i18n import durations
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import LanguageLabel, language_label
from home.models import CityPage, ClipPage, Theme
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


@dataclass(frozen=True)
class ListedClip:
    """A clip that a page shows, as a card or to play in place. No query of its own."""

    page: ClipPage
    card: ClipCard
    tracks: list[Caption]

    @cached_property
    def player(self) -> Player | None:
        """The clip, to play in place."""
        return player_of(self.page, self.tracks)

    @property
    def is_playable(self) -> bool:
        """Whether it plays by now; lists show clips in the making, too."""
        return self.page.clip.is_playable


@dataclass(frozen=True)
class ClipLists:
    """The clips that one page shows, by the name of the list, and the cities above them by the path of the page."""

    lists: Mapping[str, list[ListedClip]]
    cities: Mapping[str, CityPage]

    def __getitem__(self, name: str) -> list[ListedClip]:
        return self.lists[name]

    def cards(self, name: str) -> list[ClipCard]:
        """The cards of one list."""
        return [clip.card for clip in self.lists[name]]


def newest_clips(request: HttpRequest | None) -> QuerySet[ClipPage]:
    """Clips that lists show the visitor, the latest published first."""
    return listed_clip_pages(request).order_by("-first_published_at", "-pk")


def read_clips(
    request: HttpRequest | None,
    *,
    beside: Page | None = None,
    known_cities: Iterable[CityPage] | None = None,
    **wanted: QuerySet[ClipPage] | list[int],
) -> ClipLists:
    """All lists of a page at once: of each in ``wanted``, pages or their keys, those that lists show the visitor.

    Newest first. The city of the page ``beside`` is read with theirs, unless all cities are known. Three queries.
    """
    pages = _read_pages(request, wanted)
    every = list({page.pk: page for found in pages.values() for page in found}.values())
    around = [*every, *([beside] if beside else [])]
    cities = cities_above(around) if known_cities is None else cities_by_page(around, known_cities)
    facts = read_card_facts(every, request) if every else NO_FACTS
    shown = {
        page.pk: ListedClip(page, _card(page, cities.get(page.path), facts, request), facts.tracks[page.clip_id])
        for page in every
    }
    return ClipLists({name: [shown[page.pk] for page in found] for name, found in pages.items()}, cities)


def _read_pages(
    request: HttpRequest | None, wanted: Mapping[str, QuerySet[ClipPage] | list[int]]
) -> dict[str, list[ClipPage]]:
    """The pages of each list by one query, with what a card and a player need of page and clip."""
    conditions = {
        f"is_{name}": Q(pk__in=pages.values("pk") if isinstance(pages, QuerySet) else pages)
        for name, pages in wanted.items()
        if isinstance(pages, QuerySet) or pages
    }
    if not conditions:
        return {name: [] for name in wanted}
    pages = newest_clips(request).filter(reduce(or_, conditions.values())).for_reading(None, "headline")
    pages = pages.select_related("clip__package", "clip__poster__package").annotate(**conditions, **player_facts())
    found = list(pages)
    return {name: [page for page in found if getattr(page, f"is_{name}", False)] for name in wanted}


def _card(page: ClipPage, city: CityPage | None, facts: CardFacts, request: HttpRequest | None) -> ClipCard:
    clip = page.clip
    readable = [track.language for track in facts.tracks[clip.pk] if track.kind != Caption.Kind.DESCRIPTIONS]
    return ClipCard(
        public_id=clip.public_id,
        title=localized_text(page, "headline"),
        url=page.get_url(request) or links.permanent_url(clip),
        poster=poster_of(clip),
        duration_text=durations.format_clock(clip.duration_s),
        duration_spoken=durations.spoken_duration(clip.duration_s),
        themes=facts.themes[page.pk],
        city_name=localized_text(city, "headline"),
        city_url=city.get_url(request) or "" if city else "",
        project_names=facts.projects[page.pk],
        spoken=language_label(clip.spoken_language),
        captions=[code for code in dict.fromkeys(readable) if code != clip.spoken_language],
        state="ready" if clip.is_playable else "processing",
        is_demo=bool(page.demo_key or clip.demo_key),
    )
