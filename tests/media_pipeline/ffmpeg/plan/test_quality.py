"""Which quality number a film gets: what trials lead to, and what follows from it for the smaller rungs."""

import math
import statistics
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import quality
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_FOR_MOTION, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import MeasuredQuality, Recipe, Rung
from media_pipeline.ffmpeg.plan.tried_place import JudgedFrame, Sample, TriedPlace
from tests.media_pipeline.ffmpeg.samples import TOOLS, long_film, source

AV1 = plan_recipe(source(), AV1_ON_TOP, TOOLS).rungs[0]
H264 = plan_recipe(source(), H264_ONLY, TOOLS).rungs[0]


def recipe_of(candidate: Source, policy: LadderPolicy = AV1_ON_TOP) -> Recipe:
    return plan_recipe(candidate, policy, TOOLS)


class Film:
    """Places whose loss (a logarithm) at number 32 is given, and how it grows, or how it grows at each of them."""

    def __init__(
        self,
        losses: list[float],
        growth: float = 0.042,
        *,
        growths: dict[int, float] | None = None,
        best: float = 101.0,
    ) -> None:
        self.losses, self.growths, self.best, self.rate = losses, growths or {}, best, 2e6
        self.growth = growth
        self.trials: list[tuple[float, int]] = []

    def frames(self, place: float, number: int) -> list[JudgedFrame]:
        steps = number - 32 + 1.3 * max(0, number - 56)  # AV1's last numbers change more than the others
        loss = self.losses[int(place)] + self.growths.get(int(place), self.growth) * steps
        return [JudgedFrame(self.best - math.exp(loss + part), self.best) for part in (-0.2, -0.1, 0.0, 0.1, 0.2)]

    def trial(self, rung: Rung, place: float) -> Sample:
        self.trials.append((place, rung.quality))
        return Sample(self.frames(place, rung.quality), self.rate * math.exp(-0.08 * (rung.quality - 32)))

    def mean(self, number: int) -> float:
        """What samples of all places have."""
        seen = [frame for place in range(len(self.losses)) for frame in self.frames(place, number)]
        return statistics.mean(min(100.0, max(0.0, frame.score)) for frame in seen)

    def viewed(self, number: int) -> float:
        """What a viewer of the whole film gets, if it is to its samples as in films that were measured."""
        return self.mean(number) - quality.SAMPLE_BIAS + quality.LESS_BIAS * max(number - quality.COARSE_FROM, 0)

    def find(self, rung: Rung) -> MeasuredQuality:
        chosen, found = quality.find_quality(self.trial, [float(place) for place in range(len(self.losses))], rung)
        assert chosen == rung
        return found


# In any order: those that are tried may be much alike, and the rest not.
LOSSES = st.lists(st.floats(1.4, 2.0), min_size=5, max_size=30)


@given(LOSSES, st.floats(0.03, 0.055), st.floats(98.0, 115.0))
@example([1.5, 1.4375, 1.4375, 1.4375, 2.0], 0.04296875, 112.0)  # one of five places was not tried
def test_the_film_reaches_the_target(losses: list[float], growth: float, best: float) -> None:
    drawn = Film(losses, growth, best=best)
    found = drawn.find(AV1)
    numbers = quality.NUMBERS["av1"]
    viewed = drawn.viewed(found.quality)
    step = abs(drawn.viewed(found.quality + 1) - viewed)
    if found.quality not in (numbers[0], numbers[-1]):
        assert viewed >= quality.TARGET_VMAF - 3
    if found.quality != numbers[-1] and found.vmaf_p5 > quality.LEAST_VMAF:
        assert viewed <= quality.MOST_VMAF + step + 3
    assert abs(found.vmaf - viewed) < 3
    assert len(drawn.trials) == len(set(drawn.trials)) <= len(losses) + quality.COSTLY_REPEATS


