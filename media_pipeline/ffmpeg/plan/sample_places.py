"""Where in a film its quality is looked for: a few places that are as unlike each other as its pictures are."""

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise

from media_pipeline.ffmpeg.inspect.audio_only import is_audio_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe

SEARCH_FROM_S = 60.0  # for shorter films the search would cost more than it saves
SEARCH_FROM_SIDE = 720  # pixels; smaller pictures weigh little
SAMPLE_FRAMES = 17  # a keyframe, and one of the groups of sixteen in which AV1 is encoded
FURTHEST_S = 1.0  # of a sample behind its keyframe, from which it must be decoded
PLACE_EVERY_S = 10.0  # what is tried there takes less than a twelfth of the work that there is for the film
FEWEST_PLACES, MOST_PLACES = 4, 30

_GOLDEN, _SPREAD = (math.sqrt(5) - 1) / 2, math.sqrt(3) - 1  # their multiples are spread evenly between whole numbers


@dataclass(frozen=True)
class _Pictures:
    """A keyframe and what follows it up to the next."""

    start_s: float
    length_s: float
    passed: float  # the part of the film before it, 0 to 1
    easier: float  # the part of the film that takes fewer bytes a second

    def distance(self, part: int, hardness: int, count: int) -> tuple[float, float]:
        """How far from one of `count` equal parts of the film; and then, from the middle of one by hardness."""
        return abs(int(self.passed * count) - part), abs(self.easier - (hardness + 0.5) / count)


def sample_places(source: Source, recipe: Recipe) -> tuple[float, ...]:
    """Where to take samples, in seconds of the film's time, any first few of them as mixed as all; none where nothing
    is searched.

    They stand for equal parts of the film and, at the same time, for equal parts of its pictures from the easiest to
    the hardest, as the bytes of the original file tell: one place in each row and each column of a square. None is far
    behind a keyframe, from which it must be decoded.
    """
    video, top = source.video, recipe.rungs[0]
    if video is None or is_audio_only(source) or top.codec == "copy" or top.side < SEARCH_FROM_SIDE:
        return ()
    if recipe.duration_s < SEARCH_FROM_S or video.counted or video.untimed or len(video.clock) > 1:  # no seeking there
        return ()
    latest_s = source.video_end_s - (SAMPLE_FRAMES + 1) / float(recipe.fps)
    left = [pictures for pictures in _picture_groups(source) if pictures.start_s <= latest_s]
    count = min(len(left), max(FEWEST_PLACES, min(MOST_PLACES, int(recipe.duration_s / PLACE_EVERY_S))))
    if count < FEWEST_PLACES:
        return ()
    hardness = sorted(range(count), key=lambda part: part * _GOLDEN % 1.0)
    places = list[float]()
    for part in sorted(range(count), key=lambda part: (hardness[part] - count // 2) * _GOLDEN % 1.0):
        distances = [pictures.distance(part, hardness[part], count) for pictures in left]
        taken = left.pop(distances.index(min(distances)))
        late_s = min(taken.length_s, FURTHEST_S) * (len(places) * _SPREAD % 1.0)
        places.append(min(taken.start_s + late_s, latest_s))
    return tuple(places)


def _picture_groups(source: Source) -> list[_Pictures]:
    """From the easiest to the hardest."""
    end_s = source.video_end_s
    lengths = [later - start for start, later in pairwise((*source.keyframes, end_s))]
    known = [group for group in zip(source.keyframes, lengths, source.group_bytes, strict=False) if group[1] > 0]
    ordered = sorted(known, key=lambda group: group[2] / group[1])
    passed = list(accumulate(length for _start, length, _size in ordered))
    return [
        _Pictures(start, length, min(max(start / end_s, 0.0), 0.999), (sum_s - length / 2) / passed[-1])
        for (start, length, _size), sum_s in zip(ordered, passed, strict=True)
    ]
