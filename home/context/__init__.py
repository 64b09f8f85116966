"""What templates read: one function per page type, each returning plain values that query nothing more.

Page models call ``page_context`` from their ``get_context``; see ``home.models.base``.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from home import models
from home.context import city as cities
from home.context import clip, news, standard, story
from home.context import home as start
from home.context import project as projects
from home.context.layout import Frame, site_context

BY_MODEL: dict[type, Callable[[Any, HttpRequest], tuple[dict[str, Any], Frame]]] = {
    models.HomePage: start.start_context,
    models.CityIndexPage: cities.city_index_context,
    models.CityPage: cities.city_context,
    models.ProjectIndexPage: projects.project_index_context,
    models.ProjectPage: projects.project_context,
    models.ClipPage: clip.clip_context,
    models.StoryPage: story.story_context,
    models.NewsIndexPage: news.news_index_context,
    models.NewsPage: news.news_context,
    models.StandardPage: standard.standard_context,
}


def page_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """All a page's template reads besides ``page`` and ``self``: its own values and the frame around them."""
    own, frame = BY_MODEL[type(page)](page, request)
    return {**site_context(request, page, frame=frame), **own}