def test_places_that_are_alike_are_not_all_tried() -> None:
    drawn = Film([math.log(5.6)] * 8)
    assert drawn.find(AV1).quality == 32
    assert drawn.trials == [(float(place), 32) for place in range(quality.SURE_FROM)]


def test_places_that_differ_are() -> None:
    drawn = Film([math.log(4.0), math.log(9.0)] * 4)
    drawn.find(AV1)
    assert {place for place, _ in drawn.trials} == set(range(8))


def test_an_easy_film_gets_a_higher_number_and_a_hard_one_a_lower() -> None:
    easy, usual, hard = (Film([loss] * 6).find(AV1).quality for loss in (0.7, 1.8, 2.1))
    assert easy > usual > hard


@pytest.mark.parametrize(("best", "loss"), [(97.5, -0.6), (115.0, 2.2)], ids=["still pictures", "pictures that move"])
def test_scores_near_the_upper_end_are_no_guess(best: float, loss: float) -> None:
    """VMAF of what does not move ends at 97.4, of what moves far above 100: the loss from there tells the number."""
    drawn = Film([loss] * 6, best=best)
    found = drawn.find(AV1)
    assert drawn.mean(32) > 96.5
    assert quality.TARGET_VMAF - 0.6 < drawn.viewed(found.quality) < quality.MOST_VMAF + 0.6


def test_the_last_numbers_of_av1_change_more_than_the_others() -> None:
    here = TriedPlace("av1", trials={56: [JudgedFrame(95.0, 97.5)]})
    assert here.scores(60, 0.042)[0] < here.scores(60, 0.042 / 2)[0] < 95.0
    assert 97.5 - here.scores(60, 0.042)[0] == pytest.approx(2.5 * math.exp(0.042 * 4 * 2.3))


@pytest.mark.parametrize(("loss", "more"), [(0.0, True), (1.4, False)], ids=["coarse", "usual"])
def test_films_of_coarse_numbers_are_better_than_their_samples(loss: float, more: bool) -> None:
    drawn = Film([loss] * 6, best=98.5)
    found = drawn.find(AV1)
    steps = max(found.quality - quality.COARSE_FROM, 0)
    assert (steps > 2) is more
    assert found.vmaf == pytest.approx(drawn.viewed(found.quality), abs=0.1)
    worst = min(frame.score for frame in drawn.frames(0, found.quality))
    assert found.vmaf_p5 == pytest.approx(worst - quality.WORST_BIAS + quality.LESS_BIAS * steps, abs=0.3)


NOISE, CLEAN, FINE = math.log(17.0), math.log(3.0), math.log(9.0)


@pytest.mark.parametrize(
    "losses",
    [[NOISE, CLEAN, CLEAN] * 2, [FINE, CLEAN, NOISE, NOISE, NOISE, FINE], [NOISE] * 4 + [CLEAN] * 2, [NOISE] * 6],
    ids=["a third", "half, and the rest is fine", "most", "all"],
)
def test_noise_that_no_bytes_keep_is_not_chased(losses: list[float]) -> None:
    """It stays near 81 whatever it costs: then the rest is not made better than anybody sees."""
    noisy = Film(losses, growths={place: 0.005 for place, loss in enumerate(losses) if loss == NOISE}, best=98.0)
    found = noisy.find(AV1)
    assert 16 <= found.quality <= 32
    assert found.rate < 0.6 * AV1.rate_max
    assert noisy.mean(quality.NUMBERS["av1"][0]) < quality.TARGET_VMAF


def test_what_noise_does_is_not_expected_elsewhere() -> None:
    mixed = Film([math.log(20.0), *[math.log(6.0)] * 5], growths={0: 0.0})
    rest = Film([math.log(6.0)] * 5)
    found = mixed.find(AV1).quality
    assert abs(rest.mean(found) - statistics.mean(frame.score for frame in mixed.frames(1, found))) < 0.01
    assert mixed.mean(found) > mixed.mean(32)


