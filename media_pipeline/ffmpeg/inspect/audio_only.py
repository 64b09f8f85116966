"""Audio without video, where that is intended: the waveform of the whole audio becomes the video."""

from dataclasses import replace
from fractions import Fraction

from media_pipeline.ffmpeg.inspect.source import Colour, Source, VideoStream

WAVEFORM_CODEC = "waveform"
"""The codec of a video track that we draw (`encode.graph.waveform_image`)."""

WAVEFORM_SIZE = (1280, 720)
WAVEFORM_RATE = Fraction(10)  # it is a still image; ten frames a second keep seeking exact


def is_audio_only(source: Source) -> bool:
    """Whether the picture of this source is a waveform."""
    return source.video is not None and source.video.codec == WAVEFORM_CODEC


def with_waveform(source: Source) -> Source:
    """A source of sound alone with the picture track it is going to have. It must have sound that we can decode."""
    width, height = WAVEFORM_SIZE
    video = VideoStream(
        index=-1,
        codec=WAVEFORM_CODEC,
        width=width,
        height=height,
        display_width=width,
        display_height=height,
        pix_fmt="yuv420p",
        fps_avg=WAVEFORM_RATE,
        fps_r=WAVEFORM_RATE,
        colour=Colour("bt709", "bt709", "bt709"),
        start_s=source.start_s,
        duration_s=source.duration_s,
        frames=max(2, int(source.duration_s * WAVEFORM_RATE)),
    )
    return replace(source, video=video, keyframes=())
