"""The clock of a recording: what its timestamps mean where they jump, and the one timeline of picture and sound.

Recorders pause, streams restart, files are joined byte by byte, and single frames carry a wrong time: a film is as
long as its frames say, not from the smallest timestamp to the largest. `film_clocks` splits each stream where its
timestamps jump (`Stretch`), puts stretches of picture and sound that belong together side by side, and each such
group behind the one before it in the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from media_pipeline.ffmpeg.inspect.source import ClockRun

TOUCHING_S = 0.1  # what begins so little after the end of another has a time in common with it
BACK_S = 0.05  # decoding times never go back; less may be rounding, and no filter could tell (clock_filters.py)
# Formats of recorders and broadcasters, whose clocks may jump at any time (ISO/IEC 13818-1, discontinuity_indicator).
JUMPING_FORMATS = frozenset({"mpegts", "mpeg"})
JUMP_S = 1.0  # in these a hole in all streams is none of the film
# Elsewhere a hole is meant, if it is not too long: a screen recorder writes a picture when something changes.
HOLE_WITH_SOUND_S = 10.0  # sound stops as well: a pause of the recorder
FAR_S = 600.0  # clocks this far apart have nothing to do with each other
STRAY_S = 30.0  # in front of one or two last pictures
STRAY_PICTURES = 2
LEAD_S = 0.025  # sound that starts so little before the picture loses that much: half a frame, or an encoder's priming
TURN_PACKETS = 64  # of one stream before the other's turn: a second of sound
MAX_STRETCHES = 300  # beyond that a stream's clock says nothing


class Packet(NamedTuple):  # a tuple, since films have hundreds of thousands and somebody waits for a preview
    """One packet. `order` is its place in the file, `shown_s` its presentation and `decoded_s` its decoding time in
    seconds on the stream's own clock; `shown` is False for what an edit list throws away."""

    order: int
    shown_s: float
    decoded_s: float
    duration_s: float
    size: int
    keyframe: bool
    shown: bool = True
    overlong: bool = False  # it claimed to stay longer than any hole; `duration_s` is the usual one
    stray_s: float | None = None  # the wrong presentation time that the file has, where `shown_s` was mended
    untimed: bool = False  # the file names no time for it; `shown_s` is where it belongs
    position: int = -1  # byte of the file at which it starts, where that is known
    corrupt: bool = False  # the demuxer missed a part of it


@dataclass(frozen=True)
class Stretch:
    """Packets of one stream between two jumps of its clock, in the order in which they are shown."""

    stream: int
    packets: tuple[Packet, ...]

    @cached_property
    def first(self) -> int:
        return min(packet.order for packet in self.packets)

    @cached_property
    def last(self) -> int:
        return max(packet.order for packet in self.packets)

    @property
    def start_s(self) -> float:
        return self.packets[0].shown_s

    @cached_property
    def end_s(self) -> float:
        return max(packet.shown_s + packet.duration_s for packet in self.packets)

    def is_timely(self, other: "Stretch") -> bool:
        """Whether the two have a time in common; sound and picture that touch count."""
        return self.start_s <= other.end_s + TOUCHING_S and other.start_s <= self.end_s + TOUCHING_S

    def shared_packets(self, other: "Stretch") -> int:
        """How much of the file the two share, in packets; what a muxer writes in turns counts as side by side."""
        return max(0, min(self.last, other.last) - max(self.first, other.first) + 1 + TURN_PACKETS)


@dataclass(frozen=True)
class ClockedStream:
    """One stream on the film's clock: what is added to its timestamps, and its packets with the sum."""

    runs: tuple[ClockRun, ...]
    packets: tuple[Packet, ...]


Group = Sequence[Stretch]


