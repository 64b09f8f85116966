"""From a pasted address to its clip, or to why there is none."""

from wagtail.models import Site

from exchange.oembed.clip_url import ClipUrl
from exchange.public_clip import PublicClip, find_public_clip, get_public_clip, refusal_reason
from home.api import Reason, is_page_gone, page_access
from home.models import ClipPage


def resolve_url(url: ClipUrl) -> PublicClip | Reason:
    """Look for the clip of a pasted address that anybody can play. Two queries; three more where there is none.

    Whoever asks, signed in or not, gets the answer that everybody gets at the address itself: it is for others.
    """
    everybody = page_access()
    if url.public_id:
        return get_public_clip(url.public_id, everybody) or refusal_reason(url.public_id, everybody)
    # Wagtail keeps these in its cache; a page's url_path begins with that of the site's first page.
    url_paths = [root.root_path + url.path for root in Site.get_site_root_paths()]
    at_path = {"slug": url.path.rstrip("/").rpartition("/")[2], "url_path__in": url_paths}
    if found := find_public_clip(everybody, **at_path):
        return found
    public_id = ClipPage.objects.filter(**at_path, clip__isnull=False).values_list("clip__public_id", flat=True).first()
    if public_id:
        return refusal_reason(public_id, everybody)
    return Reason.GONE if is_page_gone(url.path, everybody) else Reason.NOT_FOUND
