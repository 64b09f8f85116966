"""Which quality number does a film need? Found by encoding short samples and comparing them with their pictures.

One number for all films spends bytes on some that nobody sees, and gives others too few. The way of ab-av1: encode
samples at a number, measure them with VMAF, and choose the number at which the whole film will reach the target.
"""

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from media_pipeline.ffmpeg.plan.recipe import Codec, MeasuredQuality, Recipe, Rung
from media_pipeline.ffmpeg.plan.tried_place import Sample, TriedPlace

TARGET_VMAF = 94.5  # mean over the film, at the top rung
# What only one frame in twenty may fall below, where that costs no more than this mean. 88 would do, but samples see
# few of the worst frames, and in some films none: there they are up to 3.3 worse than expected.
LEAST_VMAF, MOST_VMAF = 91.2, 95.7
# In ten films samples have so much more VMAF than the film, and their worst frames than the film's.
SAMPLE_BIAS, WORST_BIAS = 0.75, 1.6
# From this of AV1's numbers on, the difference is less with each: a keyframe is better where the future hardly moves,
# and a sample sees little of the future.
COARSE_FROM, LESS_BIAS = 54, 0.2
# Of the mean, for each step, at the whole cap and less in proportion: what gains no more spends its bytes on noise.
NOISE_GAIN_VMAF = 0.25
RIVAL_AFTER = 2  # places, by which it shows whether another encoder may be better
RIVAL_FROM = 1 / 3  # of the cap: few films need so much, and those where the encoder loses what moves are among them
RIVAL_SHARE = 0.8  # of the bytes, or the other encoder is not worth its work
SURE_FROM, SURE_VMAF = 4, 0.4  # places, and half of all, and the standard error that makes more of them needless
REPEATS, COSTLY_REPEATS = 1, 3  # of trials, with the number to which all point
GUESSED_VMAF = 0.6  # of the film's mean that may rest on a guess at one place

# By how much the logarithm of a loss (`JudgedFrame`) grows with each step of the number, usually: AV1's mostly by 0.03
# to 0.05 at numbers from 16 to 56, whatever a film shows.
_GROWTH: dict[Codec, float] = {"av1": 0.042, "h264": 0.12}
NUMBERS: dict[Codec, range] = {"av1": range(8, 63), "h264": range(14, 41)}  # that are chosen from
_COSTLY: dict[Codec, int] = {"av1": 30, "h264": 23}  # numbers below it may buy nothing but noise ...
COSTLY_SHARE = 0.2  # ... where they take so much of the cap
# As long as not all places were seen: noise at the first of them would send the others where noise is all that counts.
_EARLY_LEAST: dict[Codec, int] = {"av1": 24, "h264": 20}
_STEPS: dict[Codec, float] = {"av1": 1.0, "h264": 1.6}  # of AV1's numbers that change as much as one of the codec's
_BELOW_MOST: dict[Codec, int] = {"av1": 46, "h264": 29}  # below the top rung
FOLLOWING = 0.5  # the part of the top rung's difference that those below it take
_LESS: dict[Codec, float] = {"av1": 0.08, "h264": 0.11}  # of the bytes with each step of the number
# AV1's for films whose number is searched. As good as 10 with up to a fifth fewer bytes, with less than half of them
# where fine noise is kept, and for a tenth more of the job's work: a long film has room for that. Pictures of 720
# lines, often compressed before, need still more looking.
_PRESET, _SMALL_PRESET = "9", "6"
_SMALL = 1280 * 720 * 1.2  # pixels
_ALIKE = 0.2  # losses (logarithms) of noise differ by less
_WIDEST_STEP = 12  # away from the number that was tried last


Trial = Callable[[Rung, float], Sample]
"""Encodes the sample at a place of the film (seconds) as a rung."""


def find_quality(
    trial: Trial, places: Sequence[float], rung: Rung, rival: Rung | None = None
) -> tuple[Rung, MeasuredQuality]:
    """The rung and the number at which the film reaches the target, by trials at `places`, few of them repeated.

    Where `rung` takes many bytes, the `rival` is tried at the first place as well, and takes its part if it takes
    clearly fewer there. Its trials are longer, so two thirds of the places must do.
    """
    search = _Search(trial, rung)
    for place in places[:RIVAL_AFTER]:
        search.try_out(place)
    if rival and search.rate() > RIVAL_FROM * rung.rate_max:
        other = _Search(trial, rival)
        other.try_out(places[0])
        if other.rate() < RIVAL_SHARE * search.rate(places[0]):
            search, places = other, places[: math.ceil(len(places) * 2 / 3)]
    for place in places:
        if place not in search.tried and not search.is_sure(len(places)):
            search.try_out(place)
    search.see_all()
    repeats = 0
    while repeats < search.repeats_allowed() and (guessed := search.most_guessed()) is not None:
        search.try_out(guessed)
        repeats += 1
    return search.rung, search.result()


