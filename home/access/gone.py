"""What was here once: addresses of deleted pages and of clips whose page is gone, and pages taken off the site."""

from wagtail.models import Page, Site

from home.models import GoneAddress
from home.page_access import Visitor, page_access


def clip_address(public_id: str) -> str:
    """How a clip is remembered: by its short link."""
    return f"c/{public_id}/"


def is_clip_gone(public_id: str) -> bool:
    """Whether the public could see a clip that has no page any more, or is deleted. One query."""
    return GoneAddress.objects.filter(path=clip_address(public_id)).exists()


def page_addresses(page: Page) -> list[str]:
    """Addresses of ``page``, live or not, as they stand behind the language; none outside of all sites."""
    roots = [root.root_path for root in Site.get_site_root_paths()]
    return [page.url_path.removeprefix(root) for root in roots if page.url_path.startswith(root)]


def is_page_gone(path: str, visitor: Visitor) -> bool:
    """Whether the public could see a page at ``path``, an address behind the language, that is not there now.

    It was deleted, or it or a page above it is unpublished. What is behind a restriction says nothing. Two queries.
    """
    if GoneAddress.objects.filter(path=path).exists():
        return True
    slug = path.rstrip("/").rpartition("/")[2]
    urls = [root.root_path + path for root in Site.get_site_root_paths()]
    page = Page.objects.filter(slug=slug, url_path__in=urls).first()
    access = page_access(visitor)
    if page is None or access.is_locked(page.path) or access.is_published(page.path, page.live):
        return False
    return access.was_published(page.path, page.first_published_at)
