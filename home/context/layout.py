"""The layout around every page: menu, way back, languages, notice, footer, and metadata."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.access.visibility import is_signed_in
from home.context.named_pages import is_in_menu, read_named_pages
from home.i18n import language_switch
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language
from home.links import base_url
from home.models import HomePage
from home.page_access import page_access


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
    layout, home = layout or PageLayout(), _home_page(request)
    named, access = read_named_pages(home, page) if home else [], page_access(request)
    seen = [item for item in named if access.is_visible(item)]
    headline = localized_text(page, "headline") if page else interface_text(title)
    return {
        "nav": [_link(item, request, page) for item in seen if is_in_menu(item, home)],
        "breadcrumb": _breadcrumb(named, home, page, request),
        "headline": headline,
        "footer_links": [_link(item, request) for item in seen if getattr(item, "footer", False)],
        "home_url": f"/{current_language()}/",
        "city_accent": layout.accent,
        "site_notice": localized_text(home, "notice"),
        "eu_statements": layout.eu_statements,
        "show_userbar": is_signed_in(request),
        "meta": _meta(request, headline, layout),
        **_language_links(request, page, headline),
    }


def _home_page(request: HttpRequest) -> HomePage | None:
    """The start page; no query where the address was found by way of it."""
    if not hasattr(request, "polyphony_home"):
        site = Site.find_for_request(request)
        found = HomePage.objects.filter(pk=site and site.root_page_id).for_reading(None, "headline", "notice")
        request.polyphony_home = found.first()
    return request.polyphony_home


def _link(item: Any, request: HttpRequest, page: Any = None) -> NavLink:
    current = bool(page and page.path and page.path.startswith(item.path))
    return NavLink(localized_text(item, "headline"), item.get_url(request) or "", current)


def _breadcrumb(named: list[Any], home: HomePage | None, page: Any, request: HttpRequest) -> list[NavLink]:
    """Pages above this one, the start page first. Who sees a page may see those above it."""
    if home is None or (page and page.pk == home.pk):
        return []
    above = [item for item in named if page and page.path and page.path.startswith(item.path)]
    start = NavLink(interface_text(_("Home")), f"/{current_language()}/")
    return [start, *(_link(item, request) for item in above if item.path != page.path)]


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
