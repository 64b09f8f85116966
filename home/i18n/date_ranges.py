"""Dates exactly as far as they are known: a project of which people only know the years does not start on 1 January."""

import datetime

from django.utils import formats
from django.utils.translation import pgettext

EN_DASH = "–"


def in_words(day: datetime.date | None, precision: str = "day") -> str:
    """A date in the active language to the ``precision`` of day, month or year; empty for None."""
    if day is None:
        return ""
    if precision == "year":
        return str(day.year)
    return formats.date_format(day, "YEAR_MONTH_FORMAT" if precision == "month" else "DATE_FORMAT")


def format_period(start: datetime.date | None, end: datetime.date | None, precision: str = "day") -> str:
    """``2019–2021``, ``January 2019 – June 2021``; one side alone says which side it is."""
    first, last = in_words(start, precision), in_words(end, precision)
    if not first or not last:
        return _one_side(first, last)
    if first == last:
        return first
    return f"{first}{EN_DASH}{last}" if precision == "year" else f"{first} {EN_DASH} {last}"


def project_period(project) -> str:
    """The period of a ProjectPage, to the precision its editor gave."""
    return format_period(project.starts_on, project.ends_on, project.period_note)


def _one_side(first: str, last: str) -> str:
    if first:
        return pgettext("period of a project", "since %(date)s") % {"date": first}
    return pgettext("period of a project", "until %(date)s") % {"date": last} if last else ""
