"""Sound without a picture, where that is meant: the shape of the whole sound, drawn once, stands in for a film."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from media_pipeline.ffmpeg.inspect.source import Colour, Source, VideoStream
from media_pipeline.ffmpeg.inspect.timeline import Timeline

Stream = Any  # ffmpeg-python has no types

WAVEFORM_CODEC = "waveform"
"""What stands where a picture track has its codec: the picture is ours to draw."""

WIDTH, HEIGHT, RATE = 1280, 720, Fraction(10)  # it stands still; ten pictures a second keep seeking exact
_COLOUR = "0xF2B705"
_PEAKS_HZ = "4000"  # the drawing keeps all samples in memory: four hours at this rate are 115 MB


def is_audio_only(source: Source) -> bool:
    """Whether the picture of this source is a waveform."""
    return source.video is not None and source.video.codec == WAVEFORM_CODEC


def with_waveform(source: Source) -> Source:
    """A source of sound alone with the picture track it is going to have. It must have sound that we can decode."""
    return replace(source, video=_track(source), keyframes=())


def with_audio_timeline(source: Source, timeline: Timeline) -> Source:
    """The same, once the sound's packets were read: as long as they truly are."""
    assert source.audio is not None  # noqa: S101 - drawn() was given one
    heard = replace(source.audio, start_s=timeline.start_s, duration_s=timeline.duration_s)
    return with_waveform(replace(source, audio=heard, start_s=timeline.start_s, duration_s=timeline.duration_s))


def _track(source: Source) -> VideoStream:
    seconds = source.duration_s
    return VideoStream(
        index=-1,
        codec=WAVEFORM_CODEC,
        width=WIDTH,
        height=HEIGHT,
        display_width=WIDTH,
        display_height=HEIGHT,
        pix_fmt="yuv420p",
        fps_avg=RATE,
        fps_r=RATE,
        colour=Colour("bt709", "bt709", "bt709"),
        start_s=source.start_s,
        duration_s=seconds,
        frames=max(2, int(seconds * RATE)),
    )


def waveform_image(sound: Stream, duration_s: float) -> Stream:
    """The drawing of a whole sound as a film of `duration_s` seconds."""
    quiet = sound.filter("aresample", _PEAKS_HZ).filter("aformat", channel_layouts="mono")
    shape = quiet.filter("showwavespic", s=f"{WIDTH}x{HEIGHT}", colors=_COLOUR, draw="full", scale="sqrt")
    # One picture comes, at the end of the sound; it is repeated, and given the times of a film from zero on.
    film = shape.filter("settb", "1/1000").filter("loop", loop=-1, size=1, start=0)
    return film.filter("setpts", f"N*{int(1000 / RATE)}").filter("trim", end=f"{duration_s:.3f}")