def test_the_worst_frames_count_as_far_as_it_is_cheap() -> None:
    even, uneven = Film([math.log(6.3)] * 10), Film([math.log(14.5), *[math.log(5.0)] * 9])
    found = uneven.find(AV1)
    assert even.find(AV1).vmaf_p5 >= quality.LEAST_VMAF > found.vmaf_p5
    assert quality.TARGET_VMAF + 0.1 <= found.vmaf <= quality.MOST_VMAF + 0.3


@pytest.mark.parametrize("rung", [AV1, H264], ids=["av1", "h264"])
@pytest.mark.parametrize("loss", [-1.0, 4.4])
def test_numbers_stay_within_sense(rung: Rung, loss: float) -> None:
    assert Film([loss] * 5, 0.03).find(rung).quality in quality.NUMBERS[rung.codec]


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

    def trial(rung: Rung, place: float) -> Sample:
        seen.append((rung.codec, place))
        scores = [92.4 + 5 * (place % 2), 92.5 + 5 * (place % 2)]  # not so much alike that few places would do
        return Sample([JudgedFrame(score, 101.0) for score in scores], av1_rate if rung.codec == "av1" else h264_rate)

    best, found = quality.find_quality(trial, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], AV1, FINE)
    assert best == chosen
    # Trials of x264 are longer: two thirds of the places must do, and one where AV1 stays.
    wanted = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0] if chosen is AV1 else [1.0, 2.0, 3.0, 4.0]
    assert [place for codec, place in seen if codec == chosen.codec] == wanted
    assert [place for codec, place in seen if codec != chosen.codec] == lost
    assert found.rate == pytest.approx(av1_rate if chosen is AV1 else h264_rate, rel=0.1)
    assert len(seen) <= 8


def test_the_other_encoder_makes_the_whole_ladder() -> None:
    """A player keeps to one codec: AV1's smaller rungs without its largest would keep it from the best."""
    recipe = recipe_of(long_film(), H264_FOR_MOTION)
    assert [rung.name for rung in recipe.rungs] == ["1080-h264", "720-h264", "480-h264", "240-h264"]
    assert [rung.preset for rung in recipe.rungs] == ["medium", "veryfast", "veryfast", "veryfast"]
    tuned = quality.with_quality(recipe, MeasuredQuality(28, 94.6, 90.1, 10, 1_500_000))
    assert tuned.rungs[0] == replace(FINE, quality=28)


# --- The recipe -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "sign"), [(44, 1), (62, 1), (32, 0), (20, 0)])
def test_lower_rungs_of_easy_films_follow_by_part_of_the_difference(number: int, sign: int) -> None:
    plain = recipe_of(long_film())
    tuned = quality.with_quality(plain, MeasuredQuality(number, 94.6, 90.1, 10))
    assert tuned.rungs[0] == replace(plain.rungs[0], quality=number, preset="9")
    for before, after in zip(plain.rungs[1:], tuned.rungs[1:], strict=True):
        assert (after.quality > before.quality) - (after.quality < before.quality) == sign
        assert abs(after.quality - before.quality) < abs(number - 32) or not sign
        assert replace(after, quality=before.quality) == before


@pytest.mark.parametrize(("lines", "preset"), [(1080, "9"), (720, "6")])
def test_small_pictures_are_looked_at_more_closely(lines: int, preset: str) -> None:
    width = lines * 16 // 9
    small = long_film(width=width, height=lines, display_width=width, display_height=lines)
    assert quality.tuned_rung(recipe_of(small).rungs[0], 30).preset == preset


def test_what_was_measured_is_told_and_does_not_name_the_output() -> None:
    plain = recipe_of(long_film())
    tuned = quality.with_quality(plain, MeasuredQuality(40, 94.6, 90.1, 10))
    assert "quality 40 for 1080-av1, not 32: VMAF 94.6" in tuned.reasons[-1]
    assert tuned.key() != plain.key()
    assert (
        replace(tuned, measured=replace(tuned.measured or MeasuredQuality(0, 0, 0, 0), vmaf=95.0)).key() == tuned.key()
    )
