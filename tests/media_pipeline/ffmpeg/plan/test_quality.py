"""Which quality number a film gets: where samples are taken, what their scores lead to, what follows from it below."""

import math
import statistics
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.audio_only import with_waveform
from media_pipeline.ffmpeg.inspect.source import ClockRun, Source
from media_pipeline.ffmpeg.plan import quality
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_FOR_MOTION, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import MeasuredQuality, Recipe, Rung
from tests.media_pipeline.ffmpeg.samples import STEREO, TOOLS, source, video

AV1 = plan_recipe(source(), AV1_ON_TOP, TOOLS).rungs[0]
H264 = plan_recipe(source(), H264_ONLY, TOOLS).rungs[0]


def film(seconds: float = 120.0, every: float = 2.0, sizes: tuple[int, ...] = (), **facts: object) -> Source:
    """A long film with a keyframe `every` so many seconds, and what each group weighs."""
    count = int(seconds / every)
    stream = video(duration_s=seconds, frames=round(seconds * 30), clock=(ClockRun(0, seconds, 0),), **facts)
    groups = sizes or tuple(1000 + 10 * (place * 7 % count) for place in range(count))
    keyframes = tuple(every * place for place in range(count))
    return source(stream, replace(STEREO, duration_s=seconds), keyframes=keyframes, group_bytes=groups)


def recipe_of(candidate: Source, policy: LadderPolicy = AV1_ON_TOP) -> Recipe:
    return plan_recipe(candidate, policy, TOOLS)


def places_of(candidate: Source, policy: LadderPolicy = AV1_ON_TOP) -> tuple[float, ...]:
    return quality.sample_places(candidate, recipe_of(candidate, policy))


# --- Places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "count"), [(60, 5), (120, 10), (600, 30), (7200, 30)])
def test_a_longer_film_is_looked_at_in_more_places(seconds: float, count: int) -> None:
    assert len(places_of(film(seconds))) == count


def test_places_are_as_mixed_as_the_film_is() -> None:
    # Five shots that come back in the same order, as in a loop or a song.
    shots = (900, 100, 500, 300, 700)
    candidate = film(100.0, 2.0, shots * 10)
    seen = [shots[int(place / 2.0) % 5] for place in places_of(candidate)]
    assert set(seen) == set(shots)
    assert len(set(seen[:3])) == 3
    assert len({round(place % 2.0, 1) for place in places_of(candidate)}) > 5  # and not always at the same moment


@given(st.lists(st.tuples(st.floats(0.5, 9.0), st.integers(1, 10**7)), min_size=30, max_size=80))
def test_every_place_is_near_a_keyframe_with_a_second_behind_it(groups: list[tuple[float, int]]) -> None:
    starts = [0.0, *accumulate(length for length, _ in groups)]
    stream = video(duration_s=starts[-1], frames=10_000, clock=(ClockRun(0, starts[-1], 0),))
    candidate = source(stream, keyframes=tuple(starts[:-1]), group_bytes=tuple(size for _, size in groups))
    places = places_of(candidate)
    assert len(set(places)) == len(places) <= quality.MOST_PLACES
    for place in places:
        before = max(start for start in candidate.keyframes if start <= place)
        assert place - before <= quality.FURTHEST_S
        assert place <= starts[-1] - quality.LONGEST_S


@pytest.mark.parametrize(
    "candidate",
    [
        film(59.0),
        film(120.0, every=60.0),  # too few places to begin from
        film(display_width=854, display_height=480, width=854, height=480),
        film(counted=True),
        replace(film(), keyframes=(), group_bytes=()),
        with_waveform(film()),
    ],
    ids=["short", "few keyframes", "small", "no clock", "no packets", "sound alone"],
)
def test_nothing_is_searched(candidate: Source) -> None:
    assert places_of(candidate) == ()


def test_no_seeking_on_a_clock_that_jumps() -> None:
    candidate = film()
    assert candidate.video is not None
    jumping = replace(candidate.video, clock=(ClockRun(0, 60, 0), ClockRun(0, 60, 60)))
    assert places_of(replace(candidate, video=jumping)) == ()


