"""The layout around every page: menu, way back, languages, notice, footer, and metadata."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.access.visibility import is_signed_in
from home.i18n import language_switch
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language
from home.links import base_url
from home.models import CityIndexPage, HomePage, NewsIndexPage, ProjectIndexPage, StandardPage


@dataclass(frozen=True)
class PageLayout:
    """What a page adds to the layout around it. ``description`` is for search engines and link cards."""

    accent: str = ""
    description: LocalizedText | None = None
    image_url: str = ""
    eu_statements: tuple[Any, ...] = ()


@dataclass(frozen=True)
class NavLink:
    """An entry of a menu, the breadcrumb or the footer."""

    title: LocalizedText
    url: str
    current: bool = False


@dataclass(frozen=True)
class PageMeta:
    """Metadata for search engines and link cards; the image address is absolute, empty without one."""

    title: str
    description: str
    image_url: str


def interface_text(text: str) -> LocalizedText:
    """A text of the interface as a value like any other."""
    here = current_language()
    return LocalizedText(text, here, here)


def site_context(
    request: HttpRequest, page: Any = None, *, title: str = "", layout: PageLayout | None = None
) -> dict[str, Any]:
    """The names that ``base.html`` reads. ``page`` is None for pages outside the tree, which give a ``title``."""
    layout = layout or PageLayout()
    site = Site.find_for_request(request)
    home = HomePage.objects.filter(pk=site and site.root_page_id).for_reading(None, "headline", "notice").first()
    headline = localized_text(page, "headline") if page else interface_text(title)
    return {
        "nav": _menu(home, page, request),
        "breadcrumb": _breadcrumb(home, page, request),
        "headline": headline,
        "footer_links": [_link(item, request) for item in _standard_pages(home, request) if item.footer],
        "home_url": f"/{current_language()}/",
        "city_accent": layout.accent,
        "site_notice": localized_text(home, "notice"),
        "eu_statements": layout.eu_statements,
        "show_userbar": is_signed_in(request),
        "meta": _meta(request, headline, layout),
        **_language_links(request, page, headline),
    }


def _menu(home: HomePage | None, page: Any, request: HttpRequest) -> list[NavLink]:
    found: list[Any] = [item for item in _standard_pages(home, request) if item.show_in_menus]
    for model in (CityIndexPage, ProjectIndexPage, NewsIndexPage) if home else ():
        found += model.objects.visible_to(request).child_of(home).for_reading(None, "headline")
    return [_link(item, request, page) for item in sorted(found, key=lambda item: item.path)]


def _standard_pages(home: HomePage | None, request: HttpRequest) -> list[StandardPage]:
    """Those of the menu and the footer, read once per request."""
    if home is None:
        return []
    if not hasattr(request, "polyphony_standard_pages"):
        listed = Q(footer=True) | Q(show_in_menus=True, depth=home.depth + 1)
        pages = StandardPage.objects.visible_to(request).descendant_of(home).filter(listed).order_by("path")
        request.polyphony_standard_pages = list(pages.for_reading(None, "headline"))
    return request.polyphony_standard_pages


def _link(item: Any, request: HttpRequest, page: Any = None) -> NavLink:
    current = bool(page and page.path and page.path.startswith(item.path))
    return NavLink(localized_text(item, "headline"), item.get_url(request) or "", current)


def _breadcrumb(home: HomePage | None, page: Any, request: HttpRequest) -> list[NavLink]:
    """Pages above this one, the start page first; one query per kind of page."""
    if home is None or (page and page.pk == home.pk):
        return []
    above = defaultdict(list)
    if page:
        for item in Page.objects.ancestor_of(page).filter(depth__gt=home.depth).select_related("content_type"):
            above[item.specific_class].append(item.pk)
    found: list[Any] = []
    for model, ids in above.items():
        found += model.objects.filter(pk__in=ids).for_reading(None, "headline")
    start = NavLink(interface_text(_("Home")), f"/{current_language()}/")
    return [start, *(_link(item, request) for item in sorted(found, key=lambda item: item.depth))]


def _meta(request: HttpRequest, headline: LocalizedText, layout: PageLayout) -> PageMeta:
    # Without tags, in one line, cut at 200 characters.
    description = " ".join(strip_tags(str(layout.description or "")).split())
    image_url = base_url(request) + layout.image_url if layout.image_url.startswith("/") else layout.image_url
    return PageMeta(str(headline), Truncator(description).chars(200), image_url)


def _language_links(request: HttpRequest, page: Any, headline: LocalizedText) -> dict[str, Any]:
    if page is None:
        return {"languages": language_switch.language_menu(request), "alternates": [], "canonical_url": ""}
    written = language_switch.written_languages(page)
    base = base_url(request)
    path = request.path
    return {
        "languages": language_switch.language_menu(request, written),
        "alternates": language_switch.hreflang_alternates(base, path, written, page.original_language),
        "canonical_url": language_switch.canonical_url(base, path, written, headline.lang),
    }
