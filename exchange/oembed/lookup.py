"""From a pasted address to its clip: public, not public, or nothing."""

from enum import Enum

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Site

from exchange.oembed.clip_url import ClipUrl
from exchange.public_clip import PublicClip, public_clip_of
from home.api import public_clip_pages
from home.models import ClipPage
from media_pipeline.models import Clip


class UrlLookup(Enum):
    """For addresses that get no clip."""

    NOT_PUBLIC = "not public"
    NOT_FOUND = "not found"


def resolve_url(url: ClipUrl) -> PublicClip | UrlLookup:
    """Look for the clip of a pasted address. Two queries; a third for an unknown id, or to fill the cache of sites.

    A clip that was taken back or unpublished says nothing, as if it had never been; so does a page that is no longer or
    not yet live, because its path could be guessed. Whoever knows an id, or the path of a page that asks for a
    password, knows that there is something, and is told that it is not public.
    """
    page = _pages(url).select_related("clip__package", "clip__poster__package").first()
    clip = page.clip if page else None
    if page is None or clip is None:
        unpaged = Clip.objects.filter(public_id=url.public_id).exclude(state=Clip.State.WITHDRAWN)
        has_no_page_yet = bool(url.public_id) and unpaged.exists()
        return UrlLookup.NOT_PUBLIC if has_no_page_yet else UrlLookup.NOT_FOUND
    if page.is_public:
        return public_clip_of(page)
    taken_back = clip.state == Clip.State.WITHDRAWN or (not page.live and page.first_published_at is not None)
    return UrlLookup.NOT_FOUND if taken_back else UrlLookup.NOT_PUBLIC


def _pages(url: ClipUrl) -> QuerySet[ClipPage]:
    """The one page meant. Which pages are public costs a query of its own."""
    pages = ClipPage.objects.annotate(is_public=Exists(public_clip_pages().filter(pk=OuterRef("pk"))))
    if url.public_id:
        return pages.filter(clip__public_id=url.public_id)
    # Wagtail keeps these in its cache; a page's url_path begins with that of the site's first page.
    roots = {root.root_path for root in Site.get_site_root_paths()}
    return pages.filter(url_path__in=[root + url.path for root in roots], live=True, clip__isnull=False)
