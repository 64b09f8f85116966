"""What the levels of left and right say: a microphone in one channel only, a cable wired the wrong way round.

Decided by measurement, over the whole sound, with thresholds that no stereo mix comes near to.
"""

from collections.abc import Sequence
from typing import NamedTuple

from media_pipeline.ffmpeg.plan.recipe import Mend

ONE_SIDED = 100.0  # of power, 20 dB: what is left on the other side is crosstalk and hiss
OUT_OF_PHASE = 10.0  # the difference of both sides is 10 dB above their sum: phones that add them play next to nothing
APART = 16.0  # 12 dB between the sides: at this moment somebody speaks into one microphone alone
APART_SHARE, EACH_SHARE = 0.8, 0.1  # of the moments with sound: one after the other, and both do speak
_QUIET = 0.1  # of the mean power: pauses decide nothing
_HEARD = 1e-6  # mean power, -60 dB


class Window(NamedTuple):
    """Mean power (1.0 for full scale) of a moment: left, right, half their sum, half their difference."""

    left: float
    right: float
    middle: float
    side: float


def find_mend(windows: Sequence[Window]) -> Mend:
    """What has to be done so that both ears hear what was recorded; "" for ordinary stereo and for silence."""
    if not windows:
        return ""
    left, right, middle, side = (sum(one) / len(windows) for one in zip(*windows, strict=True))
    if max(left, right) < _HEARD:
        return ""
    if left > ONE_SIDED * right:
        return "left"
    if right > ONE_SIDED * left:
        return "right"
    if side > OUT_OF_PHASE * middle:
        return "invert"
    return "both" if _speak_in_turn(windows, left + right) else ""


def _speak_in_turn(windows: Sequence[Window], mean: float) -> bool:
    """Whether two microphones, one on each side, are heard one after the other."""
    loud = [one for one in windows if one.left + one.right > _QUIET * mean]
    on_left = sum(one.left > APART * one.right for one in loud)
    on_right = sum(one.right > APART * one.left for one in loud)
    enough = EACH_SHARE * len(loud)
    return on_left + on_right >= APART_SHARE * len(loud) and min(on_left, on_right) >= enough
