"""Durations as clocks and in words."""

import pytest

from home.i18n import durations


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
