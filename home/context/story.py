"""A story told at length."""

from typing import Any

from django.http import HttpRequest

from home.context.card import cards
from home.context.city_map import city_of, place
from home.context.featured import languages_of_text, newest_clips, plain, project_links, projects_of
from home.context.layout import Frame
from home.context.project_statements import statements
from home.i18n.fields import localized
from home.images.renditions import picture
from home.models import StoryPage

RELATED = 3


def story_context(page: StoryPage, request: HttpRequest) -> tuple[dict[str, Any], Frame]:
    """Headline, lead, picture and what else there is on its themes; the body is the template's own."""
    city, projects, shown = city_of(page), projects_of(page), picture(page.picture)
    themes = [theme.pk for theme in page.themes.all()]
    related = newest_clips().filter(themes__in=themes).distinct() if themes else newest_clips().none()
    return {
        "headline": localized(page, "headline"),
        "lead": localized(page, "summary"),
        "picture": shown,
        "city": place(city, request),
        "author_line": page.author,
        "date": page.told_on,
        "project_list": project_links(projects, request),
        "available_languages": languages_of_text(page, request),
        "related": cards(related[:RELATED], request),
        "is_demo": bool(page.demo_key),
    }, Frame(
        accent=city.accent if city else "",
        description=plain(localized(page, "summary")),
        image_url=shown.url if shown else "",
        eu_statements=statements(projects),
    )