def film_clocks(streams: Mapping[int, Sequence[Packet]], container: str, video: int) -> dict[int, ClockedStream] | None:
    """Each stream (index to shown packets in the order of the file) on the film's clock.

    On that clock the earliest picture or sound is at 0.0. `container` is the demuxer's name, `video` the index of
    the picture. None when the clocks jump without end: then frames are counted.
    """
    jump_s = JUMP_S if container in JUMPING_FORMATS else HOLE_WITH_SOUND_S if len(streams) > 1 else STRAY_S
    stretches = {stream: split_at_jumps(stream, packets, jump_s) for stream, packets in streams.items() if packets}
    if any(len(one) > MAX_STRETCHES for one in stretches.values()):
        return None
    for stream, one in stretches.items():
        if stream != video and _have_nothing_in_common(one, stretches.get(video, ())):
            rest = {other: packets for other, packets in streams.items() if other != stream}
            both = [film_clocks(part, container, video) for part in (rest, {stream: streams[stream]})]
            return {stream: clocked for part in both for stream, clocked in (part or {}).items()}
    groups = _group(stretches)
    shifts: dict[int, float] = {}  # by id of the stretch
    ends: dict[int, float] = {}  # by stream, on the film's clock
    for place, group in enumerate(groups):
        shift_s = _shift(group, groups[place - 1] if place else (), ends, shifts, container, video)
        for stretch in group:
            shifts[id(stretch)] = shift_s
            ends[stretch.stream] = max(ends.get(stretch.stream, 0.0), stretch.end_s + shift_s)
    for one in stretches.values():
        for before, stretch in pairwise(one):
            if id(stretch) not in shifts:  # a stray one: right behind its predecessor
                shifts[id(stretch)] = before.end_s + shifts[id(before)] - stretch.start_s
    return {
        stream: ClockedStream(_clock_runs(one, shifts), tuple(_on_film(one, shifts)))
        for stream, one in stretches.items()
    }


def split_at_jumps(stream: int, packets: Iterable[Packet], jump_s: float) -> list[Stretch]:
    """The packets of one stream, in the order of the file, as stretches without a jump; `jump_s` is that forward.

    Decoding times show where a clock goes back, presentation times where it goes on: an encoder that reorders decodes
    the first pictures behind a hole with times from before it.
    """
    found: list[list[Packet]] = []
    for run in _split_where_clock_goes_back(packets):
        before: Packet | None = None
        for packet in sorted(run, key=lambda one: one.shown_s):
            if before is None or packet.shown_s > before.shown_s + before.duration_s + jump_s:
                found.append([])
            found[-1].append(packet)
            before = packet
    return [Stretch(stream, tuple(one)) for one in found]


def _split_where_clock_goes_back(packets: Iterable[Packet]) -> list[list[Packet]]:
    runs: list[list[Packet]] = []
    for packet in packets:
        if not runs or packet.decoded_s < runs[-1][-1].decoded_s - BACK_S:
            runs.append([])
        runs[-1].append(packet)
    return runs


def _have_nothing_in_common(one: Group, other: Group) -> bool:
    """Whether sound and picture count from different beginnings: side by side in the file, hours apart in time."""
    apart = all(max(a.start_s - b.end_s, b.start_s - a.end_s) > FAR_S for a in one for b in other)
    return bool(other) and apart and one[0].shared_packets(other[0]) > 0


def _group(stretches: Mapping[int, Group]) -> list[list[Stretch]]:
    """Stretches that share a clock, group by group in the order of the file; strays are in none.

    Each stretch belongs to the one of the other stream with which it shares most of the file, if they have a time in
    common.
    """
    flat = [stretch for one in stretches.values() for stretch in one]
    groups = [[stretch] for stretch in flat]
    pairs: list[tuple[int, Stretch, Stretch]] = []
    for one in flat:
        others = (other for other in flat if other.stream != one.stream and one.is_timely(other))
        partner = max(others, key=one.shared_packets, default=None)
        if partner is not None and one.shared_packets(partner):
            pairs.append((one.shared_packets(partner), one, partner))
    for _, one, partner in sorted(pairs, key=lambda pair: -pair[0]):
        mine, other = (next(group for group in groups if stretch in group) for stretch in (one, partner))
        if mine is not other and _have_one_clock([*mine, *other]):
            groups.remove(other)
            mine.extend(other)
    groups.sort(key=lambda group: min(stretch.first for stretch in group))
    return [group for group in groups if not any(_is_stray(group, other) for other in groups)]


