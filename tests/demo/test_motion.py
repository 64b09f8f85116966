"""Poses between two moves."""

import pytest

from demo.films.motion import SpriteTrack, Transform, ease_in, ease_out, ease_out_back


@pytest.mark.parametrize("ease", [ease_out, ease_out_back, ease_in])
def test_every_ease_begins_at_the_start_and_ends_at_the_goal(ease):
    assert (pytest.approx(0, abs=1e-9), 1) == (ease(0), ease(1))


def test_a_spring_goes_too_far_and_comes_back():
    assert max(ease_out_back(step / 50) for step in range(51)) > 1


def test_a_track_waits_moves_and_stays():
    track = SpriteTrack(Transform(0, 0)).to(1, Transform(100, 0), 1, lambda part: part)
    assert [track.at(time).x for time in (0, 1, 1.5, 2, 9)] == [0, 0, 50, 100, 100]


def test_a_move_starts_where_the_one_before_was_interrupted():
    straight = lambda part: part  # noqa: E731
    track = SpriteTrack(Transform(0, 0)).to(0, Transform(100, 0), 2, straight).to(1, Transform(0, 50), 1, straight)
    assert (track.at(1).x, track.at(2)) == (50, Transform(0, 50))


def test_opacity_never_leaves_its_range_however_the_ease_overshoots():
    track = SpriteTrack(Transform(0, 0).hidden()).to(0, Transform(0, 0), 1, ease_out_back)
    assert max(track.at(step / 50).opacity for step in range(60)) == 1
