"""Every packet of a file: how long it truly is, where its keyframes are, whether anything is there at all.

Headers can lie about length and count; packets cannot play what they do not hold. Used on original files (real
duration on one clock, keyframes for a copied rung) and on everything we made (verify).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, median_low

from media_pipeline.ffmpeg.inspect.clock import HOLE_WITH_SOUND_S, STRAY_S, Packet
from media_pipeline.ffmpeg.inspect.stray_times import REORDERED_PACKETS
from media_pipeline.ffmpeg.inspect.streams import parse_number, parse_signed
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFPROBE_OPTIONS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

_REORDERED_S = 1.0  # a picture is decoded at most so long before it is shown
_USUAL = 0.25  # a gap that differs less from the median is a usual one: Matroska counts in milliseconds


@dataclass(frozen=True)
class Timeline:
    """Times in seconds, sizes in bytes. All zero and empty when there was no packet."""

    packets: int = 0
    start_s: float = 0.0
    end_s: float = 0.0  # end of the last packet's presentation
    size_bytes: int = 0
    keyframes: tuple[float, ...] = ()
    group_bytes: tuple[int, ...] = ()  # of the packets from each keyframe to the next
    largest_gap_s: float = 0.0  # between two neighbouring presentation times
    smallest_gap_s: float = 0.0
    usual_gap_s: float = 0.0  # of most of them

    @property
    def duration_s(self) -> float:
        return max(0.0, self.end_s - self.start_s)

    @property
    def rate(self) -> float:
        """Packets per second; 0 without a duration."""
        return self.packets / self.duration_s if self.duration_s else 0.0

    @property
    def usual_rate(self) -> Fraction:
        """Packets per second where they follow each other as most of them do; 0 when unknown."""
        return Fraction(1 / self.usual_gap_s).limit_denominator(1001) if self.usual_gap_s > 1e-5 else Fraction(0)

    @property
    def keyframe_gap_s(self) -> float:
        """The longest stretch without a keyframe, the end included; the whole length when there is none."""
        return longest_keyframe_gap(self.keyframes, self.end_s) if self.keyframes else self.duration_s


def longest_keyframe_gap(keyframes: Sequence[float], end_s: float) -> float:
    """Seconds of the longest stretch from one keyframe to the next or to the end; the whole without keyframes."""
    return max((later - earlier for earlier, later in pairwise((*keyframes, end_s))), default=end_s)


def timeline_command(
    toolchain: Toolchain, path: Path, stream: str = "", *, demuxer: str = "", decoders: Iterable[str] = ()
) -> ProcessCommand:
    """Read all packets of one stream ("v:0"), or of all; `demuxer` forces what the probe found, `decoders` are those
    that ffprobe may open beside the usual ones."""
    argv = [
        str(toolchain.ffprobe),
        *FFPROBE_OPTIONS,
        *input_args(demuxer, decoders),
        *(("-select_streams", stream) if stream else ()),
        *("-show_entries", "packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags"),
        *("-of", "csv=print_section=0"),  # a line per packet: four hours at 60/s are 860 000 of them, and their sound
        input_name(0),
    ]
    limits = ProcessLimits(wall_s=600, cpu_s=300, stdout_bytes=160 * MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)


def parse_packets(output: bytes) -> dict[int, list[Packet]]:
    """ffprobe's packet lines as packets in the order of the file, by stream.

    What has no time at all gets one at the beginning, and is left out elsewhere.
    """
    found: dict[int, list[Packet]] = {}
    untimed: dict[int, list[Packet]] = {}
    unshown: set[int] = set()  # streams of which some packets have no presentation time: VOB
    dated: set[int] = set()  # those of which a decoding time was seen
    for order, line in enumerate(output.decode("ascii", "replace").splitlines()):
        fields = line.split(",")
        if len(fields) < 7 or not fields[0].isdecimal():
            continue
        stream, is_shown, is_dated = int(fields[0]), fields[1] != "N/A", fields[2] != "N/A"
        packets = (found if is_shown or is_dated else untimed).setdefault(stream, [])
        packet = _parse_packet(order, fields, packets)
        if is_dated and not is_shown:
            unshown.add(stream)
        if is_dated and stream not in dated:
            dated.add(stream)
            # Matroska leaves out the decoding times of a beginning that is reordered.
            packets[:] = [one._replace(decoded_s=min(one.decoded_s, packet.decoded_s)) for one in packets]
        packets.append(packet)
    for stream in unshown:
        found[stream] = _in_decoding_order(found[stream])
    streams = sorted({*found, *untimed})
    timed = {stream: _with_durations(found.get(stream, []), alone=len(streams) == 1) for stream in streams}
    return {stream: _with_beginning(untimed.get(stream, ()), packets) for stream, packets in timed.items()}


def _parse_packet(order: int, fields: Sequence[str], before: Sequence[Packet]) -> Packet:
    """One line of ffprobe's; `before` are the packets of its stream so far."""
    is_shown, is_dated = fields[1] != "N/A", fields[2] != "N/A"
    shown_s = parse_signed(fields[1] if is_shown else fields[2])
    return Packet(
        order,
        shown_s,
        decoded_s=parse_signed(fields[2]) if is_dated else _decoding_time(shown_s, before),
        duration_s=parse_number(fields[3]),
        size=int(parse_number(fields[4])),
        keyframe=fields[6].startswith("K"),
        shown="D" not in fields[6],
        untimed=not (is_shown or is_dated),
        position=int(fields[5]) if fields[5].isdecimal() else -1,
        corrupt="C" in fields[6],
    )


