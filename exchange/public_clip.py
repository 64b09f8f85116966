"""From an id to the page of a clip that anybody may see, with everything an answer needs, in few queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from home.api import Visibility, find_clip, public_clip_pages, visibility_of
from home.models import ClipPage
from media_pipeline.models import Clip, Storyboard


@dataclass(frozen=True)
class Found:
    """The public page of a clip. ``clip.package`` is there; ``has_storyboard`` costs no query."""

    page: ClipPage
    clip: Clip
    has_storyboard: bool


def public_clip(public_id: str) -> Found | None:
    """The clip's page when anybody may play it. Two queries: one for the page, one for what restricts pages."""
    board = Storyboard.objects.filter(package=OuterRef("clip__package"))
    pages = public_clip_pages().filter(clip__public_id=public_id).order_by("pk")
    page = pages.select_related("clip__package", "clip__poster__package").annotate(board_exists=Exists(board)).first()
    return None if page is None else found(page)


def found(page: ClipPage) -> Found:
    """What ``public_clip`` gives, of a page that was read with its clip and is known to be public."""
    clip = page.clip
    clip.package.clip = clip  # Package.prefix asks for it; no second look
    return Found(page, clip, bool(getattr(page, "board_exists", False)))


def standing(public_id: str) -> Visibility:
    """What the public gets of an id: for answers that say no. Two queries."""
    clip = find_clip(public_id)
    return visibility_of(clip) if clip else Visibility.UNKNOWN
