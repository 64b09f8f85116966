"""The start page: one clip to play, the cities on the map, what is new, and two doors."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from home.context.card import cards
from home.context.city_map import drawing, live_cities, places
from home.context.featured import featured, newest_clips, plain, spoken_languages_count
from home.context.layout import Frame
from home.context.list_items import for_news, news_items, project_cards
from home.context.project_statements import statements
from home.i18n.fields import Localized, localized
from home.models import CityIndexPage, HomePage, NewsPage, ProjectPage

NEWEST, NEWS = 6, 3


@dataclass(frozen=True)
class Door:
    """A way in for one kind of visitor."""

    kind: str
    headline: Localized
    text: Localized
    url: str


def start_context(page: HomePage, request: HttpRequest) -> tuple[dict[str, Any], Frame]:
    """Names: see the templates' contract. Lists are cut, counts are not."""
    clips = newest_clips()
    cities = places(live_cities(), request)
    projects = ProjectPage.objects.live().public().order_by("path")
    news = for_news(NewsPage.objects.live().public().order_by("-date", "-pk"))[:NEWS]
    hero = featured(page.featured_id, clips, request)
    index = CityIndexPage.objects.live().for_reading(None, "headline").first()
    return {
        "headline": localized(page, "headline"),
        "intro": localized(page, "lead"),
        "featured": hero,
        "newest": cards(clips[:NEWEST], request),
        "cities": cities,
        "city_count": len(cities),
        "clip_count": clips.count(),
        "language_count": spoken_languages_count(clips),
        "projects": project_cards(projects, request),
        "news": news_items(news, request),
        "map": drawing(),
        "doors": _doors(page),
        "clips_url": (index.get_url(request) or "") if index else "",
    }, Frame(
        description=plain(localized(page, "lead")),
        image_url=hero.card.poster_url if hero else "",
        eu_statements=statements(projects.select_related("programme")),
    )


def _doors(page: HomePage) -> list[Door]:
    """The doors that have a headline: one to the clips on this page, one to the form behind the sign-in."""
    found = [
        Door("teachers", localized(page, "teachers_headline"), localized(page, "teachers_text"), "#new-voices"),
        Door("upload", localized(page, "upload_headline"), localized(page, "upload_text"), reverse("clips:add")),
    ]
    return [door for door in found if door.headline]
