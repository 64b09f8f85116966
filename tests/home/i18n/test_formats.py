"""Dates, numbers, sizes and lists as the reader writes them."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from home.i18n import formats


@pytest.mark.parametrize(
    ("language", "date", "month", "number", "size", "listed"),
    [
        ("en", "30 June 2021", "June 2021", "1,234.5", "12.3 MB", "A, B and C"),
        ("de", "30. Juni 2021", "Juni 2021", "1.234,5", "12,3 MB", "A, B und C"),
        ("fr", "30 juin 2021", "juin 2021", "1 234,5", "12,3 Mo", "A, B et C"),
        ("pt", "30 de junho de 2021", "junho de 2021", "1 234,5", "12,3 MB", "A, B e C"),
        ("ar", "30 يونيو 2021", "يونيو 2021", "1,234.5", "12.3 م.ب", "A وB وC"),
    ],
)
def test_dates_numbers_and_lists_are_written_as_the_reader_does(language, date, month, number, size, listed):
    day = datetime.date(2021, 6, 30)
    with override(language):
        shown = (
            formats.format_date(day),
            formats.format_date(day, "month"),
            formats.format_number(1234.5),
            formats.format_file_size(12_910_000),
            formats.format_list("ABC"),
        )
    assert [" ".join(text.split()) for text in shown] == [date, month, number, size, listed]


def test_a_moment_is_shown_in_the_time_zone():
    moment = datetime.datetime(2026, 11, 21, 13, 5, 3, tzinfo=datetime.UTC)
    with override("en"), timezone.override("Europe/Brussels"):
        assert formats.format_datetime(moment) == "21 Nov 2026, 14:05:03"


@pytest.mark.parametrize(("language", "shown"), [("en", "3 days ago"), ("de", "vor 3 Tagen"), ("pl", "3 dni temu")])
def test_an_age_is_a_phrase_of_the_language(language, shown):
    with override(language):
        assert formats.format_age(timezone.now() - datetime.timedelta(days=3)) == shown
        assert formats.format_age(None) == ""


@pytest.mark.parametrize(("size", "text"), [(0, "0"), (14, "0.1"), (900, "0.9")])
def test_small_files_are_written_in_kilobytes_which_every_language_has(size: int, text: str):
    assert formats.format_file_size(size) == f"{text}\xa0kB"


@pytest.mark.parametrize(
    ("language", "details", "descriptions"),
    [("en", "A, B", "A; B"), ("de", "A, B", "A; B"), ("el", "A, B", "A· B"), ("ar", "A، B", "A؛ B")],
)
def test_details_are_joined_by_the_comma_of_the_language(language, details, descriptions):
    with override(language):
        assert (formats.join_details(["A", "", "B"]), formats.join_descriptions("AB")) == (details, descriptions)
        assert (formats.join_details([""]), formats.join_descriptions("A")) == ("", "A")
