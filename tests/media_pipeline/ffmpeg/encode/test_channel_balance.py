"""What levels of left and right mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.encode.channel_balance import Window, find_mend
from media_pipeline.ffmpeg.plan.recipe import Mend


def moment(left: float, right: float, likeness: float) -> Window:
    """Powers of two channels; `likeness` from 1 (the same) over 0 (strangers) to -1 (turned over)."""
    shared = likeness * (left * right) ** 0.5
    return Window(left, right, (left + right + 2 * shared) / 4, (left + right - 2 * shared) / 4)


CENTRE, LEFT, RIGHT = moment(0.01, 0.01, 0.9), moment(0.01, 1e-4, 0.5), moment(1e-4, 0.01, 0.5)
QUIET = moment(1e-7, 1e-7, 0)


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([], ""),
        ([CENTRE] * 10, ""),
        ([QUIET] * 10, ""),
        ([moment(0.01, 0, 0)] * 10, "left"),
        ([moment(1e-5, 0.01, 0.9)] * 10, "right"),  # 30 dB
        ([moment(0.01, 0.001, 0.9)] * 10, ""),  # 10 dB: off the centre, and heard on both sides
        ([moment(0.01, 0.01, -1)] * 10, "invert"),
        ([moment(0.01, 0.01, 0)] * 10, ""),  # two microphones far apart
        ([moment(0.01, 0.01, -0.5)] * 10, ""),  # a widened mix
        ([*[LEFT] * 5, *[QUIET] * 5, *[RIGHT] * 5], "both"),
        ([*[LEFT] * 5, *[CENTRE] * 5, *[RIGHT] * 5], ""),
        ([*[CENTRE] * 90, *[LEFT] * 10], ""),
    ],
)
def test_mend(windows: list[Window], expected: Mend) -> None:
    assert find_mend(windows) == expected


@given(st.lists(st.builds(moment, st.floats(1e-3, 1), st.floats(1e-3, 1), st.floats(0.3, 1)), min_size=1))
def test_sound_that_is_in_the_middle_of_both_is_left_alone(windows: list[Window]) -> None:
    assert find_mend(windows) in ("", "both", "left", "right")
    if max(max(one.left / one.right, one.right / one.left) for one in windows) < 16:
        assert find_mend(windows) == ""
