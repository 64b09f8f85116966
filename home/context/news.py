"""News: lists in pages of twelve, and one piece with its picture, video and documents."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from home.context.body import PageBody
from home.context.card import read_clips
from home.context.city_map import cities_above, city_entry
from home.context.layout import PageLayout
from home.context.list_items import list_items, read_list
from home.i18n.fields import localized_text
from home.i18n.language_switch import language_links
from home.images.renditions import read_renditions, responsive_image
from home.models import NewsIndexPage, NewsPage

NEWS_PER_PAGE = 12


def news_index_context(page: NewsIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """News below the page's own parent: of the whole archive, or of one city. Newest first."""
    around = NewsPage.objects.visible_to(request).descendant_of(page.get_parent()).order_by("-date", "-pk")
    paginator = Paginator(around, NEWS_PER_PAGE)
    current = paginator.get_page(request.GET.get("page"))
    news = read_list(current.object_list, "teaser")
    cities, intro = cities_above([page, *news]), localized_text(page, "intro")
    read_renditions(item.picture for item in news)
    current.object_list = list_items(news, "teaser", cities, request)
    city = cities.get(page.path)
    return {
        "intro": intro,
        "news": current,
        "page_numbers": list(paginator.get_elided_page_range(current.number, on_each_side=1, on_ends=1)),
    }, PageLayout(accent=city.accent if city else "", description=intro)


def news_context(page: NewsPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One piece of news."""
    body = PageBody(page)
    video = [page.video_id] if page.video_id else []
    clips = read_clips(request, beside=page, video=video, in_body=body.clip_keys)
    read_renditions([page.picture, *body.pictures])
    city, shown, teaser = clips.cities.get(page.path), responsive_image(page.picture), localized_text(page, "teaser")
    return {
        "teaser": teaser,
        "picture": shown,
        "body": body.parts(clips["in_body"], body.read_texts(request)),
        "video": next((clip for clip in clips["video"] if clip.is_playable), None),
        "documents": page.documents.select_related("document"),
        "city": city_entry(city, request) if city else None,
        "newer": _neighbour(page, "next", request),
        "older": _neighbour(page, "previous", request),
        "available_languages": language_links(page, request.path),
    }, PageLayout(accent=city.accent if city else "", description=teaser, image_url=shown.url if shown else "")


def _neighbour(page: NewsPage, side: str, request: HttpRequest) -> NewsPage | None:
    """The ``next`` or ``previous`` piece of news by date, in the same list."""
    beside = NewsPage.objects.visible_to(request).sibling_of(page, inclusive=False)
    try:
        return getattr(page, f"get_{side}_by_date")(pk__in=beside) if page.pk else None
    except NewsPage.DoesNotExist:
        return None
