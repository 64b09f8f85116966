"""From an id to the page of a public clip, with everything a response needs, in few queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from home.api import Visibility, find_clip, public_clip_pages, visibility_of
from home.models import ClipPage
from media_pipeline.models import Clip, Storyboard


@dataclass(frozen=True)
class PublicClip:
    """The public page of a clip. ``clip.package`` is there; ``has_storyboard`` costs no query."""

    page: ClipPage
    clip: Clip
    has_storyboard: bool


def get_public_clip(public_id: str) -> PublicClip | None:
    """The clip's page when anybody may play it. Two queries: one for the page, one for what restricts pages."""
    board = Storyboard.objects.filter(package=OuterRef("clip__package"))
    pages = public_clip_pages().filter(clip__public_id=public_id).order_by("pk")
    page = pages.select_related("clip__package", "clip__poster__package").annotate(board_exists=Exists(board)).first()
    return None if page is None else public_clip_of(page)


def public_clip_of(page: ClipPage) -> PublicClip:
    """What ``get_public_clip`` returns, for a page that was read with its clip and is known to be public."""
    clip = page.clip
    clip.package.clip = clip  # Package.prefix asks for it; no second query
    return PublicClip(page, clip, bool(getattr(page, "board_exists", False)))


def clip_visibility(public_id: str) -> Visibility:
    """The visibility of an id, for refusals. Two queries."""
    clip = find_clip(public_id)
    return visibility_of(clip) if clip else Visibility.UNKNOWN
