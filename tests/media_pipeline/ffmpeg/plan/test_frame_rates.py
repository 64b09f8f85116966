"""One constant rate from what clocks of phones say."""

from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.plan.frame_rates import constant_rate, divide_rate, keyframe_interval
from tests.media_pipeline.ffmpeg.samples import NTSC, video

NTSC60 = Fraction(60000, 1001)


@pytest.mark.parametrize(
    ("average", "finest", "vfr", "expected"),
    [
        ("30000/1001", "30000/1001", False, NTSC),
        ("25", "25", False, 25),
        ("24000/1001", "24000/1001", False, Fraction(24000, 1001)),
        ("23040000/767849", "23040000/767849", False, 30),  # a clock a little fast
        ("90000/3013", "179/6", False, Fraction(30000, 1001)),
        ("51600/1841", "30000/1001", True, NTSC),  # 28 in the dark
        ("140000/5087", "30", True, 30),
        ("580000/21007", "120", True, NTSC),  # the finest rate is a clock's, not the camera's
        ("3628800/502589", "57600", True, 8),  # a screen recording
        ("10", "10", False, 10),
        ("810000/13487", "60", False, 60),
        ("120", "120", False, 60),
        ("240", "240", True, 60),
        ("1000", "1000", False, Fraction(60000, 1001)),
        ("90", "90", False, 45),
        ("1", "1", False, 5),
        ("0", "0", False, 25),
        ("0", "15", False, 15),
        ("17", "17", False, 17),
    ],
)
def test_constant_rate(average: str, finest: str, vfr: bool, expected: Fraction) -> None:
    stream = video(fps_avg=Fraction(average), fps_r=Fraction(finest), is_vfr=vfr)
    assert constant_rate(stream, 60) == expected


@pytest.mark.parametrize(
    ("usual", "expected"),
    [("25", 25), ("30000/1001", NTSC), ("33.5", 30), ("400", Fraction(60000, 1001)), ("2", 5)],
)
def test_uneven_pictures_move_as_most_of_them_do(usual: str, expected: Fraction) -> None:
    stream = video(fps_avg=Fraction("7.5"), fps_r=Fraction("1000"), fps_usual=Fraction(usual), is_vfr=True)
    assert constant_rate(stream, 60) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(Fraction(60), 30), (NTSC60, NTSC), (Fraction(50), 25), (Fraction(30), 30), (Fraction(45), Fraction(45, 2))],
)
def test_small_rungs_divide_the_rate(rate: Fraction, expected: Fraction) -> None:
    assert divide_rate(rate, 30) == expected


@pytest.mark.parametrize(
    ("slowest", "expected"),
    [(NTSC, Fraction(60 * 1001, 30000)), (Fraction(25), 2), (Fraction(5), 2), (Fraction(45, 2), 2)],
)
def test_keyframes_fall_on_whole_frames_and_never_early(slowest: Fraction, expected: Fraction) -> None:
    assert keyframe_interval(slowest, 2) == expected
