"""From an id to the page of a clip that a visitor can play, with everything a response needs, in few queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse

from home.api import (
    CACHE_NEVER,
    PageAccess,
    Reason,
    Visitor,
    clip_visibility,
    find_clip,
    page_access,
    playable_clip_pages,
)
from home.models import ClipPage
from media_pipeline.models import Clip, Storyboard


@dataclass(frozen=True)
class PublicClip:
    """The page of a clip that plays. ``clip.package`` is there; ``has_storyboard`` costs no query.

    ``access`` is what the visitor may see, this page and others.
    """

    page: ClipPage
    clip: Clip
    has_storyboard: bool
    access: PageAccess

    @property
    def is_personal(self) -> bool:
        """Whether not everybody can play it: the visitor has met a restriction."""
        return self.access.is_personal(self.page.path)

    def forbid_caching(self, response: HttpResponse) -> None:
        """Let no cache keep what is not for everybody."""
        if self.is_personal:
            response["Cache-Control"] = CACHE_NEVER


def get_public_clip(public_id: str, visitor: Visitor) -> PublicClip | None:
    """The clip's page when the visitor can play it. Two queries."""
    return find_public_clip(visitor, clip__public_id=public_id)


def find_public_clip(visitor: Visitor, **conditions: Any) -> PublicClip | None:
    """The first page that meets conditions on ClipPage and whose clip the visitor can play. Two queries."""
    board = Storyboard.objects.filter(package=OuterRef("clip__package"))
    pages = playable_clip_pages(visitor).filter(**conditions).order_by("pk")
    page = pages.select_related("clip__package", "clip__poster__package").annotate(board_exists=Exists(board)).first()
    if page is None:
        return None
    page.clip.package.clip = page.clip  # Package.prefix asks for it; no second query
    return PublicClip(page, page.clip, page.board_exists, page_access(visitor))


def refusal_reason(public_id: str, visitor: Visitor) -> Reason:
    """Why the visitor does not get the clip with this id. Two or three queries."""
    return Reason.of(clip_visibility(visitor, public_id, find_clip(public_id)))
