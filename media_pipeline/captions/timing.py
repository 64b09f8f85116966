"""The line with the arrow, which WebVTT and SubRip share: `00:00:01.000 --> 00:00:02.500 align:start`."""

import re
from dataclasses import dataclass

CUE_ARROW = "-->"
# Tolerant on purpose: hours may be missing or long, "," or "." before the fraction, which may be missing too.
_CLOCK = r"(?:([0-9]{1,12}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,3})[0-9]{0,6})?"
_LINE = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?:[ \t]+(.*))?[ \t]*")


@dataclass(frozen=True)
class CueTiming:
    """Start and end in milliseconds, and whatever stood behind them on the line."""

    start_ms: int
    end_ms: int
    rest: str


def parse_cue_timing(line: str) -> CueTiming | None:
    """The times of an arrow line; None when it is none, or when its clock shows minute or second 60 and more."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    groups = match.groups(default="")
    start, end = _milliseconds(groups[0:4]), _milliseconds(groups[4:8])
    if start is None or end is None:
        return None
    return CueTiming(start, end, groups[8].strip())


def _milliseconds(groups: tuple[str, ...]) -> int | None:
    hours, minutes, seconds, fraction = groups
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0") if fraction else 0)
