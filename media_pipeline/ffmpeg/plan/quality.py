"""Which quality number does a film need? Found by encoding short samples and comparing them with their pictures.

One number for all films spends bytes on some that nobody sees, and gives others too few. The way of ab-av1: encode
samples at a number, measure them with VMAF, and choose the number at which the whole film will reach the target.
"""

import math
import statistics
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from media_pipeline.ffmpeg.inspect.audio_only import is_audio_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Codec, MeasuredQuality, Recipe, Rung

TARGET_VMAF = 94.5  # mean over the film, at the top rung
LEAST_VMAF = 88.5  # what only one frame in twenty may fall below, where that costs no more than ...
MOST_VMAF = 95.2  # ... this mean
NOISE_VMAF = 0.5  # so much less where the target would take numbers that are mostly spent on noise
SEARCH_FROM_S = 60.0  # for shorter films the search would cost more than it saves
SEARCH_FROM_SIDE = 720  # pixels; smaller pictures weigh little
SAMPLE_S = 0.6
SAMPLE_BIAS = 0.4  # VMAF: a sample begins with a keyframe, the film has one every four seconds, and looks so much worse
FURTHEST_S = 0.6  # of a sample behind its keyframe, from which it must be decoded
PLACE_EVERY_S = 12.0  # what is tried there takes less than a twelfth of the work that there is for the film
FEWEST_PLACES, MOST_PLACES = 4, 30
REPEATED_AFTER = 2  # places
FAR = 4  # a number so far from the one that was tried needs another trial

_GROWTH: dict[Codec, float] = {"av1": 0.06, "h264": 0.13}  # of a loss (`_loss`) with each step of the number, usually
_NUMBERS: dict[Codec, range] = {"av1": range(8, 63), "h264": range(14, 36)}  # that are chosen from
_COSTLY: dict[Codec, int] = {"av1": 26, "h264": 20}  # numbers below it mostly buy noise
_STEPS: dict[Codec, float] = {"av1": 1.0, "h264": 1.6}  # of AV1's numbers that change as much as one of the codec's
_BELOW_MOST: dict[Codec, int] = {"av1": 46, "h264": 29}  # below the top rung
FOLLOWING = 0.5  # the part of the top rung's difference that those below it take
# As good with a fifth to a third fewer bytes, for a tenth more of the job's work: a long film has room for that.
_PRESET: dict[Codec, str] = {"av1": "9"}
_WIDEST_STEP = 16  # away from a number that was tried
_GOLDEN, _SPREAD = (math.sqrt(5) - 1) / 2, math.sqrt(2) - 1  # their multiples are spread evenly between whole numbers

Trial = Callable[[float, int], Sequence[float]]
"""Encodes the sample at a place of the film (seconds) with a quality number; VMAF of the frames looked at."""

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
    whole = [group for group in groups if group[1] > 0 and group[0] <= end_s - SAMPLE_S]
    ordered = sorted(whole, key=lambda group: group[2] / group[1])
    passed = list(accumulate(length for _start, length, _size in ordered))
    count = max(FEWEST_PLACES, min(MOST_PLACES, int(recipe.duration_s / PLACE_EVERY_S)))
    parts = sorted(range(count), key=lambda part: (part - count // 2) * _GOLDEN % 1.0)  # from the middle on
    chosen = dict.fromkeys(ordered[bisect(passed, passed[-1] * (part + 0.5) / count)] for part in parts if passed)
    if len(chosen) < FEWEST_PLACES:
        return ()
    behind = [min(length, FURTHEST_S) * (place * _SPREAD % 1.0) for place, (_, length, _) in enumerate(chosen)]
    return tuple(min(start + late, end_s - SAMPLE_S) for (start, _, _), late in zip(chosen, behind, strict=True))


def find_quality(trial: Trial, places: Sequence[float], rung: Rung) -> MeasuredQuality:
    """The number for `rung` at which the film reaches the target, by one trial at each of `places`, and one more.

    Each is made with the number to which those before it point. Where that is far from the rung's own, the first place
    is tried again: how quality falls there is how it will fall in the others.
    """
    losses: Losses = {}

    def try_out(place: float, number: int) -> int:
        losses.setdefault(place, {})[number] = [_loss(score) for score in trial(place, number)]
        return _choose(losses, rung, number)

    number = rung.quality
    for tried, place in enumerate(places, start=1):
        number = try_out(place, number)
        if tried == REPEATED_AFTER and abs(number - rung.quality) >= FAR:
            number = try_out(places[0], number)
    scores = sorted(_predict(losses, number, rung))
    return MeasuredQuality(number, round(statistics.mean(scores), 2), round(_worst(scores), 2), len(losses))


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
        f"{measured.vmaf_p5}, by samples of {measured.places} places"
    )
    return replace(recipe, rungs=tuple(rungs), measured=measured, reasons=(*recipe.reasons, said))


def tuned_rung(rung: Rung, number: int) -> Rung:
    """The rung with a number, and the preset of films for which it is searched."""
    return replace(rung, quality=number, preset=_PRESET.get(rung.codec, rung.preset))


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
    return [_vmaf(loss) - SAMPLE_BIAS for tried in losses.values() for loss in _losses_at(tried, number, growth)]


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
    """How much a loss grows with each step of the number: as seen at places that were tried twice, or as usual."""
    seen = [
        (statistics.mean(tried[high]) - statistics.mean(tried[low])) / (high - low)
        for tried in losses.values()
        for low, high in pairwise(sorted(tried))
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
