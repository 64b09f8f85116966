"""Sources, recipes and tools as values, for tests that run nothing."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from media_pipeline.ffmpeg.inspect.source import AudioStream, ClockRun, Colour, Source, VideoStream
from media_pipeline.ffmpeg.run.toolchain import Toolchain

NTSC = Fraction(30000, 1001)
TOOLS = Toolchain(
    ffmpeg=Path("/tools/ffmpeg"),
    ffprobe=Path("/tools/ffprobe"),
    packager=Path("/tools/packager"),
    version="9.0.2",
    encoders=frozenset({"libx264", "libsvtav1", "aac", "libwebp"}),
    filters=frozenset({"zscale", "tonemap"}),
    svt_av1="4.2.0",
)
PLAIN_TOOLS = replace(TOOLS, filters=frozenset(), svt_av1="", encoders=frozenset({"libx264", "aac"}))


def video(width: int = 1920, height: int = 1080, **facts: Any) -> VideoStream:
    """An ordinary video of ten seconds."""
    shown = {"display_width": width, "display_height": height}
    usual: dict[str, Any] = {
        "index": 0,
        "codec": "h264",
        "profile": "High",
        "pix_fmt": "yuv420p",
        "fps_avg": NTSC,
        "fps_r": NTSC,
        "duration_s": 10.01,
        "frames": 300,
        "bitrate": 4_000_000,
        "colour": Colour("bt709", "bt709", "bt709"),
    }
    return VideoStream(width=width, height=height, **{**shown, **usual, **facts})


STEREO = AudioStream(index=1, codec="aac", channels=2, sample_rate=48_000, duration_s=10.0, layout="stereo")


def source(stream: VideoStream | None = None, sound: AudioStream | None = STEREO, **facts: Any) -> Source:
    """A source of one video and one sound."""
    stream = stream or video()
    usual: dict[str, Any] = {
        "container": "mov",
        "duration_s": stream.duration_s,
        "size_bytes": 5_000_000,
        "streams": 2 if sound else 1,
        "keyframes": tuple(2.002 * count for count in range(5)),
    }
    heard = (sound,) if sound else ()
    return Source(videos=(stream,), audios=heard, video=stream, audio=sound, **{**usual, **facts})


def long_film(seconds: float = 120.0, every: float = 2.0, sizes: tuple[int, ...] = (), **facts: Any) -> Source:
    """A long film with a keyframe `every` so many seconds, and what each group of pictures weighs."""
    count = int(seconds / every)
    stream = video(duration_s=seconds, frames=round(seconds * 30), clock=(ClockRun(0, seconds, 0),), **facts)
    groups = sizes or tuple(1000 + 10 * (place * 7 % count) for place in range(count))
    keyframes = tuple(every * place for place in range(count))
    return source(stream, replace(STEREO, duration_s=seconds), keyframes=keyframes, group_bytes=groups)
