"""Tabs of the editor: shared fields, languages, then settings.

A tab for each language would overflow, so the original, the languages the user works in and those that hold text come
first (at most five); the rest is in the menu "More languages".
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, PublishingPanel, TabbedInterface

from home.i18n.editor_languages import working_languages
from home.i18n.fields import completeness, content_languages
from home.i18n.languages import native_name

from .text import TextPanel

MAX_TABS_IN_ROW = 5
MIN_TABS_IN_ROW = 3


class LanguageTab(ObjectList):
    """All texts in one language. Its heading says how much of what the original has is translated."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    @property
    def clean_name(self) -> str:
        return "language_" + self.language.replace("-", "_")

    class BoundPanel(ObjectList.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.language = self.panel.language
            self.is_original = self.instance.original_language == self.language
            self.done, self.needed = completeness(self.instance, self.language)
            star = "★ " if self.is_original else ""
            count = f" {self.done}/{self.needed}" if self.needed else ""
            self.heading = f"{star}{native_name(self.language)}{count}"


class LanguageTabs(TabbedInterface):
    """The editor of a translated page or snippet."""

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "home/admin/language_tabs.html"

        @property
        def media(self) -> forms.Media:
            own = forms.Media(
                css={"all": ["home/admin/editing.css"]}, js=["home/admin/language-tabs.js", "home/admin/merging.js"]
            )
            return super().media + own

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            shown = self.visible_children_with_identifiers
            languages = {tab.language: (tab, name) for tab, name in shown if isinstance(tab, LanguageTab.BoundPanel)}
            first = self._languages_in_row(languages)
            others = [pair for pair in shown if not isinstance(pair[0], LanguageTab.BoundPanel)]
            context.update(
                before=others[:1],
                row=[languages[code] for code in first],
                more=[pair for code, pair in languages.items() if code not in first],
                after=others[1:],
                panels=shown,
                conflicts=self.form.all_conflicts() if self.form is not None else [],
            )
            return context

        def _languages_in_row(self, offered: dict[str, Any]) -> list[str]:
            """Original, the user's own, those with text; all when they fit."""
            if len(offered) <= MAX_TABS_IN_ROW:
                return list(offered)
            user = getattr(self.request, "user", None)
            filled = [code for code, (tab, _name) in offered.items() if tab.done]
            needed = dict.fromkeys([self.instance.original_language, *working_languages(user), *filled])
            wanted = [code for code in dict.fromkeys([*needed, *offered]) if code in offered]
            # A new page shows few tabs; a language with text gets its own.
            return wanted[: min(MAX_TABS_IN_ROW, max(MIN_TABS_IN_ROW, len(needed)))]


def snippet_tabs(names: Sequence[str], shared: Sequence[Panel | str], heading: Any, *more: Panel) -> LanguageTabs:
    """The editor of a snippet: ``shared`` fields under ``heading``, then a tab per content language with ``names``."""
    languages = [
        LanguageTab([TextPanel(name, code) for name in names], language=code, heading=native_name(code))
        for code in content_languages()
    ]
    first = ObjectList([FieldPanel("original_language"), *shared], heading=heading)
    return LanguageTabs([first, *languages, *more])


def page_tabs(names: Sequence[str], shared: Sequence[Panel | str], heading: Any) -> LanguageTabs:
    """The editor of a page: that of a snippet, then address and publishing."""
    publishing = ObjectList([FieldPanel("slug"), PublishingPanel()], heading=_("Address and publishing"))
    return snippet_tabs(names, shared, heading, publishing)
