"""Copying pages."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class TranslatedCopyForm(CopyForm):
    """Without aliases: there is one page for all languages, and exactly one per clip."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
