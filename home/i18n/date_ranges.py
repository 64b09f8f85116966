"""Periods exactly as far as they are known: a project whose years alone are known does not start on 1 January."""

import datetime

from babel.dates import format_interval
from django.utils.translation import pgettext

from home.i18n.formats import format_date
from home.i18n.languages import current_locale

# CLDR's names of what is shown of a date.
SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMd"}


def format_period(start: datetime.date | None, end: datetime.date | None, precision: str = "day") -> str:
    """``2019–2021``, ``January 2019 – June 2021``; one side alone says which side it is."""
    first, last = format_date(start, precision), format_date(end, precision)
    if first == last:
        return first
    if start and end:
        return format_interval(start, end, SKELETONS[precision], locale=current_locale())
    if start:
        return pgettext("period of a project", "since %(date)s") % {"date": first}
    return pgettext("period of a project", "until %(date)s") % {"date": last}


def project_period(project) -> str:
    """The period of a ProjectPage, to the precision its editor gave."""
    return format_period(project.starts_on, project.ends_on, project.period_note)
