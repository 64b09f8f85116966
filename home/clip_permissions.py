"""Who may do what with which clip: by the permissions of its collection, and a little more for who uploaded it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from wagtail.models import Collection, Page
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from home.translator_rights import TranslatedPagePermissions
from media_pipeline.models import Clip

# What an uploader may do with the own clip while allowed to add clips where it is.
UPLOADER_ACTIONS = frozenset({"view", "change", "caption", "retry"})


class ClipPermissionPolicy(CollectionPermissionPolicy):
    """Wagtail's policy for things in collections. Actions: add, change, delete, view, caption, publish, withdraw,
    restore, retry and replace; each is granted by itself.
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

    def acts_for_archive(self, user: Any, action: str) -> bool:
        """Whether ``user`` may do this with every clip, whichever city owns it."""
        everywhere = self.collections_user_has_permission_for(user, action)
        return everywhere.filter(pk=Collection.get_first_root_node().pk).exists()


def with_add(actions: Any) -> set[str]:
    """Return ``actions``, and "add" beside those that it gives to an uploader."""
    return {*actions, "add"} if UPLOADER_ACTIONS & set(actions) else set(actions)


clip_permission_policy = ClipPermissionPolicy()


class PublishableClips:
    """Which clips ``user`` may publish, read at once: for a request that only reads, and may list many clip pages."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def is_everything(self) -> bool:
        return clip_permission_policy.acts_for_archive(self.user, "publish")

    @cached_property
    def clips_and_pages(self) -> tuple[set[int], set[int | None]]:
        found = clip_permission_policy.instances_user_has_permission_for(self.user, "publish")
        pairs = list(found.values_list("pk", "pages"))
        return {clip for clip, _page in pairs}, {page for _clip, page in pairs}

    def include_that_of(self, page: Page) -> bool:
        if self.is_everything:
            return True
        clips, pages = self.clips_and_pages
        # A page that was loaded without its clip still shows the one in the database.
        return page.clip_id in clips if "clip_id" in page.__dict__ else page.pk in pages


class ClipPagePermissionTester(TranslatedPagePermissions):
    """Publishing the page of a clip shows the clip, and unpublishing hides it: that needs the right to publish both."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and "publish" in self.permissions and not may_publish(user, page):
            self.permissions.discard("publish")


def may_publish(user: Any, page: Page) -> bool:
    """Whether ``user`` may publish the clip of ``page``, if it has one."""
    known = getattr(user, "publishable_clips", None)
    if known is not None and known.include_that_of(page):
        return True
    return page.clip is None or clip_permission_policy.user_has_permission_for_instance(user, "publish", page.clip)
