"""What a machine that asks about a pasted address may be told: the clip, that it is not public, or nothing."""

from enum import Enum

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Site

from exchange.oembed.clip_url import Pasted
from exchange.public_clip import Found, found
from home.api import public_clip_pages
from home.models import ClipPage
from media_pipeline.models import Clip


class Answer(Enum):
    """For addresses that get no clip."""

    NOT_PUBLIC = "not public"
    NOTHING = "nothing"


def asked(pasted: Pasted) -> Found | Answer:
    """Look for the clip of a pasted address. Two queries; a third for an unknown id, or to fill the cache of sites.

    A clip that was taken back or unpublished says nothing, as if it had never been; so does a page that is no longer or
    not yet live, because its path could be guessed. Whoever knows an id, or the path of a page that asks for a
    password, knows that there is something, and is told that it is not public.
    """
    page = _pages(pasted).select_related("clip__package", "clip__poster__package").first()
    clip = page.clip if page else None
    if page is None or clip is None:
        has_no_page_yet = bool(pasted.public_id) and _is_known(pasted.public_id)
        return Answer.NOT_PUBLIC if has_no_page_yet else Answer.NOTHING
    if page.is_public:
        return found(page)
    taken_back = clip.state == Clip.State.WITHDRAWN or (not page.live and page.first_published_at is not None)
    return Answer.NOTHING if taken_back else Answer.NOT_PUBLIC


def _pages(pasted: Pasted) -> QuerySet[ClipPage]:
    """The one page meant. Which pages are public costs a query of its own."""
    pages = ClipPage.objects.annotate(is_public=Exists(public_clip_pages().filter(pk=OuterRef("pk"))))
    if pasted.public_id:
        return pages.filter(clip__public_id=pasted.public_id)
    # Wagtail keeps these in its cache; a page's url_path begins with that of the site's first page.
    roots = {root.root_path for root in Site.get_site_root_paths()}
    return pages.filter(url_path__in=[root + pasted.path for root in roots], live=True, clip__isnull=False)


def _is_known(public_id: str) -> bool:
    return Clip.objects.filter(public_id=public_id).exclude(state=Clip.State.WITHDRAWN).exists()
