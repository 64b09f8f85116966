"""What templates read: one function per page type, each returning plain values that query nothing more."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest

from home import models
from home.context import city, clip, home, news, project, standard, story
from home.context.layout import PageLayout, site_context
from home.page_contexts import register_page_context

# A page's own values, and what it adds to the layout around them.
PageValues = Callable[[Any, HttpRequest], tuple[dict[str, Any], PageLayout]]

VALUES_BY_MODEL: dict[type, PageValues] = {
    models.HomePage: home.home_context,
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


def register_page_contexts() -> None:
    """Tell the page models what makes the context of their templates."""
    for model, values in VALUES_BY_MODEL.items():
        register_page_context(model, partial(_page_context, values))


def _page_context(values: PageValues, page: Any, request: HttpRequest) -> dict[str, Any]:
    own, layout = values(page, request)
    return {**site_context(request, page, layout=layout), **own}
