"""Saving that does not depend on who is looking.

modeltranslation writes the bare column, revision data and references from the ACTIVE language. Pinned to the language
of the thing itself, the same row and the same revision are written whichever language the editor reads the admin in.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override


class PinnedLanguage:
    """Mixed in before the model class."""

    @property
    def pinned_language(self) -> str:
        """The language the bare columns repeat."""
        return getattr(self, "original_language", "") or settings.LANGUAGE_CODE

    def save(self, *args: Any, **kwargs: Any) -> None:
        with override(self.pinned_language):
            return super().save(*args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        with override(self.pinned_language):
            return super().serializable_data()

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        # A language added after the revision was made has no key in it; if active, it would get the bare text.
        with override(data.get("original_language") or get_language() or settings.LANGUAGE_CODE):
            return super().from_serializable_data(data, *args, **kwargs)
