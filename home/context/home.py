"""The start page: one clip to play, the cities on the map, what is new, and two entry cards."""

from typing import Any

from django.http import HttpRequest

from home.access.visibility import playable_clip_pages
from home.context.card import newest_clips, read_clips
from home.context.city_map import cities_by_page, city_entries, clip_counts, visible_cities
from home.context.layout import PageLayout
from home.context.list_items import list_items, read_list
from home.context.map_projection import full_view_box
from home.context.project import project_cards, read_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import localized_text
from home.images.renditions import read_renditions
from home.models import HomePage, NewsPage, ProjectPage

MAX_NEWEST_CLIPS, MAX_HOME_NEWS = 6, 3


def home_context(page: HomePage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """What the start page shows. Lists are cut, counts are not."""
    newest, lead = newest_clips(request), localized_text(page, "lead")
    playable = newest.filter(pk__in=playable_clip_pages(request).order_by())
    cities = list(visible_cities(request))
    clips = read_clips(
        request,
        known_cities=cities,
        newest=newest[:MAX_NEWEST_CLIPS],
        chosen=[page.featured_id] if page.featured_id else [],
        playable=playable[:1],
    )
    # The chosen clip while the visitor can play it, else the newest that plays.
    hero = next((clip for clip in [*clips["chosen"], *clips["playable"]] if clip.is_playable), None)
    counts = clip_counts(request)
    projects = read_projects(ProjectPage.objects.visible_to(request).order_by("path"), request)
    news = read_list(NewsPage.objects.visible_to(request).order_by("-date", "-pk")[:MAX_HOME_NEWS], "teaser")
    read_renditions(item.picture for item in news)
    return {
        "intro": lead,
        "featured": hero,
        "newest": clips.cards("newest"),
        "cities": city_entries(cities, counts.by_city, request),
        "language_count": len(counts.languages),
        "projects": project_cards(projects, request),
        "news": list_items(news, "teaser", cities_by_page(news, cities), request),
        "map_view_box": full_view_box(),
    }, PageLayout(
        description=lead,
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects),
    )
