"""What the packets of a file say of its film: one clock for picture and sound, and where the header was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect import audio_only
from media_pipeline.ffmpeg.inspect.claims import claimed_lengths
from media_pipeline.ffmpeg.inspect.clock import JUMPING_FORMATS, ClockedStream, Packet, film_clocks
from media_pipeline.ffmpeg.inspect.source import AudioStream, ClockRun, Source, VideoStream
from media_pipeline.ffmpeg.inspect.stray_times import (
    guess_decoding_times,
    mend_stray_times,
    move_before_zero,
    rejoin_wraps,
    unwrap_beginning,
)
from media_pipeline.ffmpeg.inspect.timeline import Timeline, make_timeline

_CUT_OFF = "File ended prematurely"  # Matroska written without a length: the only sign of a cut
_MOST = 0.95  # packets of sound
_EVEN = 0.5  # pictures nearer to each other, or further apart, than this part of a frame do not come at a constant rate


def with_film_timeline(source: Source, packets: Mapping[int, Sequence[Packet]], stderr: str = "") -> Source:
    """The source with the truth of its packets: times on the film's clock, frames, rate, keyframes, and warnings where
    headers lied. `packets` are those of the file, by stream.

    MediaError(no_decodable_frames) when the main stream holds no packet at all.
    """
    if source.video is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    alone = audio_only.is_audio_only(source)
    index = source.video.index
    if source.container in JUMPING_FORMATS:
        used = {stream.index for stream in (source.video, source.audio, source.described) if stream is not None}
        read = {stream: unwrap_beginning(one, source.start_s) for stream, one in packets.items() if stream in used}
        packets = rejoin_wraps(read)
    if source.container != "matroska":  # elsewhere times are missing since parts are
        packets = {stream: [packet for packet in one if not packet.untimed] for stream, one in packets.items()}
    elif any(packet.untimed for packet in packets.get(index, ())):
        packets = {stream: move_before_zero(one) for stream, one in packets.items()}
    packets = {stream: mend_stray_times(one) for stream, one in packets.items()}
    if source.container == "matroska":
        packets = {stream: guess_decoding_times(one) for stream, one in packets.items()}
    sounds = [sound for sound in (source.audio, source.described) if sound is not None]
    chosen = {} if alone else {index: decodable_pictures(packets.get(index, ()))}
    chosen |= {sound.index: [packet for packet in packets.get(sound.index, ()) if packet.shown] for sound in sounds}
    if not chosen.get(sounds[0].index if alone else index):
        raise MediaError(ErrorCode.NO_DECODABLE_FRAMES, "no packets")
    clocks = film_clocks(chosen, source.container, index)
    counted = clocks is None
    clocks = clocks or {stream: _count(one) for stream, one in chosen.items()}
    measured = replace(
        source,
        start_s=0.0,
        audio=_measure_audio(source.audio, clocks, counted=counted),
        described=_measure_audio(source.described, clocks, counted=counted),
    )
    if alone:
        return _with_sound_alone(measured)
    return _with_picture(measured, packets[index], clocks[index], counted=counted, stderr=stderr)


def decodable_pictures(packets: Sequence[Packet]) -> list[Packet]:
    """What a decoder can show of a video from its beginning: nothing before the first keyframe, in either order."""
    first = next((place for place, packet in enumerate(packets) if packet.keyframe), None)
    if first is None:
        return [packet for packet in packets if packet.shown]
    start_s = packets[first].shown_s
    following = next((p.order for p in packets[first + 1 :] if p.keyframe), packets[-1].order + 1)
    return [
        packet
        for packet in packets[first:]
        if packet.shown and (packet.order >= following or packet.shown_s >= start_s)
    ]


def _count(packets: Sequence[Packet]) -> ClockedStream:
    """Packets one behind the other, for clocks that say nothing."""
    starts = accumulate((packet.duration_s for packet in packets), initial=0.0)
    return ClockedStream((), tuple(p._replace(shown_s=start) for p, start in zip(packets, starts, strict=False)))


def _measure_audio(
    audio: AudioStream | None, clocks: Mapping[int, ClockedStream], *, counted: bool
) -> AudioStream | None:
    if audio is None or audio.index not in clocks:
        return audio
    clocked = clocks[audio.index]
    heard = make_timeline(clocked.packets)
    return replace(
        audio,
        start_s=heard.start_s,
        duration_s=heard.duration_s,
        clock=clocked.runs,
        counted=counted,
        jitter_s=_jitter(clocked.packets),
    )


def _jitter(packets: Sequence[Packet]) -> float:
    """Seconds between most packets and the end of the one before; few are further from it, or nearer, for a reason."""
    off = sorted(abs(later.shown_s - earlier.shown_s - earlier.duration_s) for earlier, later in pairwise(packets))
    return off[int(_MOST * len(off))] if off else 0.0


def _with_sound_alone(source: Source) -> Source:
    assert source.audio is not None  # noqa: S101 - with_waveform was given one
    return audio_only.with_waveform(replace(source, duration_s=source.audio_end_s))


def _with_picture(
    source: Source, packets: Sequence[Packet], clocked: ClockedStream, *, counted: bool, stderr: str
) -> Source:
    assert source.video is not None  # noqa: S101 - with_film_timeline refused it
    timeline = make_timeline(clocked.packets)
    if counted or len(clocked.runs) > 1:
        judged: tuple[WarningCode, ...] = (WarningCode.CLOCK_MENDED,)  # a length by that clock says nothing
    else:
        before_zero_s = -clocked.runs[0].first_s if clocked.packets[0].untimed else 0.0  # no header counts it
        judged = _judge(source.video, timeline.duration_s - before_zero_s) or _judge_whole(source, timeline.duration_s)
    if _CUT_OFF in stderr:
        judged = (*judged, WarningCode.PARTIAL)
    late_s = source.video.held_back * timeline.usual_gap_s if source.container == "avi" else 0.0
    video = replace(
        _measure_video(source.video, timeline),
        clock=_decoder_clock(clocked.runs, late_s),
        counted=counted,
        untimed=sum(packet.untimed for packet in clocked.packets),
        open_gops=_has_open_gops(packets),
        overlong=any(packet.overlong for packet in clocked.packets[-1:]),
        trimmed=any(not packet.shown for packet in packets),
    )
    return replace(
        source,
        duration_s=timeline.duration_s or source.duration_s,
        video=video,
        claimed=source.claimed or source.video,
        keyframes=timeline.keyframes,
        group_bytes=timeline.group_bytes,
        warnings=tuple(dict.fromkeys((*source.warnings, *judged))),
    )


def _decoder_clock(runs: Sequence[ClockRun], late_s: float) -> tuple[ClockRun, ...]:
    """The clock of pictures that a decoder gives out `late_s` seconds after their time.

    AVI has a place for each picture and no times: the first place is that of the first picture shown, as players take
    it. ffmpeg's decoders, which hold pictures back to put them in order, name the place of the one that came last.
    """
    return tuple(ClockRun(run.first_s + late_s, run.last_s + late_s, run.shift_s - late_s) for run in runs)


def _has_open_gops(packets: Sequence[Packet]) -> bool:
    """Whether pictures follow a keyframe in the file that are shown before it: they need the pictures before."""
    key_s: float | None = None
    for packet in packets:
        if packet.keyframe:
            key_s = packet.shown_s
        elif key_s is not None and packet.shown_s < key_s:
            return True
    return False


def _judge(claimed: VideoStream, true: float) -> tuple[WarningCode, ...]:
    """What a difference means: a cut file keeps the index of the whole, a lie claims many times more."""
    said = claimed.duration_s
    if not said or any(0.95 * length_s - 0.2 <= true <= 1.05 * length_s + 0.5 for length_s in claimed_lengths(claimed)):
        return ()
    is_cut = true < said <= 100 * max(true, 0.1)
    return (WarningCode.PARTIAL if is_cut else WarningCode.DURATION_MISMATCH,)


def _judge_whole(source: Source, true: float) -> tuple[WarningCode, ...]:
    """Flash names one length for all: its last picture or its last sound may be what reaches it."""
    assert source.video is not None  # noqa: S101 - with_film_timeline refused it
    if source.container != "flv" or source.video.duration_s:
        return ()
    return _judge(replace(source.video, duration_s=source.duration_s), max(true, source.audio_end_s))


def _measure_video(video: VideoStream, timeline: Timeline) -> VideoStream:
    # One frame more or less decides nothing; a rate the header does not know, or has 10 % wrong, does.
    average, usual = float(video.fps_avg), _exact_rate(timeline.usual_rate, video)
    wrong = timeline.rate > 0 and (not average or abs(timeline.rate / average - 1) > 0.1)
    rate = Fraction(timeline.rate).limit_denominator(1001) if wrong else video.fps_avg
    measured = int(timeline.size_bytes * 8 / timeline.duration_s) if timeline.duration_s else 0
    frame_s = timeline.usual_gap_s
    uneven = timeline.packets > 2 and (
        timeline.largest_gap_s > (1 + _EVEN) * frame_s or timeline.smallest_gap_s < (1 - _EVEN) * frame_s
    )
    return replace(
        video,
        start_s=timeline.start_s,
        duration_s=timeline.duration_s or video.duration_s,
        frames=timeline.packets,
        bitrate=measured or video.bitrate,
        fps_avg=rate,
        fps_usual=usual,
        is_vfr=video.is_vfr or uneven,
    )


def _exact_rate(usual: Fraction, video: VideoStream) -> Fraction:
    """A measured rate, as the header writes it where they agree: its fraction is exact, milliseconds are not."""
    said = min((video.fps_r, video.fps_avg), key=lambda rate: abs(rate - usual))
    return said if usual and abs(float(said / usual) - 1) < 0.02 else usual
