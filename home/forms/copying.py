"""Copying pages."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class TranslatedCopyForm(CopyForm):
    """Without aliases: a thing has one page in all languages, and a clip exactly one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
