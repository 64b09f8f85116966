"""Where a film is cut, as the keyframes of its original tell: nothing is decoded for it.

Encoders begin anew after a fixed number of pictures, and at once where they see another scene. Cameras never cut, and
most editing programs encode with x264 or its like, which does so.
"""

import math
from collections.abc import Iterator
from itertools import pairwise

from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe

APART_S = 0.5  # from one to the next: a flash or a fast move looks like many
BEFORE_S = 0.25  # a segment begins so soon that its keyframe will do
MOST_CUTS = 5000  # that one command can name
_EARLY = 0.9  # of the usual distance, beyond which only few ...
_MOST = 0.9  # ... keyframes are


def find_cuts(source: Source, recipe: Recipe) -> tuple[int, ...]:
    """The first pictures of scenes, counted at the recipe's rate: those for which an encoder's keyframe is worth while.

    Empty where the original's keyframes say nothing: they come evenly, or on a clock that jumps.
    """
    video = source.video
    if video is None or video.counted or len(video.clock) > 1:
        return ()
    fps = float(recipe.fps)
    end, apart = recipe.duration_s * fps, max(APART_S, recipe.duration_s / MOST_CUTS) * fps
    segment, before = int(recipe.segment_keyframe_s * recipe.fps), BEFORE_S * fps
    cuts: list[int] = []
    for time in _early_keyframes(source.keyframes):
        picture = math.floor(time * fps + 0.5)  # as ffmpeg's filter `fps` rounds
        is_apart = not cuts or picture - cuts[-1] >= apart
        if is_apart and 0 < picture % segment <= segment - before and picture < end:
            cuts.append(picture)
    return tuple(cuts)


def _early_keyframes(keyframes: tuple[float, ...]) -> Iterator[float]:
    """Those that come sooner after the one before than is usual in this film."""
    gaps = [later - earlier for earlier, later in pairwise(keyframes)]
    # Most films have some that are longer: pauses, and pictures that a phone left out.
    usual = sorted(gaps)[int(_MOST * len(gaps))] if gaps else 0.0
    yield from (time for time, gap in zip(keyframes[1:], gaps, strict=False) if gap < _EARLY * usual)
