"""Where scenes begin, by the keyframes of the original."""

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.encode.packager import package_command
from media_pipeline.ffmpeg.inspect.source import ClockRun, VideoStream
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import CUTS_FROM, Recipe
from media_pipeline.ffmpeg.plan.scene_cuts import APART_S, BEFORE_S, MOST_CUTS
from tests.media_pipeline.ffmpeg.samples import TOOLS, source, video

FILM = video(duration_s=60.0, frames=1800, fps_avg=Fraction(30), fps_r=Fraction(30))


def planned(keyframes: tuple[float, ...], stream: VideoStream = FILM, policy: LadderPolicy = AV1_ON_TOP) -> Recipe:
    return plan_recipe(source(stream, None, keyframes=keyframes), policy, TOOLS)


def after(*gaps: float) -> tuple[float, ...]:
    return tuple(accumulate(gaps, initial=0.0))


@pytest.mark.parametrize(
    ("keyframes", "cuts"),
    [
        ((), []),
        ((0.0,), []),
        (after(*[1.0] * 30), []),
        (after(*[1.0, 1.034, 0.967, 1.05, 0.95] * 6), []),
        (after(*[1.0, 1.0, 0.5667] * 3), [77, 154]),  # 7.7 s is just before a segment
        (after(8.333, 2.1, 2.6, 8.333, 1.7), [313, 391, 692]),
        (after(*[2.0] * 5, 0.3, *[2.0] * 5, 1.0), [309, 639]),
        (after(5.0, 1.0, 0.1, 5.0, 0.2, 0.1, 0.3), [180, 339]),  # 6.1, 11.4 and 11.7 s follow too soon
        (after(*[0.4, 0.4, 0.1] * 60), []),
        (after(6.0, 1.9, 6.0, 1.2, 0.02), [453]),  # 7.9 s is just before a segment
    ],
    ids=["none", "one", "even", "by a phone's clock", "loop", "free", "far", "flash", "often", "border"],
)
def test_keyframes_that_come_early(keyframes, cuts):
    assert list(planned(keyframes).cuts) == cuts


def test_what_is_usual_differs_between_the_clips_of_two_cameras():
    cuts = planned(after(*[1.0] * 60, *[5.0] * 40), replace(FILM, duration_s=260.0, frames=7800)).cuts
    assert all(1200 < cut < 1800 for cut in cuts)  # only shortly before the second one


def test_pictures_are_counted_as_the_film_is_published():
    """At 60000/1001 a second; ffmpeg shows a picture from the nearest tick of the new clock on."""
    stream = replace(FILM, fps_avg=Fraction(60000, 1001), fps_r=Fraction(60000, 1001), frames=3596)
    assert planned(after(2.0, 2.0, 1.009), stream).cuts == (round(5.009 * 60000 / 1001),)


@pytest.mark.parametrize(
    "stream",
    [
        replace(FILM, counted=True),
        replace(FILM, clock=(ClockRun(0.0, 30.0, 0.0), ClockRun(90.0, 120.0, -60.0))),
    ],
    ids=["counted", "jumps"],
)
def test_a_clock_that_is_not_the_films_tells_nothing(stream):
    assert planned(after(1.0, 1.0, 0.5667, 1.0), stream).cuts == ()


def test_only_av1_has_keyframes_at_cuts():
    keyframes = after(1.0, 1.0, 0.5667, 1.0)
    assert planned(keyframes).cuts
    assert planned(keyframes, policy=H264_ONLY).cuts == ()


def test_only_coarse_rungs_have_them():
    recipe = planned(after(1.0, 1.0, 0.5667, 1.0))
    for rung in recipe.rungs:
        finer, coarser = replace(rung, quality=CUTS_FROM - 1), replace(rung, quality=CUTS_FROM)
        assert recipe.cut_keyframes(finer) == ()
        assert recipe.cut_keyframes(coarser) == ((77,) if rung.codec == "av1" else ())


def test_a_rung_of_half_the_rate_begins_with_its_next_picture():
    recipe = replace(planned(()), cuts=(77, 154))
    rung = replace(recipe.rungs[0], quality=CUTS_FROM, fps=Fraction(15))
    assert recipe.cut_keyframes(rung) == (39, 77)


@given(st.lists(st.floats(0.02, 9.0), max_size=60), st.sampled_from((24.0, 25.0, 30.0, 60.0)))
def test_cuts_are_keyframes_of_the_original_and_stand_apart(gaps: list[float], fps: float) -> None:
    keyframes = after(*gaps)
    stream = replace(FILM, fps_avg=Fraction(fps), fps_r=Fraction(fps), duration_s=keyframes[-1] + 1)
    recipe = planned(keyframes, stream)
    segment, times = float(recipe.segment_keyframe_s), [picture / fps for picture in recipe.cuts]
    for time in times:
        assert min(abs(time - keyframe) for keyframe in keyframes) <= 0.5 / fps + 1e-9
        assert 0 < time % segment <= segment - BEFORE_S + 1e-9
    assert all(later - earlier >= APART_S - 1e-9 for earlier, later in pairwise(times))


@pytest.mark.parametrize("fps", [10, 12.5, 20, 24, 24000 / 1001, 25, 30000 / 1001, 30, 50, 60])
def test_no_cut_begins_a_segment(fps: float) -> None:
    """The packager cuts its distance to whole ticks of the file's clock: after hours its marks are clearly early."""
    rate = Fraction(fps).limit_denominator(1001)
    stream = video(duration_s=4 * 3600.0, frames=int(4 * 3600 * rate), fps_avg=rate, fps_r=rate)
    recipe = planned((), stream)
    argv = package_command(recipe, TOOLS, Path("/building")).argv
    said_s = float(argv[argv.index("--segment_duration") + 1])
    last = int(recipe.duration_s / recipe.segment_keyframe_s)
    ticks = int(10_000 * said_s) / 10_000  # ffmpeg's clocks are finer
    assert 0 <= float(last * recipe.segment_keyframe_s) - last * ticks < BEFORE_S


def test_a_package_is_named_by_the_cuts_that_it_has() -> None:
    plain = replace(planned(()), cuts=())
    cut = replace(plain, cuts=(77,))
    assert cut.key() == plain.key()
    coarse = tuple(replace(rung, quality=CUTS_FROM) for rung in plain.rungs)
    assert replace(cut, rungs=coarse).key() != replace(plain, rungs=coarse).key()


def test_no_film_has_more_of_them_than_a_command_can_name():
    hours = video(duration_s=36_000.0, frames=1_080_000)
    cuts = planned(after(*[2.0, 1.1, 0.7, 1.2] * 7200), hours).cuts
    assert MOST_CUTS / 2 < len(cuts) <= MOST_CUTS
