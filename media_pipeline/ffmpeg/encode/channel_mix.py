"""From any number of channels to two ears: how much of each goes to the left and to the right.

ffmpeg's own mixer refuses some layouts (a hexadecagon, binaural sound, channels without a place). Here every channel
goes somewhere: dialogue as usual to both sides, rear and height to their side, the bass effects (LFE) nowhere.
"""

import re
from collections.abc import Sequence

from media_pipeline.ffmpeg.plan.recipe import Mend

Gains = tuple[float, float]  # of one channel, to the left and to the right

_HALF_POWER = 0.707  # to both sides: as loud as on one
_FRONT: dict[str, Gains] = {
    "FL": (1, 0),
    "FR": (0, 1),
    "FC": (_HALF_POWER, _HALF_POWER),
    "FLC": (0.924, 0.383),
    "FRC": (0.383, 0.924),
    "DL": (1, 0),
    "DR": (0, 1),
    "BIL": (1, 0),
    "BIR": (0, 1),
    "LFE": (0, 0),
    "LFE2": (0, 0),
}
_REAR = ("BL", "BR", "BC", "SL", "SR", "TC", "TFL", "TFC", "TFR", "TBL", "TBC", "TBR")
_UNPLACED: Gains = (_HALF_POWER, _HALF_POWER)  # nobody knows from where, so from the front

CHANNEL_LAYOUTS = {
    name: tuple(channels.split("+"))
    for name, channels in {
        "mono": "FC",
        "stereo": "FL+FR",
        "2.1": "FL+FR+LFE",
        "3.0": "FL+FR+FC",
        "3.0(back)": "FL+FR+BC",
        "4.0": "FL+FR+FC+BC",
        "quad": "FL+FR+BL+BR",
        "quad(side)": "FL+FR+SL+SR",
        "3.1": "FL+FR+FC+LFE",
        "5.0": "FL+FR+FC+BL+BR",
        "5.0(side)": "FL+FR+FC+SL+SR",
        "4.1": "FL+FR+FC+LFE+BC",
        "5.1": "FL+FR+FC+LFE+BL+BR",
        "5.1(side)": "FL+FR+FC+LFE+SL+SR",
        "6.0": "FL+FR+FC+BC+SL+SR",
        "6.0(front)": "FL+FR+FLC+FRC+SL+SR",
        "3.1.2": "FL+FR+FC+LFE+TFL+TFR",
        "hexagonal": "FL+FR+FC+BL+BR+BC",
        "6.1": "FL+FR+FC+LFE+BC+SL+SR",
        "6.1(back)": "FL+FR+FC+LFE+BL+BR+BC",
        "6.1(front)": "FL+FR+LFE+FLC+FRC+SL+SR",
        "7.0": "FL+FR+FC+BL+BR+SL+SR",
        "7.0(front)": "FL+FR+FC+FLC+FRC+SL+SR",
        "7.1": "FL+FR+FC+LFE+BL+BR+SL+SR",
        "7.1(wide)": "FL+FR+FC+LFE+BL+BR+FLC+FRC",
        "7.1(wide-side)": "FL+FR+FC+LFE+FLC+FRC+SL+SR",
        "5.1.2": "FL+FR+FC+LFE+SL+SR+TFL+TFR",
        "5.1.2(back)": "FL+FR+FC+LFE+BL+BR+TFL+TFR",
        "octagonal": "FL+FR+FC+BL+BR+BC+SL+SR",
        "cube": "FL+FR+BL+BR+TFL+TFR+TBL+TBR",
        "5.1.4": "FL+FR+FC+LFE+SL+SR+TFL+TFR+TBL+TBR",
        "7.1.2": "FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR",
        "7.1.4": "FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR+TBL+TBR",
        "7.2.3": "FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR+TBC+LFE2",
        "9.1.4": "FL+FR+FC+LFE+BL+BR+FLC+FRC+SL+SR+TFL+TFR+TBL+TBR",
        "9.1.6": "FL+FR+FC+LFE+BL+BR+FLC+FRC+SL+SR+TFL+TFR+TBL+TBR+TSL+TSR",
        "hexadecagonal": "FL+FR+FC+BL+BR+BC+SL+SR+TFL+TFC+TFR+TBL+TBC+TBR+WL+WR",
        "binaural": "BIL+BIR",
        "downmix": "DL+DR",
        "22.2": "FL+FR+FC+LFE+BL+BR+FLC+FRC+BC+SL+SR+TC+TFL+TFC+TFR+TBL+TBC+TBR+LFE2+TSL+TSR+BFC+BFL+BFR",
    }.items()
}
"""ffmpeg's names of layouts, and the channels of each in their order."""

