"""Whatever an address asks, the answer is a part of the video that can be played."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import timecode
from exchange.embed_options import MIN_EXCERPT_S, OPTION_NOTES, EmbedOptions, parse_embed_options

INTERFACE = ("en", "de", "pt", "ar")


def wish(duration_s: float | None = 60.0, **query: str) -> EmbedOptions:
    return parse_embed_options(query, duration_s=duration_s, interface=INTERFACE, captions=["de", "pt-BR"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42", 42.0), ("42.5", 42.5), ("42,5", 42.5), ("0:42", 42.0), ("1:02", 62.0), ("1:02:03", 3723.0),
        ("90s", 90.0), ("1m30s", 90.0), ("2h", 7200.0), (" 1 : 30 ", 90.0), ("75:00", 4500.0),
        ("", None), ("-5", None), ("abc", None), ("1e9", None), ("9" * 400, None), ("nan", None), ("0x10", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, expected: float | None):
    assert timecode.parse_timecode(text) == expected


@given(st.floats(min_value=0, max_value=99 * 3600))
def test_a_shown_time_is_read_again(value: float):
    shown = timecode.parse_timecode(timecode.format_timecode_tenths(value))
    assert shown is not None
    assert abs(shown - value) <= 0.051
    written = timecode.parse_timecode(timecode.format_seconds(value))
    assert written is not None
    assert abs(written - value) <= 0.001


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, EmbedOptions()),
        ({"start": "10", "end": "0:20"}, EmbedOptions(start_s=10, end_s=20)),
        ({"t": "10"}, EmbedOptions(start_s=10)),
        ({"start": "-3"}, EmbedOptions(notes=("start_unread",))),
        ({"start": "<script>"}, EmbedOptions(notes=("start_unread",))),
        ({"start": "61"}, EmbedOptions(notes=("start_late",))),
        ({"start": "20", "end": "10"}, EmbedOptions(start_s=20, notes=("end_early",))),
        ({"end": "soon"}, EmbedOptions(notes=("end_unread",))),
        ({"end": "600"}, EmbedOptions()),
        ({"lang": "de"}, EmbedOptions(language="de")),
        ({"lang": "de-AT"}, EmbedOptions(language="de")),
        ({"lang": "xx"}, EmbedOptions(notes=("language_unknown",))),
        ({"cc": "OFF"}, EmbedOptions(captions="off")),
        ({"cc": "de"}, EmbedOptions(captions="de")),
        ({"cc": "pt-br"}, EmbedOptions(captions="pt-BR")),
        ({"cc": "de-CH"}, EmbedOptions(captions="de")),
        ({"cc": "fr"}, EmbedOptions(notes=("captions_unknown",))),
        ({"autoplay": "1"}, EmbedOptions(autoplay=True)),
        ({"autoplay": "yes"}, EmbedOptions(notes=("autoplay_unread",))),
    ],
)
def test_the_nearest_wish_that_can_be_fulfilled(query: dict[str, str], expected: EmbedOptions):
    assert wish(**query) == expected


@given(
    st.fixed_dictionaries({}, optional={name: st.text() for name in ("start", "t", "end", "lang", "cc", "autoplay")}),
    st.none() | st.floats(min_value=0, max_value=20_000),
)
def test_any_address_can_be_played(query: dict[str, str], duration_s: float | None):
    found = wish(duration_s, **query)
    assert found.start_s >= 0
    assert duration_s is None or found.start_s <= max(duration_s, 0)
    assert found.end_s is None or found.end_s >= found.start_s + MIN_EXCERPT_S
    assert found.language in ("", *INTERFACE)
    assert set(found.notes) <= set(OPTION_NOTES)


def test_a_wish_is_written_and_read_again():
    full = EmbedOptions(language="de", captions="pt-BR", start_s=4.5, end_s=30, autoplay=True)
    assert full.query() == {"lang": "de", "cc": "pt-BR", "start": "4.5", "end": "30", "autoplay": "1"}
    assert wish(lang="de", cc="pt-BR", start="4.5", end="30", autoplay="1") == full
    assert EmbedOptions().query() == {}
