"""Where samples are taken of a film whose quality number is searched."""

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.audio_only import with_waveform
from media_pipeline.ffmpeg.inspect.source import ClockRun, Source
from media_pipeline.ffmpeg.plan import sample_places
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, LadderPolicy
from tests.media_pipeline.ffmpeg.samples import TOOLS, long_film, source, video


def places_of(candidate: Source, policy: LadderPolicy = AV1_ON_TOP) -> tuple[float, ...]:
    return sample_places.sample_places(candidate, plan_recipe(candidate, policy, TOOLS))


@pytest.mark.parametrize(("seconds", "count"), [(60, 6), (120, 12), (600, 30), (7200, 30)])
def test_a_longer_film_is_looked_at_in_more_places(seconds: float, count: int) -> None:
    assert len(places_of(long_film(seconds))) == count


def test_places_are_as_mixed_as_the_film_is() -> None:
    # Five shots that come back in the same order, as in a loop or a song.
    shots = (900, 100, 500, 300, 700)
    candidate = long_film(100.0, 2.0, shots * 10)
    seen = [shots[int(place / 2.0) % 5] for place in places_of(candidate)]
    assert set(seen) == set(shots)
    assert len(set(seen[:4])) >= 3
    assert len({round(place % 2.0, 1) for place in places_of(candidate)}) > 5  # and not always at the same moment


@given(st.lists(st.integers(1, 1000), min_size=60, max_size=60))
def test_each_part_of_the_film_has_its_place_whatever_it_weighs(sizes: list[int]) -> None:
    """Scenes follow each other, and the bytes of a camera with a constant rate do not tell them apart."""
    places = places_of(long_film(120.0, 2.0, tuple(sizes)))
    assert sorted(int(place / 10.0) for place in places) == list(range(12))


@given(st.lists(st.tuples(st.floats(0.5, 9.0), st.integers(1, 10**7)), min_size=30, max_size=80))
def test_every_place_is_near_a_keyframe_with_a_second_behind_it(groups: list[tuple[float, int]]) -> None:
    starts = [0.0, *accumulate(length for length, _ in groups)]
    stream = video(duration_s=starts[-1], frames=10_000, clock=(ClockRun(0, starts[-1], 0),))
    candidate = source(stream, keyframes=tuple(starts[:-1]), group_bytes=tuple(size for _, size in groups))
    places = places_of(candidate)
    assert len(set(places)) == len(places) <= sample_places.MOST_PLACES
    for place in places:
        before = max(start for start in candidate.keyframes if start <= place)
        assert place - before <= sample_places.FURTHEST_S
        assert place <= starts[-1] - sample_places.SAMPLE_FRAMES / 30


@pytest.mark.parametrize(
    "candidate",
    [
        long_film(59.0),
        long_film(120.0, every=60.0),  # too few places to begin from
        long_film(display_width=854, display_height=480, width=854, height=480),
        long_film(counted=True),
        replace(long_film(), keyframes=(), group_bytes=()),
        with_waveform(long_film()),
    ],
    ids=["short", "few keyframes", "small", "no clock", "no packets", "sound alone"],
)
def test_nothing_is_searched(candidate: Source) -> None:
    assert places_of(candidate) == ()


def test_no_seeking_on_a_clock_that_jumps() -> None:
    candidate = long_film()
    assert candidate.video is not None
    jumping = replace(candidate.video, clock=(ClockRun(0, 60, 0), ClockRun(0, 60, 60)))
    assert places_of(replace(candidate, video=jumping)) == ()


def test_a_copied_rung_has_no_number() -> None:
    assert places_of(long_film(bitrate=3_000_000), LadderPolicy(copy_web_fit=True)) == ()
    assert places_of(long_film(bitrate=3_000_000), LadderPolicy())
