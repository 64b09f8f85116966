"""Links within texts lead to published pages alone: an address of ours names its page, also one that is a draft."""

from typing import Any

from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home.page_access import page_access


class PublishedPageLinkHandler(PageLinkHandler):
    """Wagtail's, but a link to an unpublished page, or to one below such a page, is plain text.

    One that asks for a password stays a link: who wrote it sends people there. One more query for a text with links.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        pages, access = super().get_many(attrs_list), page_access()
        return [page if page and access.is_published(page.path, page.live) else None for page in pages]


@hooks.register("register_rich_text_features", order=10)
def lead_to_published_pages(features: Any) -> None:
    """In the place of Wagtail's own handler."""
    features.register_link_type(PublishedPageLinkHandler)