_AMBISONIC = re.compile(r"ambisonic ([0-9]{1,2})")
_COMMON = {6: "5.1", 8: "7.1"}  # what so many channels are where a file does not say


def mix_expression(channels: int, layout: str, mend: Mend = "", *, changes: bool = False) -> str:
    """The argument of ffmpeg's filter `pan` for `channels` in `layout` (ffmpeg's name, "" when unknown).

    With `changes` the layout is not the same all the time: channels are then called by name, and those that are not
    there count as silent.
    """
    if changes:
        named = {name: channel_gains(name) for name in (*_FRONT, *_REAR) if name != "LFE2"}
        return _expression({name: mend_gains(gains, mend) for name, gains in named.items()})
    gains = layout_gains(channels, layout)
    return _expression({f"c{place}": mend_gains(one, mend) for place, one in enumerate(gains)})


def layout_gains(channels: int, layout: str) -> tuple[Gains, ...]:
    """The gains of each channel, in their order."""
    if channels == 1:
        return ((1, 1),)
    if found := _AMBISONIC.match(layout):
        return _ambisonic_gains(channels, (int(found.group(1)) + 1) ** 2)
    names = CHANNEL_LAYOUTS.get(layout) or _listed_names(layout) or CHANNEL_LAYOUTS.get(_COMMON.get(channels, ""), ())
    if len(names) == channels:
        gains = tuple(map(channel_gains, names))
        return gains if any(map(any, gains)) else (_UNPLACED,) * channels
    # Nobody knows what they are: in turn left and right, the odd one out on both.
    sides = tuple((1.0, 0.0) if place % 2 == 0 else (0.0, 1.0) for place in range(channels - channels % 2))
    return (*sides, *(_UNPLACED,) * (channels % 2))


def channel_gains(name: str) -> Gains:
    """Where a channel of this name (ffmpeg's: "FL", "TBR") belongs."""
    if name in _FRONT:
        return _FRONT[name]
    if name.startswith(("AMBI", "US", "UNK", "UNSD")):
        return _UNPLACED
    return {"L": (_HALF_POWER, 0.0), "R": (0.0, _HALF_POWER)}.get(name[-1:], (0.5, 0.5))


def mend_gains(gains: Gains, mend: Mend) -> Gains:
    """What is mended after mixing, as gains of one channel."""
    left, right = gains
    mended: dict[Mend, Gains] = {
        "left": (left, left),
        "right": (right, right),
        "invert": (left, -right),
        "both": (left + right, left + right),
    }
    return mended.get(mend, gains)


def _ambisonic_gains(channels: int, spheric: int) -> tuple[Gains, ...]:
    """The first two (ACN order) are the sum of all directions, and left against right: two microphones, back to back.

    What comes behind the sphere's own is fixed to the head: stereo.
    """
    heard = ((0.5, 0.5), (0.5, -0.5), *((0.0, 0.0),) * (spheric - 2))[:channels]
    fixed = channels - len(heard)
    return (*heard, *(layout_gains(fixed, "stereo") if fixed else ()))


def _listed_names(layout: str) -> tuple[str, ...]:
    """The names in a layout that ffmpeg spells out: "3 channels (FL+FR+LFE@bass)"."""
    _, _, inside = layout.partition("(")
    listed = inside.rstrip(")")
    return tuple(name.partition("@")[0] for name in listed.split("+")) if "channels" in layout and listed else ()


def _expression(gains: dict[str, Gains]) -> str:
    sides: Sequence[str] = [
        "+".join(f"{one[side]:.6g}*{name}" for name, one in gains.items() if one[side]) for side in (0, 1)
    ]
    # A side without a channel is silent; pan wants one named all the same.
    nothing = f"0*{next(iter(gains))}"
    return f"stereo|c0={sides[0] or nothing}|c1={sides[1] or nothing}".replace("+-", "-")
