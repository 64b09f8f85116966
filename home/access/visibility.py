"""Who may see a clip: the public, an editor, or nobody. Every package asks here, so that there is one answer.

A clip is public while it has a package, is not withdrawn, and a live, unrestricted ClipPage points at it.
"""

from enum import Enum

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from home.clip_permissions import clip_permission_policy
from home.models import ClipPage
from media_pipeline.models import Clip

FAILED_STATES = (Clip.State.FAILED, Clip.State.REJECTED)


class Visibility(Enum):
    """What the public gets: the clip, "it is being prepared", "it was removed", or nothing at all."""

    PUBLIC = "public"
    PREPARING = "preparing"
    GONE = "gone"
    UNKNOWN = "unknown"


def unrestricted_clip_pages() -> QuerySet[ClipPage]:
    """Live pages without a password or a group in front of them, whatever state their clip is in. Costs one query."""
    return ClipPage.objects.live().public()


def public_clip_pages() -> QuerySet[ClipPage]:
    """Pages whose clip can be played by anybody."""
    return unrestricted_clip_pages().filter(clip__package__isnull=False).exclude(clip__state=Clip.State.WITHDRAWN)


def listed_clip_pages() -> QuerySet[ClipPage]:
    """Pages that lists show: playable ones, and those whose clip is still being prepared."""
    in_sight = Q(clip__package__isnull=False) | ~Q(clip__state__in=FAILED_STATES)
    return unrestricted_clip_pages().filter(in_sight, clip__isnull=False).exclude(clip__state=Clip.State.WITHDRAWN)


def public_clips() -> QuerySet[Clip]:
    """Clips that anybody may play."""
    return Clip.objects.playable().filter(Exists(unrestricted_clip_pages().filter(clip=OuterRef("pk"))))


def is_public(clip: Clip) -> bool:
    """Whether anybody may play this clip. Two small queries."""
    return public_clips().filter(pk=clip.pk).exists()


def with_visibility_facts(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    """Add what ``visibility_of`` reads to a query for clips."""
    pages = ClipPage.objects.filter(clip=OuterRef("pk"))
    return clips.annotate(
        has_open_page=Exists(unrestricted_clip_pages().filter(clip=OuterRef("pk"))),
        has_live_page=Exists(pages.live()),
        was_shown=Exists(pages.filter(first_published_at__isnull=False)),
    )


def visibility_of(clip: Clip) -> Visibility:
    """What the public gets of a clip that was read through ``with_visibility_facts``."""
    if clip.has_open_page and clip.state != Clip.State.WITHDRAWN:
        if clip.package_id is not None:
            return Visibility.PUBLIC
        return Visibility.UNKNOWN if clip.state in FAILED_STATES else Visibility.PREPARING
    # A page behind a password is neither gone nor anybody's business.
    restricted = clip.has_live_page and not clip.has_open_page
    return Visibility.GONE if clip.was_shown and not restricted else Visibility.UNKNOWN


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
