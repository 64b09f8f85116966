"""The table of what can be done to a clip: which permission each action asks for, and in which state it is possible."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from home.clip_lookup import pages_showing
from home.clip_permissions import clip_permission_policy
from home.models import CityPage
from media_pipeline.models import Clip


@dataclass(frozen=True)
class ClipAction:
    """What an action asks for.

    ``permission`` on the clip's collection; ``withdrawn`` and ``has_page``, where not None, are what the clip must be;
    ``undoes_withdrawal``: not for a city while the archive itself has withdrawn the clip.
    """

    permission: str
    withdrawn: bool | None = None
    has_page: bool | None = None
    undoes_withdrawal: bool = False


# By the name of the action's address.
CLIP_ADMIN_ACTIONS = {
    "retry": ClipAction("retry", withdrawn=False),
    "as_sound": ClipAction("retry", withdrawn=False),
    "cancel": ClipAction("retry"),
    "withdraw": ClipAction("withdraw", withdrawn=False),
    "restore": ClipAction("restore", withdrawn=True, undoes_withdrawal=True),
    "delete": ClipAction("delete", has_page=False, undoes_withdrawal=True),
    "sound": ClipAction("change", withdrawn=False),
    "poster": ClipAction("change"),
    "facts": ClipAction("change"),
    "caption_add": ClipAction("caption"),
    "caption_remove": ClipAction("caption"),
    "page_add": ClipAction("change", has_page=False),
}


def cities_of(user: Any) -> QuerySet[CityPage]:
    """Cities for which the user may add clips; of their texts, only the names are loaded."""
    mine = clip_permission_policy.collections_user_has_permission_for(user, "add")
    return CityPage.objects.filter(collection__in=mine).for_reading(None, "headline")


def clips_of(user: Any) -> QuerySet[Clip]:
    """Clips the user may work on."""
    return clip_permission_policy.instances_user_has_permission_for(user, "change")


def permitted_actions(user: Any, clip: Clip) -> set[str]:
    """Names of the actions that ``user`` has a right to, whatever state ``clip`` is in otherwise.

    What undoes a withdrawal by the archive belongs to those who may do it everywhere.
    """
    granted = {
        permission
        for permission in {action.permission for action in CLIP_ADMIN_ACTIONS.values()}
        if clip_permission_policy.user_has_permission_for_instance(user, permission, clip)
    }
    by_archive = clip.withdrawals.open().filter(by_archive=True).exists()
    return {
        name
        for name, action in CLIP_ADMIN_ACTIONS.items()
        if action.permission in granted
        and not (
            by_archive
            and action.undoes_withdrawal
            and not clip_permission_policy.acts_for_archive(user, action.permission)
        )
    }


def possible_actions(clip: Clip) -> set[str]:
    """Names of the actions that the state of ``clip`` allows, whoever asks."""
    withdrawn, shown = clip.state == Clip.State.WITHDRAWN, has_page(clip)
    return {
        name
        for name, action in CLIP_ADMIN_ACTIONS.items()
        if action.withdrawn in (None, withdrawn) and action.has_page in (None, shown)
    }


def allowed_actions(user: Any, clip: Clip) -> set[str]:
    """Names of the actions that ``user`` may take on ``clip`` now."""
    return permitted_actions(user, clip) & possible_actions(clip)


def has_page(clip: Clip) -> bool:
    """Whether any page shows the clip, be it live, a draft or scheduled; such a clip is not deleted under it."""
    return bool(pages_showing(clip))