def _have_one_clock(group: Group) -> bool:
    """Whether each stream's stretches follow each other in time as they do in the file: one clock never goes back."""
    for _, one in groupby(sorted(group, key=lambda s: (s.stream, s.first)), key=lambda s: s.stream):
        if any(after.start_s <= before.start_s for before, after in pairwise(one)):
            return False
    return True


def _is_stray(group: Group, other: Group) -> bool:
    """Whether a group is a piece of one stream inside another group: frames with a wrong time."""
    streams = {stretch.stream for stretch in group}
    same = [stretch for stretch in other if stretch.stream in streams]
    if other is group or len(streams) > 1 or not same:
        return False
    # Beside a hole an encoder that reorders mixes the last pictures in front of it with the first ones behind it.
    if group[-1].end_s <= min(s.start_s for s in same) and group[0].first <= min(s.first for s in same) + TURN_PACKETS:
        return False
    if group[0].start_s >= max(s.end_s for s in same) and group[-1].last >= max(s.last for s in same) - TURN_PACKETS:
        return False
    return min(stretch.first for stretch in same) < group[0].first and max(s.last for s in same) > group[-1].last


def _shift(
    group: Group,
    before: Group,
    ends: Mapping[int, float],
    shifts: Mapping[int, float],
    container: str,
    video: int,
) -> float:
    """What is added to the timestamps of a group that follows `before`; `ends` are those of the streams so far."""
    start_s = min(stretch.start_s for stretch in group)
    if not before:
        pictures_s = min((stretch.start_s for stretch in group if stretch.stream == video), default=start_s)
        return -pictures_s if pictures_s - start_s <= LEAD_S else -start_s
    hole_s = start_s - max(stretch.end_s for stretch in before)
    if hole_s >= -TOUCHING_S and _is_meant(hole_s, group, before, container):
        return shifts[id(before[0])]
    known = [ends[stretch.stream] - stretch.start_s for stretch in group if stretch.stream in ends]
    return max(known, default=max(ends.values()) - start_s)


def _is_meant(hole_s: float, group: Group, before: Group, container: str) -> bool:
    """Whether a hole in front of a group, in which no stream has anything, belongs to the film."""
    if container in JUMPING_FORMATS:
        return False
    if len({stretch.stream for stretch in group} & {stretch.stream for stretch in before}) > 1:
        return hole_s <= HOLE_WITH_SOUND_S
    if sum(len(stretch.packets) for stretch in group) <= STRAY_PICTURES:
        return hole_s <= STRAY_S
    return True


def _clock_runs(stretches: Iterable[Stretch], shifts: Mapping[int, float]) -> tuple[ClockRun, ...]:
    """Neighbours with the same shift become one run; a packet with a wrong time is a run of its own."""
    runs: list[ClockRun] = []
    first_s = last_s = 0.0
    run_s: float | None = None  # the shift of the run that goes on
    for stretch in stretches:
        shift_s = round(shifts[id(stretch)], 6)
        for packet in stretch.packets:
            time_s, own_s = packet.shown_s, shift_s
            if packet.stray_s is not None:
                time_s, own_s = packet.stray_s, round(packet.shown_s + shift_s - packet.stray_s, 6)
            if run_s != own_s or time_s < last_s:
                if run_s is not None:
                    runs.append(ClockRun(first_s, last_s, run_s))
                first_s, run_s = time_s, own_s
            last_s = time_s
    return (*runs, ClockRun(first_s, last_s, run_s)) if run_s is not None else ()


def _on_film(stretches: Iterable[Stretch], shifts: Mapping[int, float]) -> Iterator[Packet]:
    for stretch in stretches:
        shift_s = shifts[id(stretch)]
        yield from (packet._replace(shown_s=packet.shown_s + shift_s) for packet in stretch.packets)
