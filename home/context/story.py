"""A story told at length."""

from typing import Any

from django.http import HttpRequest

from home.context.body import PageBody
from home.context.card import newest_clips, read_clips
from home.context.city_map import city_entry
from home.context.layout import PageLayout
from home.context.project import keys_of, page_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import localized_text
from home.i18n.language_switch import language_links
from home.images.renditions import read_renditions, responsive_image
from home.models import StoryPage

MAX_RELATED_TO_STORY = 3


def story_context(page: StoryPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """Summary, picture, body and clips on the same themes."""
    body, summary = PageBody(page), localized_text(page, "summary")
    related = newest_clips(request).filter(themes__in=keys_of(page.themes)).distinct()[:MAX_RELATED_TO_STORY]
    clips = read_clips(request, beside=page, related=related, in_body=body.clip_keys)
    read_renditions([page.picture, *body.pictures])
    city, shown = clips.cities.get(page.path), responsive_image(page.picture)
    return {
        "summary": summary,
        "picture": shown,
        "body": body.parts(clips["in_body"], body.read_texts(request)),
        "city": city_entry(city, request) if city else None,
        "available_languages": language_links(page, request.path),
        "related": clips.cards("related"),
    }, PageLayout(
        accent=city.accent if city else "",
        description=summary,
        image_url=shown.url if shown else "",
        eu_statements=eu_statements(page_projects(page, request)),
    )
