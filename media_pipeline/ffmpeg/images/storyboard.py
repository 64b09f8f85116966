"""The storyboard: one sheet of small pictures and the WebVTT that says which of them shows which second."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from media_pipeline.ffmpeg.timestamps import format_timestamp

STORYBOARD_COLUMNS = 10
MAX_TILES = 100  # a sheet of 100 small pictures is about 200 kB
TILE_SIDE = 160  # pixels of a tile's longer side
FEW_KEYFRAMES = 20  # with fewer a video is short enough to show the frames between them
DENSE_INTERVAL_S = 0.5


@dataclass(frozen=True)
class StoryboardPlan:
    """A planned sheet: every `step`-th keyframe (frame, when `dense`), in rows from left to right. Seconds, pixels."""

    times: tuple[float, ...]
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    step: int
    dense: bool = False


def plan_storyboard(
    keyframes: tuple[float, ...], duration_s: float, width: int, height: int, *, fps: Fraction = Fraction(0)
) -> StoryboardPlan:
    """The sheet for a video with these keyframes (seconds, rising; at least one) and this shape in pixels.

    A short video whose `fps` is given gets a picture every half second: its few keyframes may all be black.
    """
    dense = len(keyframes) < FEW_KEYFRAMES and fps > 0
    frames_apart = max(1, round(fps * Fraction(DENSE_INTERVAL_S)))
    # The last frame is left alone: a length rounded up would plan one too many.
    frames = range(0, max(1, int(duration_s * fps) - 1), frames_apart)
    marks = tuple(float(frame / fps) for frame in frames) if dense else keyframes
    step = max(1, math.ceil(len(marks) / MAX_TILES))
    times = marks[::step]
    columns = min(STORYBOARD_COLUMNS, len(times))
    return StoryboardPlan(
        times,
        *tile_size(width, height),
        columns=columns,
        rows=math.ceil(len(times) / columns),
        step=frames_apart if dense else step,
        dense=dense,
    )


def tile_size(width: int, height: int) -> tuple[int, int]:
    """A video's shape with TILE_SIDE on the longer side; even, for 4:2:0."""
    scale = TILE_SIDE / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def write_storyboard_vtt(
    times: Sequence[float], duration_s: float, *, columns: int, tile_width: int, tile_height: int, image_url: str
) -> str:
    """WebVTT whose cues are tiles of the sheet, as players' preview thumbnails read it.

    `times` (seconds) are those of the tiles, in rows from left to right, and `duration_s` is that of the video.
    """
    clocks = [format_timestamp(round(time * 1000)) for time in (*times, max(duration_s, *times))]
    cues = []
    for place, (start, end) in enumerate(pairwise(clocks)):
        x, y = place % columns * tile_width, place // columns * tile_height
        cues.append(f"{start} --> {end}\n{image_url}#xywh={x},{y},{tile_width},{tile_height}\n")
    return "WEBVTT\n\n" + "\n".join(cues)
