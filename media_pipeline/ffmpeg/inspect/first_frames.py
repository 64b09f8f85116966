"""Do frames come out, and are they interlaced? A few of the main video, decoded once before any plan is made.

Tells a video from a well-formed shell of one. ffmpeg does it and not ffprobe: the two come from different builds,
and what counts is what the encode will be able to read. Flags of interlacing are wrong both ways (tapes copied as
progressive, films broadcast as interlaced), so where a format knows fields their difference is measured.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect import audio_only
from media_pipeline.ffmpeg.inspect.pictures import decode_options
from media_pipeline.ffmpeg.inspect.source import FieldOrder, Source, VideoStream
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import AUDIO_DECODERS, FFMPEG_OPTIONS, VIDEO_DECODERS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

FIRST_FRAMES, FEW_FRAMES = 24, 8  # few where a format knows no fields: that it decodes is all there is to see
WINDOWS = (0.3, 0.7)  # further looks at fields, as parts of the length
LONG_S = 8.0  # from which on there are further looks
FEW = 6  # frames; fewer say nothing

_FIELDS = "lavfi.idet.multiple.current_frame"
_HEARD = "heard"
_NEVER_INTERLACED = frozenset({"hevc", "av1", "vp8", "vp9", "theora", "png", "h263", "flv1"})
# Lines of a picture that interlaced cameras and tapes have. In others fine patterns that move look like fields.
_FIELD_LINES = frozenset({480, 486, 512, 576, 608, 1080, 1088})

_DECODER = "|".join(sorted({*VIDEO_DECODERS, *AUDIO_DECODERS}))
_COMPLAINT = re.compile(rf"^(?:\[\S+ @ 0x[0-9a-f]+\] )?\[(?:dec:)?(?:{_DECODER}) @ 0x[0-9a-f]+\]", re.MULTILINE)


def first_frames_command(
    toolchain: Toolchain, source: Source, path: Path, *, beginning_only: bool = False
) -> ProcessCommand:
    """Decode a few frames of the main video, or of the sound where that is all, and print a line for each.

    A decoder that begins in the middle of a film may miss pictures and complain: `beginning_only` leaves out those
    looks.
    """
    if source.video is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    sound = source.audio if audio_only.is_audio_only(source) else None
    stream = sound.index if sound else source.video.index
    few = source.video.codec in _NEVER_INTERLACED
    chain = (
        f"atrim=end_sample={48_000 // 2},ametadata=add:key={_HEARD}:value=1,ametadata"
        if sound
        else (f"trim=end_frame={FEW_FRAMES if few else FIRST_FRAMES},idet,metadata")
    )
    chain += f"=print:key={_HEARD if sound else _FIELDS}:file=-:direct=1"
    starts = () if sound or beginning_only else _window_starts(source, source.video)
    # Frame threads hold a frame each: memory, at 8K.
    noted = [part for name, value in decode_options(source).items() for part in (f"-{name}", value)]
    opened = [*input_args(source.container), "-threads", "2", "-noautorotate", *noted]
    windows = [part for start in starts for part in ("-noaccurate_seek", "-ss", start, *opened, "-i", input_name(0))]
    graph = ";".join(f"[{place}:{stream}]{chain}[f{place}]" for place in range(len(starts) + 1))
    outputs = [part for place in range(len(starts) + 1) for part in ("-map", f"[f{place}]", "-f", "null", "-")]
    argv = [
        str(toolchain.ffmpeg),
        *FFMPEG_OPTIONS,
        *opened,
        *("-i", input_name(0)),
        *windows,
        *("-filter_complex", graph),
        *outputs,
    ]
    limits = ProcessLimits(wall_s=90, cpu_s=90, stdout_bytes=MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)


def _window_starts(source: Source, video: VideoStream) -> tuple[str, ...]:
    """Where else to look at fields, in seconds of the stream's own clock: a beginning may stand still."""
    if video.codec in _NEVER_INTERLACED or source.duration_s < LONG_S or len(video.clock) != 1:
        return ()
    return tuple(f"{source.duration_s * part - video.clock[0].shift_s:.3f}" for part in WINDOWS)


def with_first_frames(source: Source, output: bytes, stderr: str = "") -> Source:
    """The source, warned about when its first frames were damaged, with its interlacing as measured.

    MediaError(no_decodable_frames) without any frame.
    """
    fields = [
        line.rpartition(b"=")[2].strip().decode("ascii", "replace") for line in output.splitlines() if b"=" in line
    ]
    if not fields:
        raise MediaError(ErrorCode.NO_DECODABLE_FRAMES, stderr_tail=stderr)
    warnings = tuple(dict.fromkeys((*source.warnings, *decode_warnings(stderr))))
    video = source.video and judge_fields(source.video, Counter(fields))
    return replace(source, video=video, warnings=warnings)


def judge_fields(video: VideoStream, seen: Mapping[str, int]) -> VideoStream:
    """The video as interlaced or not; `seen` are frames by idet's word (tff, bff, progressive, undetermined).

    Where nothing moves, the header's word stands.
    """
    first, second, whole = (seen.get(word, 0) for word in ("tff", "bff", "progressive"))
    combed = first + second
    interlaced = video.interlaced
    if combed >= FEW and combed > 3 * whole and video.height in _FIELD_LINES:
        interlaced = True
    elif whole >= FEW and whole > 9 * combed:
        interlaced = False
    order: FieldOrder = "" if not interlaced or first == second else "tff" if first > second else "bff"
    return replace(video, interlaced=interlaced, field_order=order)


def decode_warnings(stderr: str) -> tuple[WarningCode, ...]:
    """(damaged,) when a decoder complained at the level of errors; the pictures it saved are shown all the same."""
    return (WarningCode.DAMAGED,) if _COMPLAINT.search(stderr) else ()