def test_a_copied_rung_has_no_number() -> None:
    assert places_of(film(bitrate=3_000_000), LadderPolicy(copy_web_fit=True)) == ()
    assert places_of(film(bitrate=3_000_000), LadderPolicy())


# --- The number -----------------------------------------------------------------------------------------------------


class Film:
    """Frames that lose quality evenly with the number, as encoders were seen to do it; `bend` adds to that."""

    def __init__(self, levels: list[float], growth: float, bend: float = 0.0, rate: float = 2e6) -> None:
        self.levels, self.growth, self.bend, self.rate = levels, growth, bend, rate
        self.trials: list[tuple[float, int]] = []

    def scores(self, place: float, number: int) -> list[float]:
        loss = self.levels[int(place)] + self.growth * (number - 32) + self.bend * (number - 32) ** 2
        return [max(0.0, min(100.0, 101 - math.exp(loss + part))) for part in (-0.2, -0.1, 0.0, 0.1, 0.2)]

    def trial(self, rung: Rung, place: float) -> quality.Sample:
        self.trials.append((place, rung.quality))
        return quality.Sample(self.scores(place, rung.quality), self.rate * math.exp(-0.08 * (rung.quality - 32)))

    def mean(self, number: int) -> float:
        return statistics.mean(score for place in range(len(self.levels)) for score in self.scores(place, number))

    def find(self, rung: Rung) -> MeasuredQuality:
        chosen, found = quality.find_quality(self.trial, [float(place) for place in range(len(self.levels))], rung)
        assert chosen == rung
        return found


LEVELS = st.lists(st.floats(1.2, 2.4), min_size=5, max_size=30)


@given(LEVELS, st.floats(0.045, 0.09), st.floats(0.0, 0.0005))
def test_the_film_reaches_the_target(levels: list[float], growth: float, bend: float) -> None:
    drawn = Film(levels, growth, bend)
    found = drawn.find(AV1)
    step = abs(drawn.mean(found.quality + 1) - drawn.mean(found.quality))
    assert drawn.mean(found.quality) >= quality.TARGET_VMAF - quality.NOISE_VMAF - 0.8 or found.quality == 8
    if found.quality < 62 and found.vmaf_p5 > quality.LEAST_VMAF:
        assert drawn.mean(found.quality) <= quality.MOST_VMAF + step + 0.8
    assert abs(found.vmaf - drawn.mean(found.quality)) < 1.2
    assert len(drawn.trials) == len(set(drawn.trials)) <= len(levels) + 1


def test_numbers_that_fit_cost_no_further_trial() -> None:
    drawn = Film([math.log(6.4)] * 8, 0.06)
    assert drawn.find(AV1).quality == 32
    assert drawn.trials == [(float(place), 32) for place in range(8)]


def test_an_easy_film_gets_a_higher_number_and_a_hard_one_a_lower() -> None:
    easy, usual, hard = (Film([level] * 6, 0.06).find(AV1).quality for level in (0.7, 1.8, 2.1))
    assert easy > usual > hard


def test_noise_that_no_bytes_keep_is_not_chased_as_far() -> None:
    """Where the target would take numbers that buy noise, 0.7 points less will do."""
    noisy = Film([2.4] * 6, 0.03)
    found = noisy.find(AV1)
    assert found.quality < 26
    assert noisy.mean(found.quality) == pytest.approx(quality.TARGET_VMAF - quality.NOISE_VMAF, abs=0.3)


def test_the_worst_frames_count_as_far_as_it_is_cheap() -> None:
    even = Film([math.log(6.5)] * 10, 0.06).find(AV1)
    uneven = Film([math.log(4.0)] * 7 + [math.log(14.0)] * 3, 0.06).find(AV1)
    assert even.vmaf_p5 >= quality.LEAST_VMAF > uneven.vmaf_p5
    assert quality.TARGET_VMAF + 0.2 < uneven.vmaf <= quality.MOST_VMAF + 0.4


@pytest.mark.parametrize("rung", [AV1, H264], ids=["av1", "h264"])
@pytest.mark.parametrize("level", [0.0, 4.4])
def test_numbers_stay_within_sense(rung: Rung, level: float) -> None:
    found = Film([level] * 5, 0.01).find(rung)
    assert found.quality in (range(8, 63) if rung.codec == "av1" else range(14, 36))


