"""Small values: durations, periods, names of languages, addresses in other languages, template filters."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from home.i18n import date_ranges, durations, formats, language_switch, languages


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (0, "0:00"), (59.6, "1:00"), (102.4, "1:42"), (3723, "1:02:03")]
)
def test_lengths(seconds, shown):
    assert durations.format_clock(seconds) == shown


def test_lengths_are_spoken():
    assert [durations.spoken_duration(s) for s in (None, 0, 61, 102, 3600)] == [
        "", "0 seconds", "1 minute and 1 second", "1 minute and 42 seconds", "1 hour",
    ]  # fmt: skip


def test_a_timecode_counts_whole_seconds():
    assert [durations.format_timecode(ms) for ms in (None, 0, 41_999, 62_000)] == ["", "0:00", "0:41", "1:02"]


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
    with override(language):
        shown = (
            formats.format_date(END),
            formats.format_date(END, "month"),
            formats.format_number(1234.5),
            formats.format_file_size(12_910_000),
            formats.format_list("ABC"),
        )
    assert [" ".join(text.split()) for text in shown] == [date, month, number, size, listed]


def test_a_moment_is_shown_in_the_time_zone():
    moment = datetime.datetime(2026, 11, 21, 13, 5, 3, tzinfo=datetime.UTC)
    with override("en"), timezone.override("Europe/Brussels"):
        assert formats.format_datetime(moment) == "21 Nov 2026, 14:05:03"


def test_bytes_are_written_in_full():
    assert formats.format_file_size(14) == "14\xa0bytes"


def test_languages_are_named_for_their_speakers_and_for_the_reader():
    assert [languages.native_name(code) for code in ("ca", "ar", "ro", "xx")] == ["Català", "العربية", "Română", "xx"]
    assert [languages.language_name_in("ca", reader) for reader in ("en", "de", "el")] == [
        "Catalan",
        "Katalanisch",
        "Καταλανικά",
    ]
    assert [languages.country_name_in("GR", reader) for reader in ("en", "fr")] == ["Greece", "Grèce"]
    assert [languages.direction(code) for code in ("ar", "he", "tr", "xx")] == ["rtl", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/en/cities/", "/de/cities/"),
        ("/en", "/de"),
        ("/", "/de/"),
        ("/c/abc/", "/de/c/abc/"),
        ("/entry/", "/de/entry/"),
    ],
)
def test_only_the_first_segment_is_the_language(path, wanted):
    assert language_switch.path_in_language(path, "de") == wanted


def test_hreflang_is_empty_where_nothing_is_written():
    assert language_switch.hreflang_alternates("https://x", "/en/a/", [], "en") == []
    found = language_switch.hreflang_alternates("https://x", "/en/a/", ["de", "fr"], "pl")
    assert found == [
        ("de", "https://x/de/a/"), ("fr", "https://x/fr/a/"), ("x-default", "https://x/de/a/"),
    ]  # fmt: skip
