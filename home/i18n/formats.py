"""Dates, numbers, file sizes and lists as readers of the active language write them, from CLDR by way of Babel.

Digits are European ones in every language, Arabic too, as on the rest of the site.
"""

import datetime
from collections.abc import Iterable

from babel import dates, lists, numbers, units
from django.utils import timezone
from django.utils.html import avoid_wrapping
from django.utils.translation import pgettext

from home.i18n.languages import current_language, current_locale, direction

# Largest first, each 1024 of the next; bytes are written in full.
FILE_SIZE_UNITS = ((1 << 30, "gigabyte"), (1 << 20, "megabyte"), (1 << 10, "kilobyte"))


def format_picture_size(width: int, height: int) -> str:
    """``1280 × 720``, the width first in every direction of writing."""
    text = f"{width} × {height}"
    # Between right-to-left words a browser would set the height first: numbers are ordered like the words around them.
    return f"\u2066{text}\u2069" if direction(current_language()) == "rtl" else text


def format_date(day: datetime.date | None, precision: str = "day") -> str:
    """``30 June 2021``, or as far as it is known: ``precision`` is day, month or year. Empty for None."""
    if day is None:
        return ""
    if precision == "year":
        return str(day.year)
    locale = current_locale()
    if precision == "month":
        return dates.format_skeleton("yMMMM", day, locale=locale)
    return dates.format_date(day, "long", locale=locale)


def format_datetime(moment: datetime.datetime | None) -> str:
    """``30 Jun 2021, 14:05:03`` in the active time zone; empty for None."""
    return (
        "" if moment is None else dates.format_datetime(timezone.localtime(moment), "medium", locale=current_locale())
    )


def format_age(moment: datetime.datetime | None) -> str:
    """``2 minutes ago``; empty for None."""
    if moment is None:
        return ""
    return dates.format_timedelta(moment - timezone.now(), add_direction=True, locale=current_locale())


def format_number(value: float) -> str:
    """``1,234.5`` with up to three decimals."""
    return numbers.format_decimal(value, locale=current_locale())


def format_file_size(size_bytes: int) -> str:
    """``12.3 MB``, counted in 1024s, from 0.1 kB on; number and unit stay on one line."""
    size, unit = next((row for row in FILE_SIZE_UNITS if size_bytes >= row[0]), FILE_SIZE_UNITS[-1])
    value = max(size_bytes / size, 0.1) if size_bytes else 0
    return avoid_wrapping(units.format_unit(value, f"digital-{unit}", "short", "#,##0.#", locale=current_locale()))


def format_list(items: Iterable[object]) -> str:
    """``A, B and C``."""
    return lists.format_list([str(item) for item in items], locale=current_locale())


def join_details(details: Iterable[str]) -> str:
    """``German, stereo``: what is said of one thing, side by side, with the comma of the language; "" is left out.

    CLDR has no such list: its lists of units end with "and" in most languages.
    """
    return pgettext("between the members of a list", ", ").join(detail for detail in details if detail)


def join_descriptions(descriptions: Iterable[str]) -> str:
    """``German, stereo; English, mono``: things side by side whose descriptions have commas of their own."""
    # Translators: the semicolon of your language. Greek has the dot above the line, since ";" is its question mark.
    return pgettext("between members of a list that contain commas", "; ").join(descriptions)
