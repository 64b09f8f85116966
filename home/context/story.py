"""A story told at length."""

from typing import Any

from django.http import HttpRequest

from home.context.card import clip_cards, newest_clips
from home.context.city_map import city_entry, city_of
from home.context.layout import PageLayout
from home.context.project import page_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import localized_text
from home.i18n.language_switch import language_links
from home.images.renditions import responsive_image
from home.models import StoryPage

MAX_RELATED_TO_STORY = 3


def story_context(page: StoryPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Summary, picture and clips on the same themes; the template renders the body."""
    city, shown, summary = city_of(page), responsive_image(page.picture), localized_text(page, "summary")
    related = newest_clips(request).filter(themes__in=[theme.pk for theme in page.themes.all()]).distinct()
    return {
        "summary": summary,
        "picture": shown,
        "city": city_entry(city, request) if city else None,
        "available_languages": language_links(page, request.path),
        "related": clip_cards(related[:MAX_RELATED_TO_STORY], request),
    }, PageLayout(
        accent=city.accent if city else "",
        description=summary,
        image_url=shown.url if shown else "",
        eu_statements=eu_statements(page_projects(page, request)),
    )
