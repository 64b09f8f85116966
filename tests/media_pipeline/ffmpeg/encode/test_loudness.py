"""Readings and the one gain that follows."""

import pytest

from media_pipeline.ffmpeg.encode.channel_balance import Window
from media_pipeline.ffmpeg.encode.loudness import (
    Loudness,
    correct_treatment,
    decide_treatment,
    kept_gain_db,
    makeup_gain_db,
    parse_loudness,
)
from media_pipeline.ffmpeg.plan.recipe import SoundTreatment

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
    [(-16.0, 0.0), (-26.0, 10.0), (-9.0, -7.0), (-50.0, 18.0), (30.0, -40.0), (-70.0, 0.0), (None, 0.0)],
)
def test_gain(integrated: float | None, gain: float) -> None:
    assert Loudness(integrated).gain_db == gain


@pytest.mark.parametrize(
    ("integrated", "peak", "expected"),
    [(-26.0, 0.1, False), (-26.0, 0.3, True), (-16.0, 1.0, False), (None, 1.0, False), (-10.0, 1.0, False)],
)
def test_only_where_the_limiter_acts_is_it_measured_again(
    integrated: float | None, peak: float, expected: bool
) -> None:
    assert Loudness(integrated, peak).needs_second_look(0.75) is expected


@pytest.mark.parametrize(
    ("gain", "behind", "expected"),
    [(10, -18, 12), (10, -16.2, 10), (10, -15, 10), (10, -26, 18), (5, -26, 13), (17, -19, 18), (5, None, 5)],
)
def test_what_the_limiter_took_is_made_up_for(gain: float, behind: float | None, expected: float) -> None:
    assert makeup_gain_db(gain, Loudness(behind)) == expected


LEVELS = b"""frame:0    pts:0       pts_time:0
lavfi.astats.1.RMS_level=-10.000000
frame:0    pts:0       pts_time:0
lavfi.astats.2.RMS_level=-inf
frame:0    pts:0       pts_time:0
lavfi.astats.3.RMS_level=-20.000000
frame:0    pts:0       pts_time:0
lavfi.astats.4.RMS_level=-30.000000
"""


def test_levels_are_powers() -> None:
    assert parse_loudness(LEVELS).windows == (pytest.approx(Window(0.1, 0.0, 0.01, 0.001)),)


def test_a_second_graph_is_another_layout() -> None:
    assert (parse_loudness(READINGS).changes, parse_loudness(READINGS * 2).changes) == (False, True)


EVEN = (Window(0.1, 0.1, 0.1, 0.0),) * 9
LEFT_ONLY = (Window(0.1, 0.0, 0.025, 0.025),) * 9


@pytest.mark.parametrize(
    ("heard", "kept", "expected"),
    [
        ([Loudness(-26.0, 0.1, EVEN)], False, SoundTreatment(10.0)),
        ([Loudness(-26.0, 0.1, EVEN)], True, SoundTreatment(kept=True)),
        ([Loudness(-9.0, 2.0, EVEN)], True, SoundTreatment(-6.1, kept=True)),
        ([Loudness(-29.0, 0.1, LEFT_ONLY)], True, SoundTreatment(kept=True)),
        ([Loudness(-29.0, 0.1, LEFT_ONLY), Loudness(-26.0, 0.1, EVEN)], False, SoundTreatment(10.0, mend="left")),
        ([Loudness(-26.0, 0.5, EVEN), Loudness(-18.0, 0.75, EVEN)], False, SoundTreatment(12.0)),
        ([Loudness(-50.0, 0.1, EVEN, changes=True), Loudness(-20.0, 0.1, EVEN)], False, SoundTreatment(4.0, "", True)),
        ([Loudness(-70.0, 0.0, EVEN)], False, SoundTreatment(silent=True)),
        ([Loudness(-63.0, 0.01, EVEN)], False, SoundTreatment(silent=True)),
        ([Loudness(None, 0.5)], False, SoundTreatment()),  # too short for EBU R128, and loud
    ],
)
def test_decision(heard: list[Loudness], kept: bool, expected: SoundTreatment) -> None:
    readings = iter(heard)
    assert decide_treatment(lambda _treatment, limited=False: next(readings), kept=kept) == expected
    assert next(readings, None) is None


def peak(level_db: float) -> float:
    return float(10 ** (level_db / 20))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (Loudness(-16.5, peak(-1.1)), None),
        (Loudness(-18.0, peak(-3.0)), SoundTreatment(8.0)),
        (Loudness(-14.0, peak(-3.0)), SoundTreatment(4.0)),
        (Loudness(-16.0, peak(-0.3)), SoundTreatment(6.0, ceiling=0.75 * peak(-1.0))),
        (Loudness(None, 0.0), None),
        (Loudness(-65.0, peak(-1.5)), None),
    ],
)
def test_what_came_out_wrong_is_corrected(published: Loudness, expected: SoundTreatment | None) -> None:
    found = correct_treatment(SoundTreatment(6.0), published)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert (found.gain_db, found.ceiling) == (expected.gain_db, pytest.approx(expected.ceiling, abs=0.001))


@pytest.mark.parametrize("treatment", [SoundTreatment(kept=True), SoundTreatment(silent=True), SoundTreatment(18.0)])
def test_limits_are_not_corrected(treatment: SoundTreatment) -> None:
    assert correct_treatment(treatment, Loudness(-30.0, peak(-1.5))) is None


def test_kept_sound_gets_room_only_where_channels_add_up() -> None:
    assert (kept_gain_db(Loudness(-5.0, 1.0)), kept_gain_db(Loudness(-5.0, 2.0))) == (0.0, -6.1)
