"""Saving that does not depend on who is looking.

modeltranslation writes the bare column, revision data and references from the ACTIVE language. Saved while the object's
own language is active, the row and the revision are the same whichever language the editor reads the admin in.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from home.i18n.fields import in_original_language


class SaveInOriginalLanguage:
    """Mixed in before the model class: the bare columns repeat the original language, and stay empty where it is."""

    @property
    def saved_language(self) -> str:
        """The language the bare columns repeat."""
        return getattr(self, "original_language", "") or settings.LANGUAGE_CODE

    def save(self, *args: Any, **kwargs: Any) -> None:
        with in_original_language(self.saved_language):
            return super().save(*args, **kwargs)


class RevisionsInOriginalLanguage(SaveInOriginalLanguage):
    """The same for things with revisions; their children are written within."""

    def serializable_data(self) -> dict[str, Any]:
        with in_original_language(self.saved_language):
            return super().serializable_data()

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        # A language added after the revision was made has no key in it; if active, it would get the bare text.
        with in_original_language(data.get("original_language") or get_language() or settings.LANGUAGE_CODE):
            return super().from_serializable_data(data, *args, **kwargs)
