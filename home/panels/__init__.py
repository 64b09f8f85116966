"""Editing panels of pages and snippets: a tab for what all languages share, then one tab per language."""

from django import forms

from .inline import TranslatedInlinePanel, text_in_each_language
from .notices import WarningPanel
from .tabs import LanguageTab, LanguageTabs, page_tabs, snippet_tabs
from .text import TextPanel

# For short lists: checkboxes instead of a chooser.
CHECKBOXES = forms.CheckboxSelectMultiple