def _decoding_time(shown_s: float, before: Sequence[Packet]) -> float:
    """A decoding time for a packet without one: never later than its own, since presentation goes back and forth."""
    if before and abs(shown_s - before[-1].decoded_s) <= 2 * _REORDERED_S:
        return before[-1].decoded_s
    return shown_s - _REORDERED_S


def _in_decoding_order(packets: Iterable[Packet]) -> list[Packet]:
    """Where not every presentation time is known none is used: the pictures are as many, and as far apart."""
    packets = list(packets)
    late_s = next((packet.shown_s - packet.decoded_s for packet in packets if packet.keyframe), 0.0)
    return [packet._replace(shown_s=packet.decoded_s + late_s) for packet in packets]


def _with_durations(packets: list[Packet], *, alone: bool) -> list[Packet]:
    """The same with a duration each, and none that is longer than the longest hole."""
    times = sorted(packet.shown_s for packet in packets)
    usual_s = _usual_gap([later - earlier for earlier, later in pairwise(times)])
    longest_s = STRAY_S if alone else HOLE_WITH_SOUND_S
    return [
        packet
        if 0 < packet.duration_s <= longest_s
        else packet._replace(duration_s=usual_s, overlong=packet.duration_s > longest_s)
        for packet in packets
    ]


def _with_beginning(untimed: Sequence[Packet], packets: list[Packet]) -> list[Packet]:
    """The packets of a stream with those at the beginning that have no time: shown one by one before the others.

    Matroska can put pictures before zero, and ffmpeg takes no such time. Where all are there, they begin at zero.
    """
    if not untimed or (packets and packets[0].order < untimed[0].order):
        return packets
    times = sorted(packet.shown_s for packet in packets)
    each_s = _usual_gap([b - a for a, b in pairwise(times)]) or median(packet.duration_s for packet in untimed)
    if not each_s:
        return packets
    near = packets[:REORDERED_PACKETS]
    early = [packet for packet in untimed if not near or packet.order < near[-1].order]
    start_s = times[0] if times else len(early) * each_s
    decoded_s = min((packet.decoded_s for packet in near), default=0.0)
    placed = (
        packet._replace(shown_s=start_s - each_s * left, decoded_s=decoded_s, duration_s=each_s)
        for packet, left in zip(early, range(len(early), 0, -1), strict=True)
    )
    return sorted((*placed, *packets))


def _usual_gap(gaps: Sequence[float]) -> float:
    """Seconds between most neighbours: the mean of what is near to the median. 0.0 without any."""
    positive = [gap for gap in gaps if gap > 0]
    if not positive:
        return 0.0
    middle = median_low(positive)
    return fmean(gap for gap in positive if abs(gap - middle) <= _USUAL * middle)


def make_timeline(packets: Iterable[Packet]) -> Timeline:
    """One stream's packets as a `Timeline`. Packets that an edit list throws away do not count."""
    shown = sorted((packet for packet in packets if packet.shown), key=lambda packet: packet.shown_s)
    if not shown:
        return Timeline()
    gaps = [later.shown_s - earlier.shown_s for earlier, later in pairwise(shown)]
    return Timeline(
        packets=len(shown),
        start_s=shown[0].shown_s,
        end_s=shown[-1].shown_s + shown[-1].duration_s,
        size_bytes=sum(packet.size for packet in shown),
        keyframes=tuple(packet.shown_s for packet in shown if packet.keyframe),
        group_bytes=_group_bytes(shown),
        largest_gap_s=max(gaps, default=0.0),
        smallest_gap_s=min(gaps, default=0.0),
        usual_gap_s=_usual_gap(gaps),
    )


def _group_bytes(shown: Iterable[Packet]) -> tuple[int, ...]:
    groups: list[int] = []
    for packet in shown:
        if packet.keyframe:
            groups.append(0)
        if groups:
            groups[-1] += packet.size
    return tuple(groups)


def parse_timeline(output: bytes) -> Timeline:
    """ffprobe's packet lines of one stream as a `Timeline`."""
    return make_timeline(next(iter(parse_packets(output).values()), ()))
