"""The storyboard: one sheet of small pictures and the WebVTT that says which of them shows which second."""

import math
from dataclasses import dataclass

COLUMNS = 10
TILES_MAX = 100  # a sheet of 100 small pictures is about 200 kB
TILE_SIDE = 160  # pixels of a tile's longer side


@dataclass(frozen=True)
class Tile:
    """One picture of the sheet: seconds it stands for, and its corner in pixels."""

    start_s: float
    end_s: float
    x: int
    y: int


@dataclass(frozen=True)
class Storyboard:
    """A planned sheet: every `step`-th keyframe, in rows from left to right. Pixels."""

    tiles: tuple[Tile, ...]
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    step: int

    @property
    def times(self) -> tuple[float, ...]:
        """The second each picture was taken at."""
        return tuple(tile.start_s for tile in self.tiles)


def plan_storyboard(keyframes: tuple[float, ...], duration_s: float, width: int, height: int) -> Storyboard:
    """The sheet for a film with these keyframes (seconds, rising; at least one) and this shape in pixels."""
    step = max(1, math.ceil(len(keyframes) / TILES_MAX))
    taken = keyframes[::step]
    columns = min(COLUMNS, len(taken))
    tile_width, tile_height = tile_size(width, height)
    ends = (*taken[1:], max(duration_s, taken[-1]))
    return Storyboard(
        tiles=tuple(
            Tile(start, end, place % columns * tile_width, place // columns * tile_height)
            for place, (start, end) in enumerate(zip(taken, ends, strict=True))
        ),
        tile_width=tile_width,
        tile_height=tile_height,
        columns=columns,
        rows=math.ceil(len(taken) / columns),
        step=step,
    )


def tile_size(width: int, height: int) -> tuple[int, int]:
    """A film's shape with TILE_SIDE on the longer side; even, for 4:2:0."""
    scale = TILE_SIDE / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def storyboard_vtt(board: Storyboard, image_url: str) -> str:
    """WebVTT whose cues are places in the sheet, as players' preview thumbnails read it."""
    cues = [
        f"{_clock(tile.start_s)} --> {_clock(tile.end_s)}\n"
        f"{image_url}#xywh={tile.x},{tile.y},{board.tile_width},{board.tile_height}\n"
        for tile in board.tiles
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
