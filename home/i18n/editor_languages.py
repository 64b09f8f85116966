"""Which languages an editor writes: what groups allow, and what to put first.

Members of a translators' group (``home.models.ArchiveRole``) may change the texts of their languages only; everybody
else may write all.
"""

from typing import Any

from django.utils.translation import get_language

from .fields import content_languages


def allowed_languages(user: Any) -> list[str] | None:
    """Codes ``user`` may write, in the order of the setting; None means all."""
    if user is None or user.is_superuser or not user.is_authenticated:
        return None
    if not hasattr(user, "languages_by_group"):
        roles = user.groups.filter(archive_role__role="translator")
        codes = set(roles.values_list("archive_role__language", flat=True))
        user.languages_by_group = [code for code in content_languages() if code in codes]
    return user.languages_by_group or None


def working_languages(user: Any) -> list[str]:
    """Codes to show first: those of the user's groups, else the language the user reads the admin in."""
    allowed = allowed_languages(user)
    if allowed:
        return allowed
    active = (get_language() or "").split("-")[0]
    return [active] if active in content_languages() else []
