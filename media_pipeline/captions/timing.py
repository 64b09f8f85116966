"""The line with the arrow, which WebVTT and SubRip share: `00:00:01.000 --> 00:00:02.500 align:start`."""

from dataclasses import dataclass

from media_pipeline.ffmpeg.timestamps import format_timestamp, parse_timestamp

CUE_ARROW = "-->"
_BLANKS = " \t"


@dataclass(frozen=True)
class CueTiming:
    """Start and end in milliseconds, and the rest of the line (cue settings in WebVTT)."""

    start_ms: int
    end_ms: int
    rest: str


def parse_cue_timing(line: str) -> CueTiming | None:
    """The times of an arrow line; None when it has none."""
    before, arrow, behind = line.partition(CUE_ARROW)
    second, _blank, rest = behind.strip(_BLANKS).replace("\t", " ").partition(" ")
    start, end = parse_timestamp(before.strip(_BLANKS)), parse_timestamp(second)
    if not arrow or start is None or end is None:
        return None
    return CueTiming(start, end, rest.strip())


def format_cue_timing(start_ms: int, end_ms: int, point: str = ".") -> str:
    """The arrow line of a cue; `point` is written before the milliseconds."""
    return f"{format_timestamp(start_ms, point)} {CUE_ARROW} {format_timestamp(end_ms, point)}"
