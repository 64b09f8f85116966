"""Where a translator's rights end: texts of one's own languages, and no other action.

Wagtail knows one right to change a page, which also lets people move, copy and delete. What a translators' group gives
is told apart here; ``home.i18n.editor_languages`` says which fields it reaches.
"""

from typing import Any

from django.db.models import Model
from wagtail.models import Page, PagePermissionTester

from home.i18n.editor_languages import translator_groups


class TranslatedPagePermissions(PagePermissionTester):
    """What ``user`` may do with a page: all that other groups allow, and with a translators' group edit texts of it."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.translates = False
        if user.is_active and not user.is_superuser and self.permissions:
            translators = translator_groups(user)
            granted = [
                (right.permission.codename.rpartition("_")[0], right.group_id in translators)
                for right in self.permission_policy.get_cached_permissions_for_user(user)
                if page.path.startswith(right.page.path)
            ]
            self.permissions = {action for action, is_translators in granted if not is_translators}
            self.translates = any(is_translators for _action, is_translators in granted)

    def can_edit_all(self) -> bool:
        """Whether the user may change the page by more than a translator's right."""
        return super().can_edit()

    def can_edit(self) -> bool:
        return self.can_edit_all() or (self.translates and not self.page_is_root)

    def can_copy(self) -> bool:
        return self.can_edit_all()


def has_full_permission(user: Any, action: str, model: type[Model]) -> bool:
    """Whether ``user`` may take ``action`` on things of ``model`` by a right that is not a translator's."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    named = {
        "content_type__app_label": model._meta.app_label,
        "codename": f"{action}_{model._meta.model_name}",
    }
    if user.user_permissions.filter(**named).exists():
        return True
    groups = user.groups.exclude(pk__in=translator_groups(user))
    return groups.filter(**{f"permissions__{name}": value for name, value in named.items()}).exists()
