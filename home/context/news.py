"""News: lists in pages of twelve, and one piece with its picture, video and documents."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.paginator import Page as PageOfItems
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest

from home.context.city_map import city_entry, city_of
from home.context.featured import meta_description, playable_clip, text_languages
from home.context.layout import PageLayout
from home.context.list_items import NewsItem, news_items, select_for_news_items
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language
from home.images.renditions import responsive_image
from home.models import NewsIndexPage, NewsPage

NEWS_PER_PAGE = 12


@dataclass(frozen=True)
class PageLink:
    """A page of the list, or a gap in the row of numbers."""

    number: int | None = None
    url: str = ""
    current: bool = False
    gap: bool = False


@dataclass(frozen=True)
class DocumentLink:
    """A document with its size in bytes and its ending in capitals."""

    title: LocalizedText
    url: str
    bytes: int | None
    extension: str


def news_index_context(page: NewsIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """News below the page's own parent: of the whole archive, or of one city. Newest first."""
    paginator = Paginator(select_for_news_items(_news_around(page)), NEWS_PER_PAGE)
    current = paginator.get_page(request.GET.get("page"))
    current.object_list = news_items(current.object_list, request)
    city = city_of(page)
    return {
        "headline": localized_text(page, "headline"),
        "intro": localized_text(page, "intro"),
        "news": current,
        "page_links": _page_links(current, request) if paginator.num_pages > 1 else [],
        "previous_url": _url(request, current.previous_page_number()) if current.has_previous() else "",
        "next_url": _url(request, current.next_page_number()) if current.has_next() else "",
        "city": city_entry(city, request),
    }, PageLayout(accent=city.accent if city else "", description=meta_description(localized_text(page, "intro")))


def news_context(page: NewsPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One piece of news; the body is the template's own."""
    city, shown = city_of(page), responsive_image(page.picture)
    return {
        "headline": localized_text(page, "headline"),
        "teaser": localized_text(page, "teaser"),
        "date": page.date,
        "picture": shown,
        "video": playable_clip(page.video, request),
        "documents": _documents(page),
        "city": city_entry(city, request),
        "newer": _neighbour(page, request, newer=True),
        "older": _neighbour(page, request, newer=False),
        "available_languages": text_languages(page, request),
        "is_demo": bool(page.demo_key),
    }, PageLayout(
        accent=city.accent if city else "",
        description=meta_description(localized_text(page, "teaser")),
        image_url=shown.url if shown else "",
    )


def _news_around(page: NewsIndexPage) -> Any:
    return NewsPage.objects.live().public().descendant_of(page.get_parent()).order_by("-date", "-pk")


def _neighbour(page: NewsPage, request: HttpRequest, *, newer: bool) -> NewsItem | None:
    """The next piece of news beside this one, in the same list."""
    if page.pk is None:
        return None
    beside = NewsPage.objects.live().public().sibling_of(page, inclusive=False)
    if newer:
        found = beside.filter(Q(date__gt=page.date) | Q(date=page.date, pk__gt=page.pk)).order_by("date", "pk")
    else:
        found = beside.filter(Q(date__lt=page.date) | Q(date=page.date, pk__lt=page.pk)).order_by("-date", "-pk")
    items = news_items(select_for_news_items(found)[:1], request)
    return items[0] if items else None


def _documents(page: NewsPage) -> list[DocumentLink]:
    links = page.documents.all()
    rows = links.select_related("document") if hasattr(links, "query") else links
    return [_download(row) for row in rows]


def _download(row: Any) -> DocumentLink:
    document, here = row.document, current_language()
    label = localized_text(row, "label")
    title = label if label else LocalizedText(document.title, here, here)
    ending = PurePosixPath(document.filename).suffix.removeprefix(".").upper()
    return DocumentLink(title, document.url, document.file_size, ending)


def _page_links(current: PageOfItems, request: HttpRequest) -> list[PageLink]:
    paginator = current.paginator
    numbers = paginator.get_elided_page_range(current.number, on_each_side=1, on_ends=1)
    return [
        PageLink(gap=True)
        if number == paginator.ELLIPSIS
        else PageLink(number, _url(request, number), number == current.number)
        for number in numbers
    ]


def _url(request: HttpRequest, number: int) -> str:
    return request.path if number == 1 else f"{request.path}?page={number}"
