"""Who may see a clip: which visitor, an editor, or nobody. Every package asks here, so that there is one answer.

A clip plays while it has a package, is not withdrawn, and the visitor may see the ClipPage that points at it.
Which pages that are ``home.page_access`` reads, for one clip and for lists of pages alike.
"""

from enum import Enum

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from home.access.gone import is_clip_gone
from home.clip_permissions import clip_permission_policy
from home.models import ClipPage
from home.page_access import Visitor, page_access
from media_pipeline.models import Clip

FAILED_STATES = (Clip.State.FAILED, Clip.State.REJECTED)


class Visibility(Enum):
    """What a visitor gets: the clip, "it is being prepared", "it was removed", or nothing at all."""

    PLAYABLE = "playable"
    PREPARING = "preparing"
    GONE = "gone"
    UNKNOWN = "unknown"


def playable_clip_pages(visitor: Visitor) -> QuerySet[ClipPage]:
    """Pages whose clip the visitor can play."""
    pages = ClipPage.objects.visible_to(visitor).filter(clip__package__isnull=False)
    return pages.exclude(clip__state=Clip.State.WITHDRAWN)


def listed_clip_pages(visitor: Visitor) -> QuerySet[ClipPage]:
    """Pages that lists show the visitor: playable ones, and those whose clip is still being prepared."""
    in_sight = Q(clip__package__isnull=False) | ~Q(clip__state__in=FAILED_STATES)
    pages = ClipPage.objects.visible_to(visitor).filter(in_sight, clip__isnull=False)
    return pages.exclude(clip__state=Clip.State.WITHDRAWN)


def is_for_everybody(page: ClipPage, visitor: Visitor) -> bool:
    """Whether anybody can play the clip of a page that this visitor sees. At most the query of the page access."""
    playable = page.clip is not None and page.clip.is_playable and page.clip.state != Clip.State.WITHDRAWN
    access = page_access(visitor)
    return playable and access.is_visible(page) and not access.is_personal(page.path)


def with_visibility_facts(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    """Add what ``visibility_of`` reads to a query for clips: facts of the one page that a clip can have."""
    return clips.annotate(
        page_path=F("pages__path"),
        page_is_live=F("pages__live"),
        page_first_published_at=F("pages__first_published_at"),
    )


def visibility_of(clip: Clip, visitor: Visitor) -> Visibility:
    """What the visitor gets of a clip that was read through ``with_visibility_facts``. A second query where it is
    not shown.
    """
    access, path = page_access(visitor), clip.page_path
    if path is not None and access.is_locked(path):
        return Visibility.UNKNOWN  # what is behind a password is neither gone nor anybody's business
    if path is not None and access.is_published(path, clip.page_is_live):
        if clip.state == Clip.State.WITHDRAWN:
            return Visibility.GONE
        if clip.package_id is not None:
            return Visibility.PLAYABLE
        return Visibility.UNKNOWN if clip.state in FAILED_STATES else Visibility.PREPARING
    was_shown = path is not None and access.was_published(path, clip.page_first_published_at)
    return Visibility.GONE if was_shown or is_clip_gone(clip.public_id) else Visibility.UNKNOWN


def is_personal_clip(clip: Clip, visitor: Visitor) -> bool:
    """Whether a clip that the visitor can play is for those alone who met a restriction. No query of its own."""
    return page_access(visitor).is_personal(clip.page_path)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the visitor is signed in. Without the session's cookie the session is not opened."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.is_active)


def may_preview(request: HttpRequest, clip: Clip) -> bool:
    """Whether the person asking may watch a clip that is not public: by the rights on clips, an uploader included."""
    return is_signed_in(request) and clip_permission_policy.user_has_any_permission_for_instance(
        request.user, {"view", "change"}, clip
    )
