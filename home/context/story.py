"""A story told at length."""

from typing import Any

from django.http import HttpRequest

from home.context.card import clip_cards
from home.context.city_map import city_entry, city_of
from home.context.featured import meta_description, newest_clips, page_projects, project_links, text_languages
from home.context.layout import PageLayout
from home.context.project_statements import eu_statements
from home.i18n.fields import localized_text
from home.images.renditions import responsive_image
from home.models import StoryPage

MAX_RELATED_TO_STORY = 3


def story_context(page: StoryPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Headline, lead, picture and clips on the same themes; the template renders the body."""
    city, projects, shown = city_of(page), page_projects(page), responsive_image(page.picture)
    themes = [theme.pk for theme in page.themes.all()]
    related = newest_clips().filter(themes__in=themes).distinct() if themes else newest_clips().none()
    return {
        "headline": localized_text(page, "headline"),
        "lead": localized_text(page, "summary"),
        "picture": shown,
        "city": city_entry(city, request),
        "author_line": page.author,
        "date": page.told_on,
        "project_list": project_links(projects, request),
        "available_languages": text_languages(page, request),
        "related": clip_cards(related[:MAX_RELATED_TO_STORY], request),
        "is_demo": bool(page.demo_key),
    }, PageLayout(
        accent=city.accent if city else "",
        description=meta_description(localized_text(page, "summary")),
        image_url=shown.url if shown else "",
        eu_statements=eu_statements(projects),
    )
