"""The start page: one clip to play, the cities on the map, what is new, and two entry cards."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from home.context.card import clip_cards
from home.context.city_map import city_entries, live_cities, map_drawing
from home.context.featured import count_spoken_languages, featured_clip, meta_description, newest_clips
from home.context.layout import PageLayout
from home.context.list_items import news_items, project_cards, select_for_news_items
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.models import CityIndexPage, HomePage, NewsPage, ProjectPage

MAX_NEWEST_CLIPS, MAX_HOME_NEWS = 6, 3


@dataclass(frozen=True)
class EntryCard:
    """A way in for one kind of visitor."""

    kind: str
    headline: LocalizedText
    text: LocalizedText
    url: str


def home_context(page: HomePage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """What the start page shows. Lists are cut, counts are not."""
    clips = newest_clips()
    cities = city_entries(live_cities(), request)
    projects = ProjectPage.objects.live().public().order_by("path")
    news = select_for_news_items(NewsPage.objects.live().public().order_by("-date", "-pk"))[:MAX_HOME_NEWS]
    hero = featured_clip(page.featured_id, clips, request)
    index = CityIndexPage.objects.live().for_reading(None, "headline").first()
    return {
        "headline": localized_text(page, "headline"),
        "intro": localized_text(page, "lead"),
        "featured": hero,
        "newest": clip_cards(clips[:MAX_NEWEST_CLIPS], request),
        "cities": cities,
        "city_count": len(cities),
        "clip_count": clips.count(),
        "language_count": count_spoken_languages(clips),
        "projects": project_cards(projects, request),
        "news": news_items(news, request),
        "map": map_drawing(),
        "entry_cards": _entry_cards(page),
        "clips_url": (index.get_url(request) or "") if index else "",
    }, PageLayout(
        description=meta_description(localized_text(page, "lead")),
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects.select_related("programme")),
    )


def _entry_cards(page: HomePage) -> list[EntryCard]:
    """Those that have a headline: one to the clips on this page, one to the upload form behind the sign-in."""
    cards = [
        EntryCard(kind, localized_text(page, f"{kind}_headline"), localized_text(page, f"{kind}_text"), url)
        for kind, url in (("teachers", "#new-voices"), ("upload", reverse("clips:add")))
    ]
    return [card for card in cards if card.headline]
