"""Texts of the rich text editor as visitors read them. What they link to is read at once, not text by text."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Value
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from home.models.querysets import object_of
from home.page_access import page_access

PAGE, DOCUMENT = "page", "document"  # as the editor writes them into its links


@dataclass(frozen=True)
class RichTexts:
    """Texts with the addresses of what they link to, and documents by key: theirs and those that were asked for."""

    texts: list[SafeString]
    documents: dict[int, Document]


def read_rich_texts(texts: Collection[str], request: HttpRequest, documents: Collection[int] = ()) -> RichTexts:
    """Expand ``texts`` as they are stored, and read ``documents``, by their keys, beside what they link to.

    A link to a page that is not published, or stands below one that is not, is plain text: an address names its page.
    One that asks for a password stays a link, since who wrote it sends people there. At most one query.
    """
    named: dict[str, set[int]] = {PAGE: set(), DOCUMENT: set(documents)}

    def note(kind: str, key: int) -> str:
        named[kind].add(key)
        return ""

    for text in texts:
        _rewrite(text, note)
    pages, files = _read_targets(named[PAGE], named[DOCUMENT]) if any(named.values()) else ([], [])
    access = page_access(request)
    urls = {
        PAGE: {page.pk: page.get_url(request) for page in pages if access.is_published(page.path, page.live)},
        DOCUMENT: {file.pk: file.url for file in files},
    }

    def opening_tag(kind: str, key: int) -> str:
        url = urls[kind].get(key)
        return format_html('<a href="{}">', url) if url else "<a>"

    # What the editor stored was cleaned when it was saved, and addresses are escaped above.
    expanded = [mark_safe(_rewrite(text, opening_tag)) for text in texts]  # noqa: S308
    return RichTexts(expanded, {file.pk: file for file in files})


def _rewrite(text: str, opening_tag: Callable[[str, int], str]) -> str:
    """``text`` with ``opening_tag(kind, key)`` in the place of each link to a page or a document."""

    def replace_tags(kind: str) -> Callable[[list[dict[str, str]]], list[str]]:
        return lambda links: [opening_tag(kind, _key(link.get("id", ""))) for link in links]

    return LinkRewriter(bulk_rules={kind: replace_tags(kind) for kind in (PAGE, DOCUMENT)})(text)


def _key(digits: str) -> int:
    """The key in a link; 0, which nothing has, for a link without one."""
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def _read_targets(page_keys: set[int], document_keys: set[int]) -> tuple[list[Page], list[Document]]:
    pages = Page.objects.order_by().filter(pk__in=page_keys)
    files = Document.objects.order_by().filter(pk__in=document_keys)
    # The columns of one kind stand where those of the other do: kind, key, two texts, a number, a flag.
    rows = list(
        pages.values_list(Value(PAGE), "id", "path", "url_path", Value(0), "live").union(
            files.values_list(Value(DOCUMENT), "id", "title", "file", "file_size", Value(True)), all=True
        )
    )
    page_columns, file_columns = ("id", "path", "url_path", "_", "live"), ("id", "title", "file", "file_size", "_")
    return (
        [object_of(Page, dict(zip(page_columns, row, strict=True))) for kind, *row in rows if kind == PAGE],
        [object_of(Document, dict(zip(file_columns, row, strict=True))) for kind, *row in rows if kind == DOCUMENT],
    )
