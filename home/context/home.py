"""The start page: one clip to play, the cities on the map, what is new, and two entry cards."""

from typing import Any

from django.http import HttpRequest

from home.access.visibility import playable_clip_pages
from home.context.card import clip_cards, newest_clips
from home.context.city_map import city_entries, visible_cities
from home.context.featured import featured_clip
from home.context.layout import PageLayout
from home.context.list_items import list_items
from home.context.map_projection import full_view_box
from home.context.project import project_cards
from home.context.project_statements import eu_statements
from home.i18n.fields import localized_text
from home.models import HomePage, NewsPage, ProjectPage

MAX_NEWEST_CLIPS, MAX_HOME_NEWS = 6, 3


def home_context(page: HomePage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """What the start page shows. Lists are cut, counts are not."""
    clips, playable, lead = newest_clips(request), playable_clip_pages(request), localized_text(page, "lead")
    projects = ProjectPage.objects.visible_to(request).order_by("path")
    news = NewsPage.objects.visible_to(request).order_by("-date", "-pk")[:MAX_HOME_NEWS]
    # The chosen clip while the visitor can play it, else the newest that plays.
    hero = featured_clip(playable.filter(pk=page.featured_id), request)
    hero = hero or featured_clip(clips.filter(pk__in=playable), request)
    # Languages in which something is said or can be read.
    spoken = clips.values_list("clip__spoken_language", "clip__captions__language").distinct()
    return {
        "intro": lead,
        "featured": hero,
        "newest": clip_cards(clips[:MAX_NEWEST_CLIPS], request),
        "cities": city_entries(visible_cities(request), request),
        "language_count": len({code for pair in spoken for code in pair if code}),
        "projects": project_cards(projects, request),
        "news": list_items(news, "teaser", request),
        "map_view_box": full_view_box(),
    }, PageLayout(
        description=lead,
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects.select_related("programme")),
    )
