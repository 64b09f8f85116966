"""Times of TTML: clock times, offsets, frames and ticks, and the parameters that they depend on."""

import re
from dataclasses import dataclass
from fractions import Fraction

_CLOCK = re.compile(r"([0-9]{1,9}):([0-9]{1,2}):([0-9]{1,2})(?:(\.[0-9]{1,9})|:([0-9]{1,6})(?:\.([0-9]{1,6}))?)?")
_OFFSET = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?)(h|ms|m|s|f|t)")
_NUMBERS = re.compile(r"([0-9]{1,9})[ :/]+([0-9]{1,9})")
_MILLISECONDS = {"h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}


@dataclass(frozen=True)
class TtmlClock:
    """How many milliseconds a frame and a tick take."""

    frame_ms: Fraction
    tick_ms: Fraction
    sub_frames: int = 1
    says_rate: bool = True

    def milliseconds(self, text: str) -> int | None:
        """The time; None for a text that is none."""
        text = text.strip()
        if clock := _CLOCK.fullmatch(text):
            hours, minutes, seconds, fraction, frames, sub = clock.groups()
            frame = Fraction(int(frames or 0)) + Fraction(int(sub or 0), self.sub_frames)
            second = (int(hours) * 60 + int(minutes)) * 60 + int(seconds) + Fraction(fraction or 0)
            return round(second * 1000 + frame * self.frame_ms)
        if offset := _OFFSET.fullmatch(text):
            unit = {"f": self.frame_ms, "t": self.tick_ms}.get(offset[2], _MILLISECONDS.get(offset[2], 1))
            return round(Fraction(offset[1]) * unit)
        return None


def parse_ttml_clock(parameters: dict[str, str]) -> TtmlClock:
    """The clock that the attributes of the root element describe; what they leave out is as the standard says."""
    rate = _whole(parameters.get("frameRate", ""))
    numbers = _NUMBERS.fullmatch(parameters.get("frameRateMultiplier", "").strip())
    factor = Fraction(int(numbers[1]) or 1, int(numbers[2]) or 1) if numbers else Fraction(1)
    sub_frames = _whole(parameters.get("subFrameRate", "")) or 1
    frame_ms = 1000 / ((rate or 30) * factor)
    ticks = _whole(parameters.get("tickRate", ""))
    default_ms = frame_ms / sub_frames if rate else Fraction(1000)
    tick_ms = Fraction(1000, ticks) if ticks else default_ms
    return TtmlClock(frame_ms, tick_ms, sub_frames, says_rate=rate > 0)


def _whole(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0
