"""Which moments make a poster? Keyframes ranked by sharpness, contrast, light and life; no black, no blur.

Life is movement: what differs from the moments before and after it is no title card. Faces are not looked for. Many
films show minors, and detectors see some skins worse than others; an editor chooses among the candidates.

Works on small grey pictures: what looks sharp at 320 pixels looks sharp on a card, and noise does not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_DARK, _BRIGHT = 16.0, 239.0  # mean grey at which a picture is as good as black or white
_FLAT = 4.0  # standard deviation of a picture of nothing
_LIVELY = 24.0  # mean difference in grey levels above which more movement is no better
_LIFE = 0.5  # how much a lively moment is worth more than a still one


@dataclass(frozen=True)
class PosterCandidate:
    """One moment. `score` compares within a film only; the rest are grey levels (0 to 255), spreads, differences."""

    time_s: float
    score: float
    brightness: float
    contrast: float
    sharpness: float
    motion: float = 0.0

    @property
    def blank(self) -> bool:
        """Black, white, or nothing to be seen."""
        return not _DARK <= self.brightness <= _BRIGHT or self.contrast < _FLAT


def rank_poster_candidates(
    frames: bytes, width: int, height: int, times: tuple[float, ...], *, duration_s: float, count: int = 5
) -> tuple[PosterCandidate, ...]:
    """The best `count` moments, best first, apart from each other in time.

    Nothing else orders candidates: rows, editors and packages keep this order. `duration_s` is that of the video.
    `frames` are grey pictures of `width` x `height` one after another, one for each of `times` (seconds); missing
    ones at the end are left out. Blank pictures are taken only when a video has nothing else.
    """
    size = width * height
    pictures = [frames[at : at + size] for at in range(0, len(frames) - size + 1, size)][: len(times)]
    moving = score_motion([Image.frombytes("L", (width, height), picture) for picture in pictures])
    judged = [score_frame(picture, width, height, time) for picture, time in zip(pictures, times, strict=False)]
    found = [score_with_motion(candidate, moved) for candidate, moved in zip(judged, moving, strict=True)]
    found.sort(key=lambda candidate: (candidate.blank, -candidate.score, candidate.time_s))
    return _apart(found, duration_s / (2 * count), count)


def score_frame(picture: bytes, width: int, height: int, time_s: float) -> PosterCandidate:
    """One grey picture's worth: sharpness times contrast times how near its light is to the middle."""
    image = Image.frombytes("L", (width, height), picture)
    stat = ImageStat.Stat(image)
    brightness, contrast = stat.mean[0], stat.stddev[0]
    sharpness = ImageStat.Stat(image.filter(_LAPLACE)).stddev[0]
    light = max(0.0, 1 - abs(brightness - 118) / 118)
    # Roots: a picture twice as sharp is better, not twice as good; film grain must not win over faces.
    score = sharpness**0.5 * contrast**0.5 * light
    return PosterCandidate(time_s, round(score, 4), round(brightness, 2), round(contrast, 2), round(sharpness, 2))


def score_motion(pictures: Sequence[Image.Image]) -> list[float]:
    """For each moment how much it differs from its neighbours in time: the smaller of the two mean differences.

    A cut differs on one side only, and a title card that stands on neither.
    """
    steps = [ImageStat.Stat(ImageChops.difference(a, b)).mean[0] for a, b in pairwise(pictures)]
    if not steps:
        return [0.0 for _ in pictures]
    return [min(before, after) for before, after in pairwise((steps[0], *steps, steps[-1]))]


def score_with_motion(candidate: PosterCandidate, moved: float) -> PosterCandidate:
    """The candidate with its movement, which raises its score."""
    life = 1 + _LIFE * min(1.0, moved / _LIVELY)
    return replace(candidate, score=round(candidate.score * life, 4), motion=round(moved, 2))


def _apart(found: list[PosterCandidate], distance_s: float, count: int) -> tuple[PosterCandidate, ...]:
    """The first of each neighbourhood; filled up from the rest when a film is short."""
    chosen: list[PosterCandidate] = []
    for candidate in found:
        if all(abs(candidate.time_s - other.time_s) >= distance_s for other in chosen):
            chosen.append(candidate)
    rest = [candidate for candidate in found if candidate not in chosen]
    return tuple((chosen + rest)[:count])
