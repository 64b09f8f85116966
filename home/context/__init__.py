"""What templates read: one function per page type, each returning plain values that query nothing more.

Page models call ``page_context`` from their ``get_context``; see ``home.models.base``.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from home import models
from home.context import city, clip, home, news, project, standard, story
from home.context.layout import Frame, site_context

BY_MODEL: dict[type, Callable[[Any, HttpRequest], tuple[dict[str, Any], Frame]]] = {
    models.HomePage: home.start_context,
    models.CityIndexPage: city.city_index_context,
    models.CityPage: city.city_context,
    models.ProjectIndexPage: project.project_index_context,
    models.ProjectPage: project.project_context,
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
