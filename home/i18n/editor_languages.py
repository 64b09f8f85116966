"""Which languages an editor writes: what groups allow, and what to put first.

Members of a translators' group (``home.models.ArchiveRole``) may change the texts of their languages, and nothing else,
in the whole archive; where another group gives them more, they have more.
"""

from typing import Any, Protocol

from django.utils.translation import get_language

from .fields import content_languages


class Translatable(Protocol):
    """A page or snippet."""

    def is_changeable_in_full(self, user: Any) -> bool:
        """Whether ``user`` may change all of it by a right that is not a translator's."""


def translator_groups(user: Any) -> dict[int, str]:
    """Return the language of each translators' group of ``user``, by the group's key; read once per request."""
    if not hasattr(user, "languages_by_group"):
        roles = user.groups.filter(archive_role__role="translator")
        user.languages_by_group = dict(roles.values_list("pk", "archive_role__language"))
    return user.languages_by_group


def translator_languages(user: Any) -> list[str]:
    """Codes that ``user`` translates into, in the order of the setting."""
    if user is None or not user.is_authenticated:
        return []
    codes = set(translator_groups(user).values())
    return [code for code in content_languages() if code in codes]


def writable_languages(user: Any, thing: Translatable) -> list[str] | None:
    """Codes in which ``user`` may change the texts of ``thing``, and nothing else of it; None means everything.

    ``user`` is None in scripts, which have no limits. What does not exist yet is whole in the hands of its author.
    """
    if user is None or user.is_superuser or thing.pk is None or thing.is_changeable_in_full(user):
        return None
    return translator_languages(user)


def working_languages(user: Any) -> list[str]:
    """Codes to show first: those the user translates into, else the language the user reads the admin in."""
    if translated := translator_languages(user):
        return translated
    active = (get_language() or "").split("-")[0]
    return [active] if active in content_languages() else []
