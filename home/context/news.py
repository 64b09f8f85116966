"""News: lists in pages of twelve, and one piece with its picture, video and documents."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from home.access.visibility import playable_clip_pages
from home.context.city_map import city_entry, city_of
from home.context.featured import featured_clip
from home.context.layout import PageLayout
from home.context.list_items import list_items
from home.i18n.fields import localized_text
from home.i18n.language_switch import language_links
from home.images.renditions import responsive_image
from home.models import NewsIndexPage, NewsPage

NEWS_PER_PAGE = 12


def news_index_context(page: NewsIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """News below the page's own parent: of the whole archive, or of one city. Newest first."""
    around = NewsPage.objects.visible_to(request).descendant_of(page.get_parent()).order_by("-date", "-pk")
    paginator = Paginator(around, NEWS_PER_PAGE)
    current = paginator.get_page(request.GET.get("page"))
    current.object_list = list_items(current.object_list, "teaser", request)
    city, intro = city_of(page), localized_text(page, "intro")
    return {
        "intro": intro,
        "news": current,
        "page_numbers": list(paginator.get_elided_page_range(current.number, on_each_side=1, on_ends=1)),
    }, PageLayout(accent=city.accent if city else "", description=intro)


def news_context(page: NewsPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One piece of news; the body is the template's own."""
    city, shown, teaser = city_of(page), responsive_image(page.picture), localized_text(page, "teaser")
    return {
        "teaser": teaser,
        "picture": shown,
        "video": featured_clip(playable_clip_pages(request).filter(pk=page.video_id), request),
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
