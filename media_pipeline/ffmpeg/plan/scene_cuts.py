"""Where a film is cut, as the keyframes of its original tell: nothing is decoded for it.

Encoders begin anew after a fixed number of pictures, and at once where they see another scene. Cameras rarely do
(a fast move looks like one), and most editing programs encode with x264 or its like, which does so.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from media_pipeline.ffmpeg.inspect.source import Source

APART_S = 0.5  # from one to the next: a flash or a fast move looks like many
# A segment begins so soon that its keyframe will do. And the packager's clock for segments, which begin with the first
# keyframe after each of its marks, is up to half a second early at the end of the longest film.
BEFORE_S = 0.6
MOST_CUTS = 5000  # that one command can name
_EARLY = 0.9  # of the usual distance between keyframes
_LONGEST = 0.1  # of the distances are longer than the usual one: pauses, and pictures that a phone left out
_AROUND = 20  # distances before and after: clips of several cameras may be joined


def find_cuts(source: Source, rate: Fraction, duration_s: float, segment_s: Fraction) -> tuple[int, ...]:
    """The first pictures of scenes, counted at `rate` a second: those for which an encoder's keyframe is worth while.

    `segment_s` are the seconds from a segment's first keyframe to the next one's. Empty where the original's keyframes
    say nothing: they come evenly, or all the time, or on a clock that jumps.
    """
    video = source.video
    if video is None or video.counted or len(video.clock) > 1 or len(source.keyframes) * APART_S > duration_s:
        return ()
    fps = float(rate)
    end, apart = duration_s * fps, max(APART_S, duration_s / MOST_CUTS) * fps
    segment, before = int(segment_s * rate), BEFORE_S * fps
    cuts: list[int] = []
    for time in _early_keyframes(source.keyframes):
        picture = math.floor(time * fps + 0.5)  # as ffmpeg's filter `fps` rounds
        is_apart = not cuts or picture - cuts[-1] >= apart
        if is_apart and 0 < picture % segment <= segment - before and picture < end:
            cuts.append(picture)
    return tuple(cuts)


def _early_keyframes(keyframes: tuple[float, ...]) -> Iterator[float]:
    """Those that come sooner after the one before than is usual in this part of the film."""
    gaps = [later - earlier for earlier, later in pairwise(keyframes)]
    for place, gap in enumerate(gaps):
        around = sorted(gaps[max(place - _AROUND, 0) : place + _AROUND + 1])
        if gap < _EARLY * around[int((1 - _LONGEST) * len(around))]:
            yield keyframes[place + 1]
