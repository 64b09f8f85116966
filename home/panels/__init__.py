"""How pages and snippets are edited: a tab with what is true in every language, then one tab per language."""

from django import forms

from .inline import TranslatedInlinePanel, text_in_each_language
from .notices import WarningPanel
from .tabs import LanguageTab, LanguageTabs, page_tabs, snippet_tabs
from .text import TextPanel

# Short lists are ticked, not searched for.
TICKS = forms.CheckboxSelectMultiple

__all__ = [
    "TICKS",
    "LanguageTab",
    "LanguageTabs",
    "TextPanel",
    "TranslatedInlinePanel",
    "WarningPanel",
    "page_tabs",
    "snippet_tabs",
    "text_in_each_language",
]
