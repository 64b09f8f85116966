"""Readings and the one gain that follows."""

import pytest

from media_pipeline.ffmpeg.encode.loudness import Loudness, loudness_command, makeup_gain_db, parse_loudness
from media_pipeline.ffmpeg.errors import MediaError
from tests.media_pipeline.ffmpeg.samples import TOOLS, source

READINGS = b"""frame:0    pts:0       pts_time:0
lavfi.r128.I=-70.000
frame:1    pts:4800    pts_time:0.1
lavfi.r128.I=-25.913
frame:2    pts:9600    pts_time:0.2
lavfi.r128.I=-25.871
frame:2    pts:9600    pts_time:0.2
lavfi.r128.sample_peak=0.512
"""


def test_the_last_reading_is_that_of_all() -> None:
    assert parse_loudness(READINGS) == Loudness(-25.871, 0.512)


@pytest.mark.parametrize("output", [b"", b"lavfi.r128.I=nan\n", b"lavfi.r128.I=-inf\n"])
def test_nothing_to_hear(output: bytes) -> None:
    assert parse_loudness(output) == Loudness(None)


@pytest.mark.parametrize(
    ("integrated", "gain"),
    [(-16.0, 0.0), (-26.0, 10.0), (-9.0, -7.0), (-50.0, 18.0), (20.0, -24.0), (-70.0, 0.0), (None, 0.0)],
)
def test_gain(integrated: float | None, gain: float) -> None:
    assert Loudness(integrated).gain_db == gain


def test_silence_is_not_measured() -> None:
    with pytest.raises(MediaError):
        loudness_command(TOOLS, source(sound=None), TOOLS.ffmpeg)


@pytest.mark.parametrize(
    ("integrated", "peak", "expected"),
    [(-26.0, 0.1, False), (-26.0, 0.3, True), (-16.0, 1.0, False), (None, 1.0, False), (-10.0, 1.0, False)],
)
def test_only_where_the_limiter_acts_is_it_measured_again(
    integrated: float | None, peak: float, expected: bool
) -> None:
    assert Loudness(integrated, peak).needs_second_look is expected


@pytest.mark.parametrize(
    ("gain", "behind", "expected"),
    [(10, -18, 12), (10, -16.2, 10), (10, -15, 10), (10, -26, 14), (17, -19, 18), (5, None, 5)],
)
def test_what_the_limiter_took_is_made_up_for(gain: float, behind: float | None, expected: float) -> None:
    assert makeup_gain_db(gain, Loudness(behind)) == expected
