"""Which quality number does a film need? Found by encoding short samples and comparing them with their pictures.

One number for all films spends bytes on some that nobody sees, and gives others too few. The way of ab-av1: encode
samples at a number, measure them with VMAF, and choose the number at which the whole film will reach the target.
"""

import math
import statistics
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from media_pipeline.ffmpeg.inspect.audio_only import is_audio_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Codec, MeasuredQuality, Recipe, Rung

TARGET_VMAF = 94.5  # mean over the film, at the top rung
LEAST_VMAF = 89.5  # what only one frame in twenty may fall below, where that costs no more than ...
MOST_VMAF = 95.2  # ... this mean
NOISE_VMAF = 0.5  # so much less where the target would take numbers that are mostly spent on noise
SEARCH_FROM_S = 60.0  # for shorter films the search would cost more than it saves
SEARCH_FROM_SIDE = 720  # pixels; smaller pictures weigh little
SAMPLE_S = 0.6  # that is judged
# Before it, encoded as well: x264 takes so long until its pictures are as good as they stay, and otherwise little else
# would be judged.
SETTLING_S: dict[Codec, float] = {"av1": 0.0, "h264": 0.6}
LONGEST_S = 2.0  # of a sample, with what is encoded before it, in films of few frames a second
FURTHEST_S = 0.6  # of a sample behind its keyframe, from which it must be decoded
PLACE_EVERY_S = 12.0  # what is tried there takes less than a twelfth of the work that there is for the film
FEWEST_PLACES, MOST_PLACES = 4, 30
REPEATED_AFTER = 2  # places
FAR = 4  # a number so far from the one that was tried needs another trial
RIVAL_FROM = 1 / 3  # of the cap: few films need so much, and those where the encoder loses what moves are among them
RIVAL_SHARE = 0.8  # of the bytes, or the other encoder is not worth its work

_GROWTH: dict[Codec, float] = {"av1": 0.06, "h264": 0.13}  # of a loss (`_loss`) with each step of the number, usually
_NUMBERS: dict[Codec, range] = {"av1": range(8, 63), "h264": range(14, 36)}  # that are chosen from
_COSTLY: dict[Codec, int] = {"av1": 26, "h264": 20}  # numbers below it mostly buy noise
_STEPS: dict[Codec, float] = {"av1": 1.0, "h264": 1.6}  # of AV1's numbers that change as much as one of the codec's
_BELOW_MOST: dict[Codec, int] = {"av1": 46, "h264": 29}  # below the top rung
FOLLOWING = 0.5  # the part of the top rung's difference that those below it take
_LESS: dict[Codec, float] = {"av1": 0.08, "h264": 0.11}  # of the bytes with each step of the number
# AV1's for films whose number is searched. As good as 10 with a fifth to a third fewer bytes, for a tenth more of the
# job's work: a long film has room for that. Pictures of 720 lines, often compressed before, need still more looking.
_PRESET, _SMALL_PRESET = "9", "7"
_SMALL = 1280 * 720 * 1.2  # pixels
_PERFECT = math.log1p(0.5)  # a loss below which VMAF may be at its upper end
_WIDEST_STEP = 16  # away from a number that was tried
_GOLDEN, _SPREAD = (math.sqrt(5) - 1) / 2, math.sqrt(2) - 1  # their multiples are spread evenly between whole numbers


@dataclass(frozen=True)
class Sample:
    """What a trial found: VMAF of the frames that were judged, and the bits per second of a film of such pictures."""

    scores: Sequence[float]
    rate: float


Trial = Callable[[Rung, float], Sample]
"""Encodes the sample at a place of the film (seconds) as a rung."""

Losses = dict[float, dict[int, Sequence[float]]]  # by place, by number: of its frames, as `_loss` counts it


