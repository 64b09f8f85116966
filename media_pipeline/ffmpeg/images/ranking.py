"""Which picture makes the poster? Keyframes ranked by sharpness, contrast, light and movement; no black, no blur.

What differs from the pictures before and after it is no title card. Faces are not looked for: many videos show
minors, and detectors see some skins worse than others; an editor chooses among the candidates.

Works on small grey pictures: what looks sharp at 320 pixels looks sharp on a card, and noise does not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_DARK, _BRIGHT = 16.0, 239.0  # mean grey at which a picture is as good as black or white
_BLACK, _LIGHT = 10, 60  # grey levels (0 to 255): the mean of a black picture, and what no part of it reaches
_FLAT = 4.0  # standard deviation of a picture of nothing
_LIVELY = 24.0  # mean difference in grey levels above which more movement is no better
_LIFE = 0.5  # how much more a lively picture is worth than a still one


@dataclass(frozen=True)
class PosterCandidate:
    """One picture: seconds into the video, `score` to compare within a video, mean grey level (0 to 255), spread."""

    time_s: float
    score: float
    brightness: float
    contrast: float

    @property
    def blank(self) -> bool:
        """Black, white, or nothing to be seen."""
        return not _DARK <= self.brightness <= _BRIGHT or self.contrast < _FLAT


def rank_poster_candidates(
    frames: bytes, width: int, height: int, times: tuple[float, ...], *, duration_s: float, count: int
) -> tuple[PosterCandidate, ...]:
    """The best `count` pictures, best first, apart from each other in time.

    Nothing else orders candidates: rows, editors and packages keep this order. `duration_s` is that of the video.
    `frames` are grey pictures of `width` x `height` one after another, one for each of `times` (seconds); missing
    ones at the end are left out. Blank pictures are taken only when a video has nothing else.
    """
    size = width * height
    starts = range(0, len(frames) - size + 1, size)
    pictures = [Image.frombytes("L", (width, height), frames[at : at + size]) for at in starts][: len(times)]
    found = []
    for picture, time, moved in zip(pictures, times, score_motion(pictures), strict=False):
        still = score_frame(picture, time)
        found.append(replace(still, score=round(still.score * (1 + _LIFE * min(1.0, moved / _LIVELY)), 4)))
    found.sort(key=lambda candidate: (candidate.blank, -candidate.score, candidate.time_s))
    # The first of each neighbourhood; filled up from the rest when a video is short.
    chosen: list[PosterCandidate] = []
    for candidate in found:
        if all(abs(candidate.time_s - other.time_s) >= duration_s / (2 * count) for other in chosen):
            chosen.append(candidate)
    rest = [candidate for candidate in found if candidate not in chosen]
    return tuple((chosen + rest)[:count])


def is_all_black(frames: bytes, width: int, height: int) -> bool:
    """Whether there is nothing to be seen in any of the pictures, which are as for `rank_poster_candidates`.

    A covered lens has noise and no light; a scene at night has at least a lamp.
    """
    size = width * height
    pictures = [frames[at : at + size] for at in range(0, len(frames) - size + 1, size)]
    return bool(pictures) and all(sum(one) < _BLACK * size and max(one) < _LIGHT for one in pictures)


def score_frame(picture: Image.Image, time_s: float) -> PosterCandidate:
    """One grey picture's worth: sharpness times contrast times how near its light is to the middle."""
    stat = ImageStat.Stat(picture)
    brightness, contrast = stat.mean[0], stat.stddev[0]
    sharpness = ImageStat.Stat(picture.filter(_LAPLACE)).stddev[0]
    light = max(0.0, 1 - abs(brightness - 118) / 118)
    # Roots: a picture twice as sharp is better, not twice as good; film grain must not win over faces.
    score = sharpness**0.5 * contrast**0.5 * light
    return PosterCandidate(time_s, round(score, 4), round(brightness, 2), round(contrast, 2))


def score_motion(pictures: Sequence[Image.Image]) -> list[float]:
    """For each picture how much it differs from its neighbours in time: the smaller of the two mean differences.

    A cut differs on one side only, and a title card that stays on neither.
    """
    steps = [ImageStat.Stat(ImageChops.difference(a, b)).mean[0] for a, b in pairwise(pictures)]
    if not steps:
        return [0.0 for _ in pictures]
    return [min(before, after) for before, after in pairwise((steps[0], *steps, steps[-1]))]