class _Search:
    """The search for one rung's number. Each trial is made with the number to which those before it point."""

    def __init__(self, trial: Trial, rung: Rung) -> None:
        self.trial, self.rung, self.number = trial, rung, rung.quality
        self.tried: dict[float, TriedPlace] = {}
        self.least = _EARLY_LEAST[rung.codec]

    def try_out(self, place: float) -> None:
        """A trial at a place, and the number that follows from all."""
        sample = self.trial(tuned_rung(self.rung, self.number), place)
        here = self.tried.setdefault(place, TriedPlace(self.rung.codec))
        here.trials[self.number] = sample.frames
        here.number, here.rate = self.number, sample.rate
        self.number = self._choose()

    def rate(self, *places: float) -> float:
        """Bits per second of the film, or of a film like these places, at the number to which all trials point."""
        return self._rate(self.number, [self.tried[place] for place in places] or self.tried.values())

    def see_all(self) -> None:
        """Open the lowest numbers, and choose again."""
        self.least = NUMBERS[self.rung.codec][0]
        self.number = self._choose()

    def is_sure(self, places: int) -> bool:
        """Whether those of the `places` that were tried are so much alike that more would say the same."""
        count = len(self.tried)
        means = [statistics.mean(here.scores(self.number, self._growth(here))) for here in self.tried.values()]
        enough = max(SURE_FROM, places / 2)
        return count >= enough and statistics.stdev(means) / math.sqrt(count) < SURE_VMAF

    def most_guessed(self) -> float | None:
        """The place whose part of the mean rests most on a guess of how quality falls; None where it is little."""
        guessed = {
            place: abs(
                statistics.mean(here.scores(self.number, self._growth(here)))
                - statistics.mean(here.scores(here.nearest(self.number), 0.0))
            )
            for place, here in self.tried.items()
        }
        place = max(guessed, key=guessed.__getitem__)
        return place if guessed[place] > GUESSED_VMAF * len(guessed) else None

    def repeats_allowed(self) -> int:
        """More where the number costs many bytes: they may be spent on noise."""
        return COSTLY_REPEATS if self._is_costly(self.number) else REPEATS

    def result(self) -> MeasuredQuality:
        scores = self._scores(self.number)
        mean, worst = (round(value, 2) for value in self._expected(scores, self.number))
        return MeasuredQuality(self.number, mean, worst, len(self.tried), round(self.rate()))

    def _choose(self) -> int:
        """The largest number that reaches the target, or beyond which hardly more than noise is gained."""
        codec = self.rung.codec
        allowed = [
            number for number in NUMBERS[codec] if number >= self.least and abs(number - self.number) <= _WIDEST_STEP
        ]
        before = 0.0
        for number in reversed(allowed):
            scores = self._scores(number)
            mean, worst = self._expected(scores, number)
            costly = self._is_costly(number)
            if mean >= MOST_VMAF or (mean >= TARGET_VMAF and (costly or worst >= LEAST_VMAF)):
                # The worst frames are not worth more than that, where the number before reaches the target.
                return number + 1 if mean > MOST_VMAF and before >= TARGET_VMAF else number
            if costly and number < allowed[-1] and mean - before < NOISE_GAIN_VMAF * self._share_of_cap(number):
                return number + 1
            before = mean
        return allowed[0]

    def _expected(self, scores: Sequence[float], number: int) -> tuple[float, float]:
        """(mean, what one frame in twenty will not reach) of the film, by sorted scores of samples at a number."""
        more = LESS_BIAS * max(number - COARSE_FROM, 0) if self.rung.codec == "av1" else 0.0
        return statistics.mean(scores) - SAMPLE_BIAS + more, scores[round(len(scores) * 0.05)] - WORST_BIAS + more

    def _is_costly(self, number: int) -> bool:
        """Whether bytes may be spent on noise: only there are numbers so low, and bytes so many."""
        return number < _COSTLY[self.rung.codec] and self._share_of_cap(number) > COSTLY_SHARE

    def _share_of_cap(self, number: int) -> float:
        return self._rate(number, self.tried.values()) / self.rung.rate_max

    def _rate(self, number: int, seen: Iterable[TriedPlace]) -> float:
        less = _LESS[self.rung.codec]
        return statistics.mean(here.rate * math.exp(less * (here.number - number)) for here in seen)

    def _scores(self, number: int) -> list[float]:
        """The VMAF that the frames of all places will have at a number, from the worst on."""
        places = self.tried.values()
        return sorted(score for here in places for score in here.scores(number, self._growth(here)))

    def _growth(self, here: TriedPlace) -> float:
        """How much losses of a place grow with each step: as seen there, or as usual and as seen at other places.

        What no bytes mend hardly grows, and says nothing of the rest but of what looks as bad.
        """
        if (own := here.growth()) is not None:
            return own
        usual = _GROWTH[self.rung.codec]
        seen = [(growth, there.loss()) for there in self.tried.values() if (growth := there.growth()) is not None]
        noise = [growth for growth, loss in seen if growth <= usual / 3 and here.loss() > loss - _ALIKE]
        mended = [min(growth, usual * 3) for growth, _ in seen if growth > usual / 3]
        return statistics.mean(noise or [usual, *mended])


def with_quality(recipe: Recipe, measured: MeasuredQuality) -> Recipe:
    """The recipe with the number that was found for its top rung.

    Where the film is an easy one, the rungs below follow by part of the difference. What makes films hard, fine noise
    above all, is not in smaller pictures: there the usual numbers do.
    """
    top = recipe.rungs[0]
    steps = max(0, measured.quality - top.quality) * _STEPS[top.codec]
    rungs = [tuned_rung(top, measured.quality)]
    for rung in recipe.rungs[1:]:
        follow = round(steps * FOLLOWING / _STEPS[rung.codec])
        rungs.append(replace(rung, quality=max(rung.quality, min(rung.quality + follow, _BELOW_MOST[rung.codec]))))
    said = (
        f"quality {measured.quality} for {top.name}, not {top.quality}: VMAF {measured.vmaf}, of the worst frames "
        f"{measured.vmaf_p5}, {measured.rate // 1000} kbit/s, by samples of {measured.places} places"
    )
    return replace(recipe, rungs=tuple(rungs), measured=measured, reasons=(*recipe.reasons, said))


def tuned_rung(rung: Rung, number: int) -> Rung:
    """The rung with a number, and the preset of films for which it is searched."""
    small = rung.width * rung.height <= _SMALL
    preset = (_SMALL_PRESET if small else _PRESET) if rung.codec == "av1" else rung.preset
    return replace(rung, quality=number, preset=preset)
