"""The sheet's geometry and its WebVTT."""

import re
from collections.abc import Callable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.images.storyboard import (
    MAX_TILES,
    StoryboardPlan,
    plan_storyboard,
    tile_size,
    write_storyboard_vtt,
)
from media_pipeline.ffmpeg.timestamps import format_timestamp
from tests.media_pipeline.ffmpeg.samples import NTSC


def vtt(board: StoryboardPlan, duration_s: float) -> str:
    size = {"columns": board.columns, "tile_width": board.tile_width, "tile_height": board.tile_height}
    return write_storyboard_vtt(board.times, duration_s, **size, image_url="storyboard.webp")


def test_a_short_video(golden: Callable[[str, str], None]) -> None:
    board = plan_storyboard((0.0, 2.002, 4.004), 5.005, 426, 240)
    assert (board.columns, board.rows, board.step, board.times) == (3, 1, 1, (0.0, 2.002, 4.004))
    golden("storyboard.vtt", vtt(board, 5.005))


def test_a_long_video_has_one_sheet_of_a_hundred() -> None:
    board = plan_storyboard(tuple(float(2 * count) for count in range(7200)), 14_400.0, 426, 240)
    assert (len(board.times), board.columns, board.rows, board.step) == (100, 10, 10, 72)
    cues = vtt(board, 14_400.0).split("\n\n")[1:]
    assert cues[11].endswith("#xywh=160,90,160,90")
    assert cues[-1] == "03:57:36.000 --> 04:00:00.000\nstoryboard.webp#xywh=1440,810,160,90\n"


def test_tiles_keep_the_shape_of_the_video() -> None:
    assert [tile_size(426, 240), tile_size(240, 426), tile_size(16, 16)] == [(160, 90), (90, 160), (160, 160)]


def test_a_short_video_gets_a_picture_every_half_second() -> None:
    board = plan_storyboard((0.0,), 1.2, 426, 240, fps=NTSC)
    assert (board.dense, board.step, len(board.times)) == (True, 15, 3)
    assert board.times == (0.0, 0.5005, 1.001)


def test_a_video_with_keyframes_enough_is_not_decoded_between_them() -> None:
    keyframes = tuple(2.0 * count for count in range(20))
    assert plan_storyboard(keyframes, 40.0, 426, 240, fps=NTSC) == plan_storyboard(keyframes, 40.0, 426, 240)


@given(st.floats(0.05, 45.0), st.sampled_from([NTSC, Fraction(5), Fraction(25), Fraction(60)]))
def test_short_sheets_never_plan_a_frame_that_is_not_there(duration: float, fps: Fraction) -> None:
    board = plan_storyboard((0.0, 2.0), duration, 426, 240, fps=fps)
    assert board.times[-1] <= max(0.0, duration - 1 / float(fps))
    assert len(board.times) <= MAX_TILES


@given(st.lists(st.floats(0, 14_400), min_size=1, max_size=300, unique=True).map(sorted))
def test_every_second_has_one_tile(keyframes: list[float]) -> None:
    board = plan_storyboard(tuple(keyframes), 14_400.0, 426, 240)
    assert len(board.times) <= MAX_TILES
    tiles = re.findall(r"(\S+) --> (\S+)\n.*xywh=(\d+),(\d+)", vtt(board, 14_400.0))
    assert [end for _, end, *_ in tiles[:-1]] == [start for start, *_ in tiles[1:]]
    assert (tiles[0][0], tiles[-1][1]) == (format_timestamp(round(keyframes[0] * 1000)), "04:00:00.000")
    assert len({(x, y) for *_, x, y in tiles}) == len(board.times)
    assert max(int(y) for *_, y in tiles) == (board.rows - 1) * board.tile_height
