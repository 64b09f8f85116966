"""Who may do what with which clip: by the permissions of its collection, and a little more for who uploaded it."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from home.clip_lookup import pages_showing
from home.models import CityPage
from media_pipeline.models import Clip

# What an uploader may do with the own clip while allowed to add clips where it is.
UPLOADER_ACTIONS = frozenset({"view", "change", "retry"})

# Which permission each action of the admin asks for, by the name of its address.
ACTION_PERMISSIONS = {
    "retry": "retry", "as_sound": "retry", "cancel": "retry",
    "withdraw": "withdraw", "restore": "restore", "delete": "delete",
    "poster": "change", "facts": "change", "caption_add": "change", "caption_remove": "change", "page_add": "change",
}  # fmt: skip


class ClipPermissionPolicy(CollectionPermissionPolicy):
    """Wagtail's policy for things in collections. Actions: add, change, delete, view, publish, withdraw, restore, retry
    and replace; each is granted by itself.
    """

    def __init__(self) -> None:
        super().__init__(Clip)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, with_add(actions))

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Clip) -> bool:
        own = instance.uploader_id is not None and instance.uploader_id == user.pk
        return super().user_has_any_permission_for_instance(user, with_add(actions) if own else actions, instance)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Clip) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Clip]:
        found = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not UPLOADER_ACTIONS & set(actions):
            return found
        own = Q(uploader=user, collection__in=self.collections_user_has_permission_for(user, "add"))
        return found | Clip.objects.filter(own)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Clip]:
        return self.instances_user_has_any_permission_for(user, [action])


def with_add(actions: Any) -> set[str]:
    """Return ``actions``, and "add" beside those that it gives to an uploader."""
    return {*actions, "add"} if UPLOADER_ACTIONS & set(actions) else set(actions)


clip_permission_policy = ClipPermissionPolicy()


def cities_of(user: Any) -> QuerySet[CityPage]:
    """Cities for which the user may add clips."""
    return CityPage.objects.filter(
        collection__in=clip_permission_policy.collections_user_has_permission_for(user, "add")
    )


def clips_of(user: Any) -> QuerySet[Clip]:
    """Clips the user may work on."""
    return clip_permission_policy.instances_user_has_permission_for(user, "change")


def allowed_actions(user: Any, clip: Clip) -> set[str]:
    """Names of the actions that ``user`` may take on ``clip`` now; a clip that a page shows is not deleted under it."""
    granted = {
        permission
        for permission in set(ACTION_PERMISSIONS.values())
        if clip_permission_policy.user_has_permission_for_instance(user, permission, clip)
    }
    return {
        action
        for action, permission in ACTION_PERMISSIONS.items()
        if permission in granted and not (action == "delete" and has_page(clip))
    }


def has_page(clip: Clip) -> bool:
    """Whether any page shows the clip, be it live, a draft or scheduled; such a clip is not deleted under it."""
    return bool(pages_showing(clip))
