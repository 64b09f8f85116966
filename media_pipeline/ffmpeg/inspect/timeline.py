"""Every packet of one stream: how long it truly is, where its keyframes are, whether anything is there at all.

Headers can lie about length and count; packets cannot play what they do not hold. Used on original files (real
duration, keyframes for a copied rung) and on everything we made (verify).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import Source, VideoStream
from media_pipeline.ffmpeg.inspect.streams import parse_number, parse_signed
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFPROBE_OPTIONS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

_CUT_OFF = "File ended prematurely"  # Matroska written without a length: the only sign of a cut


@dataclass(frozen=True)
class Timeline:
    """Times in seconds on the file's own clock, sizes in bytes. All zero and empty when there was no packet."""

    packets: int = 0
    start_s: float = 0.0
    end_s: float = 0.0  # end of the last packet's presentation
    size_bytes: int = 0
    keyframes: tuple[float, ...] = ()
    largest_gap_s: float = 0.0  # between two neighbouring presentation times

    @property
    def duration_s(self) -> float:
        return max(0.0, self.end_s - self.start_s)

    @property
    def rate(self) -> float:
        """Packets per second; 0 without a duration."""
        return self.packets / self.duration_s if self.duration_s else 0.0

    @property
    def keyframe_gap_s(self) -> float:
        """The longest stretch without a keyframe, the end included; the whole length when there is none."""
        return longest_keyframe_gap(self.keyframes, self.end_s) if self.keyframes else self.duration_s


def longest_keyframe_gap(keyframes: Sequence[float], end_s: float) -> float:
    """Seconds of the longest stretch from one keyframe to the next or to the end; the whole without keyframes."""
    return max((later - earlier for earlier, later in pairwise((*keyframes, end_s))), default=end_s)


def timeline_command(toolchain: Toolchain, path: Path, stream: str, *, demuxer: str = "") -> ProcessCommand:
    """Read all packets of one stream (its index, or "v:0"); `demuxer` forces what the probe found."""
    argv = [
        str(toolchain.ffprobe),
        *FFPROBE_OPTIONS,
        *input_args(demuxer),
        *("-select_streams", stream),
        *("-show_entries", "packet=pts_time,dts_time,duration_time,size,flags"),
        *("-of", "csv=print_section=0"),  # a line per packet: four hours at 60/s are 860 000 of them
        input_name(0),
    ]
    limits = ProcessLimits(wall_s=600, cpu_s=300, stdout_bytes=64 * MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)


def parse_timeline(output: bytes) -> Timeline:
    """ffprobe's packet lines as a `Timeline`. Packets that an edit list throws away do not count."""
    packets = sorted(filter(None, map(_packet, output.decode("ascii", "replace").splitlines())))
    if not packets:
        return Timeline()
    times = [packet[0] for packet in packets]
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return Timeline(
        packets=len(packets),
        start_s=times[0],
        end_s=times[-1] + (packets[-1][1] or usual),
        size_bytes=sum(packet[2] for packet in packets),
        keyframes=tuple(packet[0] for packet in packets if packet[3]),
        largest_gap_s=gaps[-1] if gaps else 0.0,
    )


def _packet(line: str) -> tuple[float, float, int, bool] | None:
    """(time, duration, bytes, keyframe) of one line; None for what is never shown or has no time at all."""
    fields = line.split(",")
    if len(fields) < 5 or "D" in fields[4]:
        return None
    time = fields[0] if fields[0] != "N/A" else fields[1]
    if time == "N/A":
        return None
    return parse_signed(time), parse_number(fields[2]), int(parse_number(fields[3])), fields[4].startswith("K")


def with_timeline(source: Source, timeline: Timeline, stderr: str = "") -> Source:
    """The source with the truth of its packets: duration, frames, rate, keyframes, and warnings where headers lied.

    MediaError(no_decodable_frames) when the main video holds no packet at all.
    """
    if source.video is None or timeline.packets == 0:
        raise MediaError(ErrorCode.NO_DECODABLE_FRAMES, "no packets")
    judged = _judge(source.video.duration_s, timeline.duration_s)
    if _CUT_OFF in stderr:
        judged = (*judged, WarningCode.PARTIAL)
    return replace(
        source,
        duration_s=timeline.duration_s or source.duration_s,
        video=_measured(source.video, timeline),
        keyframes=timeline.keyframes,
        warnings=tuple(dict.fromkeys((*source.warnings, *judged))),
    )


def _judge(said: float, true: float) -> tuple[WarningCode, ...]:
    """What a difference means: a cut file keeps the index of the whole, a lie claims many times more."""
    if said and true < 0.95 * said - 0.2:
        return (WarningCode.DURATION_MISMATCH if said > 100 * max(true, 0.1) else WarningCode.PARTIAL,)
    if said and true > 1.05 * said + 0.5:
        return (WarningCode.DURATION_MISMATCH,)
    return ()


def _measured(video: VideoStream, timeline: Timeline) -> VideoStream:
    # One frame more or less decides nothing; a rate the header does not know, or has 10 % wrong, does.
    average = float(video.fps_avg)
    wrong = timeline.rate > 0 and (not average or abs(timeline.rate / average - 1) > 0.1)
    rate = Fraction(timeline.rate).limit_denominator(1001) if wrong else video.fps_avg
    bitrate = int(timeline.size_bytes * 8 / timeline.duration_s) if timeline.duration_s else 0
    uneven = timeline.packets > 2 and timeline.largest_gap_s > 1.9 / max(timeline.rate, 1e-6)
    return replace(
        video,
        start_s=timeline.start_s,
        duration_s=timeline.duration_s or video.duration_s,
        frames=timeline.packets,
        bitrate=video.bitrate or bitrate,
        fps_avg=rate,
        is_vfr=video.is_vfr or uneven,
    )
