"""Frame rates: from what a phone's clock produced to one constant rate that every rung divides."""

import math
from fractions import Fraction

from media_pipeline.ffmpeg.inspect.source import VideoStream

# What cameras and displays agree on. Below 24 frames a second whole numbers do.
STANDARD_RATES = tuple(
    Fraction(rate)
    for rate in ("5", "6", "8", "10", "12", "25/2", "15", "20", "24000/1001", "24", "25", "30000/1001", "30", "48",
                 "50", "60000/1001", "60")
)  # fmt: skip

MIN_RATE = Fraction(5)  # below it a two-second segment has hardly a frame
DEFAULT_RATE = Fraction(25)
STILL_RATE = Fraction(10)  # of one picture under a sound: enough that seeking is exact
_NEAR = 0.01  # a clock 1 % off its nominal rate: one frame in a hundred is repeated, which is not visible
_FAST_NEAR = 0.025  # of slow motion at 240 or 1000 a second most frames go anyway
_VFR_NEAR = 0.15  # phones drop frames in the dark: 26 to 29 a second mean 30


def constant_rate(video: VideoStream, highest: int) -> Fraction:
    """The constant rate for a stream, at most `highest`, from its average rate; where pictures come unevenly, from
    the rate of most of them: a screen recording moves as smoothly as it was taken, between its pauses."""
    if video.frames == 1:
        return STILL_RATE
    average = video.fps_avg or video.fps_r or DEFAULT_RATE
    if video.is_vfr and video.fps_usual:
        average = video.fps_usual
    parts = _parts(average, highest)
    average /= parts
    near = _nearest(average, _NEAR if parts == 1 else _FAST_NEAR)
    if video.is_vfr and not near:
        # What the camera meant: its finest rate when that is near, else the next standard rate above the average.
        if video.fps_r and 1 <= float(video.fps_r / average) <= 1 + _VFR_NEAR:
            near = _nearest(video.fps_r, _NEAR)
        near = near or next((rate for rate in STANDARD_RATES if 1 <= float(rate / average) <= 1 + _VFR_NEAR), None)
        near = near or _nearest(average, _VFR_NEAR)
    rate = near or average.limit_denominator(1001)
    return min(max(rate, MIN_RATE), Fraction(highest))


def _nearest(rate: Fraction, tolerance: float) -> Fraction | None:
    best = min(STANDARD_RATES, key=lambda standard: abs(standard / rate - 1))
    return best if abs(float(best / rate) - 1) <= tolerance else None


def divide_rate(rate: Fraction, highest: int) -> Fraction:
    """The rate of a small rung: every frame, every second, every third; never a new clock."""
    return rate / _parts(rate, highest)


def _parts(rate: Fraction, highest: int) -> int:
    """By how much to divide a rate that is too high; a clock 1 % fast is not too high."""
    return max(1, math.ceil(rate / (highest * Fraction(101, 100))))


def keyframe_interval(slowest: Fraction, seconds: int) -> Fraction:
    """Seconds between keyframes: whole frames of the slowest rung, so that they coincide in all; never less than
    `seconds`, so that a packager's clock meets a keyframe in each of its intervals."""
    return math.ceil(slowest * seconds) / slowest


def segment_interval(keyframe_s: Fraction, segment_s: int) -> Fraction:
    """Seconds between the keyframes that begin segments: whole multiples of `keyframe_s`, never less than `segment_s`;
    just that where there is no even distance (0)."""
    return keyframe_s * math.ceil(segment_s / keyframe_s) if keyframe_s else Fraction(segment_s)
