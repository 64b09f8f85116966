"""``/sitemap.xml``: every public page in every language it is really written in."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import override

from home import models
from home.access.visibility import listed_clip_pages
from home.i18n.fields import fieldname
from home.i18n.language_switch import hreflang_alternates
from home.i18n.languages import interface_languages
from home.links import base_url
from home.page_access import page_access

NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """Sitemap protocol 0.9 with hreflang, written row by row."""
    lines = _lines(request)
    begun = list(islice(lines, 2))  # asks the database: one that is away gets its own answer, and no half list
    response = StreamingHttpResponse(chain(begun, lines), content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _lines(request: HttpRequest) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACES}>\n'
    everybody = page_access()
    for model in models.page_types():
        # A clip page is listed only while its clip can be watched.
        pages = listed_clip_pages(everybody) if model is models.ClipPage else model.objects.visible_to(everybody)
        # The headline in every language and no other text: modeltranslation widens a bare name to all its columns.
        unread = (name for name in model.translated_fields if name != "headline")
        for page in pages.defer(*unread).iterator(chunk_size=200):
            yield from _entries(page, request)
    yield "</urlset>\n"


def _entries(page: Any, request: HttpRequest) -> Iterator[str]:
    base = base_url(request)
    with override(page.original_language):
        path = page.get_url(request)
    if path is None:
        return
    codes = [code for code in interface_languages() if getattr(page, fieldname("headline", code), None)]
    links = hreflang_alternates(base, path, codes, page.original_language)
    alike = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>' for code, url in links)
    changed = f"<lastmod>{page.last_published_at:%Y-%m-%d}</lastmod>" if page.last_published_at else ""
    for code, url in links:
        if code != "x-default":
            yield f"<url><loc>{escape(url)}</loc>{changed}{alike}</url>\n"
