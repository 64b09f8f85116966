"""Readings and the one gain that follows."""

import pytest

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.loudness import Loudness, measure_command, parse_loudness
from tests.ffmpeg.made import TOOLS, source

READINGS = b"""frame:0    pts:0       pts_time:0
lavfi.r128.I=-70.000
frame:1    pts:4800    pts_time:0.1
lavfi.r128.I=-25.913
frame:2    pts:9600    pts_time:0.2
lavfi.r128.I=-25.871
"""


def test_the_last_reading_is_that_of_all() -> None:
    assert parse_loudness(READINGS) == Loudness(-25.871)


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
        measure_command(TOOLS, source(sound=None), TOOLS.ffmpeg)
