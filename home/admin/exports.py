"""Spreadsheets that people download: no cell becomes a formula, whichever of Wagtail's lists it comes from.

Spreadsheet programs run what begins with one of a few signs, and a title that anyone may have chosen must not run on
the computer of the person who opens the list. https://owasp.org/www-community/attacks/CSV_Injection
"""

import re
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

_FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"  # and their wide forms, which some programs read alike
_SEEN_AS_TEXT = "'"
# A semicolon is what separates the cells where a comma is the decimal sign.
_FORMULA_BEHIND_SEPARATOR = re.compile(rf"([;\t\r\n])(?=[{_FORMULA_SIGNS}])")
_NUMBER = re.compile(r"[+-][0-9]{1,30}(?:[.,][0-9]{1,30})?")


def neutral_cell(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; numbers, dates and other text as they are."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    text = _FORMULA_BEHIND_SEPARATOR.sub(rf"\1{_SEEN_AS_TEXT}", value)
    begins = text.lstrip()[:1] in _FORMULA_SIGNS if text.strip() else False
    return f"{_SEEN_AS_TEXT}{text}" if begins or text[:1] in ("\t", "\r", "\n") else text


def neutralise_exports() -> None:
    """Let every export of Wagtail pass its values and headings through ``neutral_cell``; Wagtail has no setting for it.

    Views that make their rows in another way still end in these two methods.
    """
    value_of, heading_of = SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.get_heading

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        return neutral_cell(value_of(self, field, value, export_format))

    def get_heading(self: Any, queryset: Any, field: str) -> Any:
        return neutral_cell(heading_of(self, queryset, field))

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.get_heading = get_heading
