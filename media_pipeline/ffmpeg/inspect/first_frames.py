"""Do frames come out? The first two dozen frames of the main video, decoded once before any plan is made.

Tells a video from a well-formed shell of one. ffmpeg does it and not ffprobe: the two come from different builds,
and what counts is what the encode will be able to read.
"""

import re
from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect import audio_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import AUDIO_DECODERS, FFMPEG_OPTIONS, VIDEO_DECODERS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

FIRST_FRAMES = 24

_DECODER = "|".join(sorted({*VIDEO_DECODERS, *AUDIO_DECODERS}))
_COMPLAINT = re.compile(rf"^(?:\[\S+ @ 0x[0-9a-f]+\] )?\[(?:dec:)?(?:{_DECODER}) @ 0x[0-9a-f]+\]", re.MULTILINE)


def first_frames_command(toolchain: Toolchain, source: Source, path: Path) -> ProcessCommand:
    """Decode a few frames of the main video and print a checksum line for each."""
    if source.video is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    sound = source.audio if audio_only.is_audio_only(source) else None
    argv = [
        str(toolchain.ffmpeg),
        *FFMPEG_OPTIONS,
        *input_args(source.container),
        *("-threads", "2"),  # frame threads hold a frame each: memory, at 8K
        *("-i", input_name(0)),
        *("-map", f"0:{sound.index if sound else source.video.index}"),
        *("-frames:a" if sound else "-frames:v", str(FIRST_FRAMES)),
        *("-fps_mode", "passthrough"),  # what is there, nothing repeated
        *("-f", "framecrc", "pipe:1"),
    ]
    limits = ProcessLimits(wall_s=60, cpu_s=60, stdout_bytes=MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)


def with_first_frames(source: Source, output: bytes, stderr: str = "") -> Source:
    """The source, warned about when its first frames were damaged; MediaError(no_decodable_frames) without any."""
    frames = [line for line in output.splitlines() if line and not line.startswith(b"#")]
    if not frames:
        raise MediaError(ErrorCode.NO_DECODABLE_FRAMES, stderr_tail=stderr)
    return replace(source, warnings=tuple(dict.fromkeys((*source.warnings, *decode_warnings(stderr)))))


def decode_warnings(stderr: str) -> tuple[WarningCode, ...]:
    """(damaged,) when a decoder complained at the level of errors; the pictures it saved are shown all the same."""
    return (WarningCode.DAMAGED,) if _COMPLAINT.search(stderr) else ()
