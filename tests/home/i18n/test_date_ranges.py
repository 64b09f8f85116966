"""Periods are as exact as they are known."""

import datetime

import pytest
from django.utils.translation import override

from home.i18n import date_ranges

DAY = datetime.date(2019, 1, 1)
END = datetime.date(2021, 6, 30)


@pytest.mark.parametrize(
    ("start", "end", "precision", "shown"),
    [
        (DAY, END, "year", "2019–2021"),
        (DAY, DAY, "year", "2019"),
        (DAY, END, "month", "January 2019 – June 2021"),
        (DAY, None, "year", "since 2019"),
        (None, END, "month", "until June 2021"),
        (None, None, "day", ""),
        (END, END, "day", "30 June 2021"),
        (DAY, END, "day", "1 Jan 2019 – 30 Jun 2021"),
    ],
)
def test_periods_are_as_exact_as_they_are_known(start, end, precision, shown):
    with override("en"):
        assert " ".join(date_ranges.format_period(start, end, precision).split()) == shown