# --- Another encoder ------------------------------------------------------------------------------------------------

FINE = plan_recipe(source(), H264_FOR_MOTION, TOOLS).rungs[0]


@pytest.mark.parametrize(
    ("av1_rate", "h264_rate", "chosen", "lost"),
    [
        (2e6, 1e6, AV1, []),  # as most films: nobody asks further
        (6e6, 1.5e6, FINE, [1.0, 2.0]),  # fast motion
        (6e6, 5.5e6, AV1, [1.0]),  # noise is dear in any codec
    ],
    ids=["usual", "motion", "noise"],
)
def test_a_film_that_takes_many_bytes_is_tried_with_the_other_encoder(
    av1_rate: float, h264_rate: float, chosen: Rung, lost: list[float]
) -> None:
    seen: list[tuple[str, float]] = []

    def trial(rung: Rung, place: float) -> quality.Sample:
        seen.append((rung.codec, place))
        return quality.Sample([94.8] * 3, av1_rate if rung.codec == "av1" else h264_rate)

    best, found = quality.find_quality(trial, [1.0, 2.0, 3.0, 4.0, 5.0], AV1, FINE)
    assert best == chosen
    # Trials of x264 are longer: half of the places must do, and one where AV1 stays.
    wanted = [1.0, 2.0, 3.0, 4.0, 5.0] if chosen is AV1 else [1.0, 2.0, 3.0]
    assert [place for codec, place in seen if codec == chosen.codec] == wanted
    assert [place for codec, place in seen if codec != chosen.codec] == lost
    assert found.rate == pytest.approx(av1_rate if chosen is AV1 else h264_rate, rel=0.1)
    assert len(seen) <= 7


def test_the_other_encoder_makes_the_whole_ladder() -> None:
    """A player keeps to one codec: AV1's smaller rungs without its largest would keep it from the best."""
    recipe = recipe_of(film(), H264_FOR_MOTION)
    assert [rung.name for rung in recipe.rungs] == ["1080-h264", "720-h264", "480-h264", "240-h264"]
    assert [rung.preset for rung in recipe.rungs] == ["medium", "veryfast", "veryfast", "veryfast"]
    tuned = quality.with_quality(recipe, MeasuredQuality(28, 94.6, 90.1, 10, 1_500_000))
    assert tuned.rungs[0] == replace(FINE, quality=28)


# --- The recipe -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "sign"), [(44, 1), (62, 1), (32, 0), (20, 0)])
def test_lower_rungs_of_easy_films_follow_by_part_of_the_difference(number: int, sign: int) -> None:
    plain = recipe_of(film())
    tuned = quality.with_quality(plain, MeasuredQuality(number, 94.6, 90.1, 10))
    assert tuned.rungs[0] == replace(plain.rungs[0], quality=number, preset="9")
    for before, after in zip(plain.rungs[1:], tuned.rungs[1:], strict=True):
        assert (after.quality > before.quality) - (after.quality < before.quality) == sign
        assert abs(after.quality - before.quality) < abs(number - 32) or not sign
        assert replace(after, quality=before.quality) == before


@pytest.mark.parametrize(("lines", "preset"), [(1080, "9"), (720, "7")])
def test_small_pictures_are_looked_at_more_closely(lines: int, preset: str) -> None:
    width = lines * 16 // 9
    small = film(width=width, height=lines, display_width=width, display_height=lines)
    assert quality.tuned_rung(recipe_of(small).rungs[0], 30).preset == preset


def test_what_was_measured_is_told_and_does_not_name_the_output() -> None:
    plain = recipe_of(film())
    tuned = quality.with_quality(plain, MeasuredQuality(40, 94.6, 90.1, 10))
    assert "quality 40 for 1080-av1, not 32: VMAF 94.6" in tuned.reasons[-1]
    assert tuned.key() != plain.key()
    assert (
        replace(tuned, measured=replace(tuned.measured or MeasuredQuality(0, 0, 0, 0), vmaf=95.0)).key() == tuned.key()
    )
