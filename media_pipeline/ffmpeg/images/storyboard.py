"""The storyboard: one sheet of small pictures and the WebVTT that says which of them shows which second."""

import math
from dataclasses import dataclass
from fractions import Fraction

from media_pipeline.ffmpeg.timestamps import format_timestamp

STORYBOARD_COLUMNS = 10
MAX_TILES = 100  # a sheet of 100 small pictures is about 200 kB
TILE_SIDE = 160  # pixels of a tile's longer side
FEW_KEYFRAMES = 20  # with fewer a film is short enough to look at between them
DENSE_INTERVAL_S = 0.5


@dataclass(frozen=True)
class StoryboardTile:
    """One picture of the sheet: seconds it stands for, and its corner in pixels."""

    start_s: float
    end_s: float
    x: int
    y: int


@dataclass(frozen=True)
class StoryboardPlan:
    """A planned sheet: every `step`-th keyframe (frame, when `dense`), in rows from left to right. Pixels."""

    tiles: tuple[StoryboardTile, ...]
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    step: int
    dense: bool = False

    @property
    def times(self) -> tuple[float, ...]:
        """The second each picture was taken at."""
        return tuple(tile.start_s for tile in self.tiles)


def plan_storyboard(
    keyframes: tuple[float, ...], duration_s: float, width: int, height: int, *, fps: Fraction = Fraction(0)
) -> StoryboardPlan:
    """The sheet for a film with these keyframes (seconds, rising; at least one) and this shape in pixels.

    A short film whose `fps` is given gets a picture every half second: its few keyframes may all be black.
    """
    dense = len(keyframes) < FEW_KEYFRAMES and fps > 0
    marks = _dense_marks(duration_s, fps) if dense else keyframes
    step = max(1, math.ceil(len(marks) / MAX_TILES))
    taken = marks[::step]
    columns = min(STORYBOARD_COLUMNS, len(taken))
    tile_width, tile_height = tile_size(width, height)
    ends = (*taken[1:], max(duration_s, taken[-1]))
    return StoryboardPlan(
        tiles=tuple(
            StoryboardTile(start, end, place % columns * tile_width, place // columns * tile_height)
            for place, (start, end) in enumerate(zip(taken, ends, strict=True))
        ),
        tile_width=tile_width,
        tile_height=tile_height,
        columns=columns,
        rows=math.ceil(len(taken) / columns),
        step=_frames_apart(fps) if dense else step,
        dense=dense,
    )


def _frames_apart(fps: Fraction) -> int:
    return max(1, round(fps * Fraction(DENSE_INTERVAL_S)))


def _dense_marks(duration_s: float, fps: Fraction) -> tuple[float, ...]:
    """Times of every so many frames. The last frame is left alone: a length rounded up would plan one too many."""
    frames = max(1, int(duration_s * fps) - 1)
    return tuple(float(frame / fps) for frame in range(0, frames, _frames_apart(fps)))


def tile_size(width: int, height: int) -> tuple[int, int]:
    """A film's shape with TILE_SIDE on the longer side; even, for 4:2:0."""
    scale = TILE_SIDE / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def write_storyboard_vtt(board: StoryboardPlan, image_url: str) -> str:
    """WebVTT whose cues are places in the sheet, as players' preview thumbnails read it."""
    cues = [
        f"{format_timestamp(round(tile.start_s * 1000))} --> {format_timestamp(round(tile.end_s * 1000))}\n"
        f"{image_url}#xywh={tile.x},{tile.y},{board.tile_width},{board.tile_height}\n"
        for tile in board.tiles
    ]
    return "WEBVTT\n\n" + "\n".join(cues)
