"""What a few coded frames of one place of a film say: how good they are, and how good at other numbers."""

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from media_pipeline.ffmpeg.plan.recipe import Codec

_STEEP_FROM, _STEEP = 56, 2.3  # of AV1's numbers, the last ones change as much as so many of the others
_LEAST_LOSS = 0.2  # smaller ones are noise of the measure


class JudgedFrame(NamedTuple):
    """VMAF of a coded frame, and of the same frame uncoded, which is 97.4 where nothing moves and more where it does.

    Neither is cut off at 100. Their difference, the loss, grows evenly by its logarithm.
    """

    score: float
    best: float

    @property
    def loss(self) -> float:
        """As a logarithm."""
        return math.log(max(self.best - self.score, _LEAST_LOSS))

    def score_with(self, loss: float) -> float:
        """VMAF, from 0 to 100, of this frame with such a loss."""
        return max(0.0, min(100.0, self.best - math.exp(loss)))


@dataclass(frozen=True)
class Sample:
    """What a trial found: some frames, and the bits per second of a film of such pictures."""

    frames: Sequence[JudgedFrame]
    rate: float


@dataclass
class TriedPlace:
    """The trials at one place: frames by number, the number tried last, and its bits per second."""

    codec: Codec
    trials: dict[int, Sequence[JudgedFrame]] = field(default_factory=dict)
    number: int = 0
    rate: float = 0.0

    def nearest(self, number: int) -> int:
        """Of the numbers that were tried."""
        return min(self.trials, key=lambda other: abs(other - number))

    def scores(self, number: int, growth: float) -> list[float]:
        """VMAF at a number: between two that were tried, or from the nearest on by a growth with each step."""
        for low, high in pairwise(sorted(self.trials)):
            if low <= number <= high:
                share = (number - low) / (high - low)
                pairs = zip(self.trials[low], self.trials[high], strict=False)
                return [one.score_with(one.loss + share * (two.loss - one.loss)) for one, two in pairs]
        nearest = self.nearest(number)
        more = growth * self._steps(nearest, number)
        return [frame.score_with(frame.loss + more) for frame in self.trials[nearest]]

    def loss(self) -> float:
        """Of all frames in the last trial, as a logarithm."""
        return statistics.mean(frame.loss for frame in self.trials[self.number])

    def growth(self) -> float | None:
        """Of the loss with each step, where more than one number was tried."""
        seen = list(self._seen_growth())
        return max(0.0, statistics.mean(seen)) if seen else None

    def _seen_growth(self) -> Iterator[float]:
        for low, high in pairwise(sorted(self.trials)):
            for one, two in zip(self.trials[low], self.trials[high], strict=False):
                yield (two.loss - one.loss) / self._steps(low, high)

    def _steps(self, one: int, two: int) -> float:
        """From one number to another, in steps that change about as much each."""
        if self.codec != "av1":
            return two - one
        return (two - one) + (_STEEP - 1) * (max(two - _STEEP_FROM, 0) - max(one - _STEEP_FROM, 0))
