"""The sheet's geometry and its WebVTT."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.images.storyboard import MAX_TILES, plan_storyboard, tile_size, write_storyboard_vtt
from tests.media_pipeline.ffmpeg.samples import NTSC


def test_a_short_film(golden: Callable[[str, str], None]) -> None:
    board = plan_storyboard((0.0, 2.002, 4.004), 5.005, 426, 240)
    assert (board.columns, board.rows, board.step, board.times) == (3, 1, 1, (0.0, 2.002, 4.004))
    golden("storyboard.vtt", write_storyboard_vtt(board, "storyboard.webp"))


def test_a_long_film_has_one_sheet_of_a_hundred() -> None:
    board = plan_storyboard(tuple(float(2 * count) for count in range(7200)), 14_400.0, 426, 240)
    assert (len(board.tiles), board.columns, board.rows, board.step) == (100, 10, 10, 72)
    assert (board.tiles[11].x, board.tiles[11].y, board.tiles[-1].end_s) == (160, 90, 14_400.0)


def test_tiles_keep_the_films_shape() -> None:
    assert [tile_size(426, 240), tile_size(240, 426), tile_size(16, 16)] == [(160, 90), (90, 160), (160, 160)]


def test_a_short_film_is_looked_at_every_half_second() -> None:
    board = plan_storyboard((0.0,), 1.2, 426, 240, fps=NTSC)
    assert (board.dense, board.step, len(board.tiles)) == (True, 15, 3)
    assert board.times == (0.0, 0.5005, 1.001)


def test_a_film_with_keyframes_enough_is_not_decoded_between_them() -> None:
    keyframes = tuple(2.0 * count for count in range(20))
    assert plan_storyboard(keyframes, 40.0, 426, 240, fps=NTSC) == plan_storyboard(keyframes, 40.0, 426, 240)


@given(st.floats(0.05, 45.0), st.sampled_from([NTSC, Fraction(5), Fraction(25), Fraction(60)]))
def test_short_sheets_never_plan_a_frame_that_is_not_there(duration: float, fps: Fraction) -> None:
    board = plan_storyboard((0.0, 2.0), duration, 426, 240, fps=fps)
    assert board.times[-1] <= max(0.0, duration - 1 / float(fps))
    assert len(board.tiles) <= MAX_TILES


@given(st.lists(st.floats(0, 14_400), min_size=1, max_size=300, unique=True).map(sorted))
def test_every_second_has_one_tile(keyframes: list[float]) -> None:
    board = plan_storyboard(tuple(keyframes), 14_400.0, 426, 240)
    assert len(board.tiles) <= MAX_TILES
    assert [tile.end_s for tile in board.tiles[:-1]] == [tile.start_s for tile in board.tiles[1:]]
    assert (board.tiles[0].start_s, board.tiles[-1].end_s) == (keyframes[0], 14_400.0)
    assert len({(tile.x, tile.y) for tile in board.tiles}) == len(board.tiles)
    assert max(tile.y for tile in board.tiles) == (board.rows - 1) * board.tile_height