def sample_places(source: Source, recipe: Recipe) -> tuple[float, ...]:
    """Where to take samples, in seconds of the film's time, any first few of them as mixed as all; none where nothing
    is searched.

    They stand for equal parts of the film, from its easiest to its hardest, as the bytes of the original file tell:
    few samples then meet what each kind of picture needs, and not one kind several times. None is far behind a
    keyframe, from which it must be decoded.
    """
    video, top = source.video, recipe.rungs[0]
    if video is None or is_audio_only(source) or top.codec == "copy" or top.side < SEARCH_FROM_SIDE:
        return ()
    if recipe.duration_s < SEARCH_FROM_S or video.counted or len(video.clock) > 1:  # no seeking on clocks that jump
        return ()
    end_s = source.video_end_s
    lengths = [later - start for start, later in pairwise((*source.keyframes, end_s))]
    groups = zip(source.keyframes, lengths, source.group_bytes, strict=False)
    latest_s = end_s - LONGEST_S
    whole = [group for group in groups if group[1] > 0 and group[0] <= latest_s]
    ordered = sorted(whole, key=lambda group: group[2] / group[1])
    passed = list(accumulate(length for _start, length, _size in ordered))
    count = max(FEWEST_PLACES, min(MOST_PLACES, int(recipe.duration_s / PLACE_EVERY_S)))
    parts = sorted(range(count), key=lambda part: (part - count // 2) * _GOLDEN % 1.0)  # from the middle on
    chosen = dict.fromkeys(ordered[bisect(passed, passed[-1] * (part + 0.5) / count)] for part in parts if passed)
    if len(chosen) < FEWEST_PLACES:
        return ()
    behind = [min(length, FURTHEST_S) * (place * _SPREAD % 1.0) for place, (_, length, _) in enumerate(chosen)]
    return tuple(min(start + late, latest_s) for (start, _, _), late in zip(chosen, behind, strict=True))


def find_quality(
    trial: Trial, places: Sequence[float], rung: Rung, rival: Rung | None = None
) -> tuple[Rung, MeasuredQuality]:
    """The rung and the number at which the film reaches the target, by one trial at each of `places`, and one more.

    Where `rung` takes many bytes, the `rival` is tried at the first place as well, and takes its part if it takes
    clearly fewer there. Its trials are longer, so half of the places must do.
    """
    search = _Search(trial, rung)
    search.begin(places)
    if rival and search.rate() > RIVAL_FROM * rung.rate_max:
        other = _Search(trial, rival)
        other.try_out(places[0])
        if other.rate() < RIVAL_SHARE * search.rate(places[0]):
            search, places = other, places[: (len(places) + 1) // 2]
            search.begin(places)
    for place in places[REPEATED_AFTER:]:
        search.try_out(place)
    return search.rung, search.result()


class _Search:
    """The search for one rung's number. Each trial is made with the number to which those before it point."""

    def __init__(self, trial: Trial, rung: Rung) -> None:
        self.trial, self.rung, self.number = trial, rung, rung.quality
        self.losses: Losses = {}
        self.rates: dict[float, tuple[int, float]] = {}  # by place: the number tried there last, and what it took

    def try_out(self, place: float) -> None:
        sample = self.trial(tuned_rung(self.rung, self.number), place)
        self.losses.setdefault(place, {})[self.number] = [_loss(score) for score in sample.scores]
        self.rates[place] = self.number, sample.rate
        self.number = _choose(self.losses, self.rung, self.number)

    def begin(self, places: Sequence[float]) -> None:
        """Try the first places, and the first once more where the number came out far from the rung's own.

        How quality falls there is how it will fall in the others.
        """
        for place in places[:REPEATED_AFTER]:
            if place not in self.losses:
                self.try_out(place)
        if abs(self.number - self.rung.quality) >= FAR:
            self.try_out(places[0])

    def rate(self, *places: float) -> float:
        """Bits per second of the film, or of a film like these places, at the number to which all trials point."""
        less, seen = _LESS[self.rung.codec], [self.rates[place] for place in places] or self.rates.values()
        return statistics.mean(rate * math.exp(less * (tried - self.number)) for tried, rate in seen)

    def result(self) -> MeasuredQuality:
        scores = sorted(_predict(self.losses, self.number, self.rung))
        mean, worst = round(statistics.mean(scores), 2), round(_worst(scores), 2)
        return MeasuredQuality(self.number, mean, worst, len(self.losses), round(self.rate()))


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


def _choose(losses: Losses, rung: Rung, tried: int) -> int:
    """The largest number that reaches the target, not too far from the one tried last.

    Where that takes costly numbers, noise is what they would keep: the film gets a little less.
    """
    allowed = [number for number in _NUMBERS[rung.codec] if abs(number - tried) <= _WIDEST_STEP]
    for number in reversed(allowed):
        scores = sorted(_predict(losses, number, rung))
        mean = statistics.mean(scores)
        target = TARGET_VMAF if number >= _COSTLY[rung.codec] else TARGET_VMAF - NOISE_VMAF
        if mean >= MOST_VMAF or (mean >= target and (_worst(scores) >= LEAST_VMAF or target < TARGET_VMAF)):
            return number
    return allowed[0]


def _predict(losses: Losses, number: int, rung: Rung) -> list[float]:
    """The VMAF that the frames of all places will have at a number."""
    growth = _growth(losses, rung)
    return [_vmaf(loss) for tried in losses.values() for loss in _losses_at(tried, number, growth)]


def _losses_at(tried: dict[int, Sequence[float]], number: int, growth: float) -> list[float]:
    """Losses of one place at a number: between two that were tried there, or from the nearest on by the growth."""
    known = sorted(tried)
    for low, high in pairwise(known):
        if low <= number <= high:
            share = (number - low) / (high - low)
            return [a + share * (b - a) for a, b in zip(tried[low], tried[high], strict=False)]
    nearest = min(known, key=lambda other: abs(other - number))
    return [loss + growth * (number - nearest) for loss in tried[nearest]]


def _growth(losses: Losses, rung: Rung) -> float:
    """How much a loss grows with each step of the number: as seen at places that were tried twice, or as usual.

    Frames that are as good as can be at both numbers say nothing.
    """
    seen = [
        (worse - better) / (high - low)
        for tried in losses.values()
        for low, high in pairwise(sorted(tried))
        for better, worse in zip(tried[low], tried[high], strict=False)
        if max(better, worse) > _PERFECT
    ]
    usual = _GROWTH[rung.codec]
    return max(usual / 4, min(statistics.mean(seen), usual * 3)) if seen else usual


def _loss(vmaf: float) -> float:
    """A loss that grows evenly with the number: VMAF itself falls slowly at first and ever faster then."""
    return math.log1p(100.0 - vmaf)


def _vmaf(loss: float) -> float:
    return max(0.0, min(100.0, 100.0 - math.expm1(loss)))


def _worst(scores: Sequence[float]) -> float:
    """What one in twenty of sorted scores does not reach."""
    return scores[int(len(scores) * 0.05)]
