"""A media file as facts: what the probe found, in values that every later decision reads."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from media_pipeline.ffmpeg.errors import WarningCode

DynamicRange = Literal["none", "hlg", "pq", "dv84", "dv_other"]


@dataclass(frozen=True)
class Colour:
    """Colour facts as ffmpeg names them ("bt709", "smpte170m"); "" where the file does not say."""

    matrix: str = ""
    primaries: str = ""
    transfer: str = ""
    full_range: bool = False


@dataclass(frozen=True)
class VideoStream:
    """One picture track. Sizes in pixels, rates in frames per second, times in seconds.

    `width` and `height` are as coded; `display_width` and `display_height` are what a viewer sees, after sample
    aspect and rotation. `rotation` is clockwise degrees to turn the coded picture, after mirroring when `flipped`.
    """

    index: int
    codec: str
    width: int
    height: int
    display_width: int
    display_height: int
    profile: str = ""
    pix_fmt: str = ""
    bit_depth: int = 8
    chroma: str = "420"
    rotation: int = 0
    flipped: bool = False
    sar: Fraction = Fraction(1)
    fps_avg: Fraction = Fraction(0)  # 0 when unknown
    fps_r: Fraction = Fraction(0)  # the finest rate that fits all time stamps; 0 when unknown
    is_vfr: bool = False
    interlaced: bool = False
    hdr: DynamicRange = "none"
    colour: Colour = Colour()
    header_colour: Colour | None = None  # where the header names other colours than the pictures themselves
    premultiplied: bool = False  # transparent pixels are dark already
    start_s: float = 0.0
    duration_s: float = 0.0  # 0 when unknown
    frames: int = 0  # 0 when unknown
    bitrate: int = 0  # bits per second, 0 when unknown
    default: bool = True
    cover: bool = False  # an attached picture, not a video

    @property
    def short_side(self) -> int:
        return min(self.display_width, self.display_height)

    @property
    def long_side(self) -> int:
        return max(self.display_width, self.display_height)


@dataclass(frozen=True)
class AudioStream:
    """One sound track; `known` says whether we can decode it. Hertz, bits per second, seconds."""

    index: int
    codec: str
    channels: int = 0
    sample_rate: int = 0
    bitrate: int = 0
    start_s: float = 0.0
    duration_s: float = 0.0
    default: bool = True
    known: bool = True


@dataclass(frozen=True)
class Source:
    """Everything the probe found in one file. `duration_s` is that of the main video, and 0 when unknown.

    `start_s` is the container's earliest time; the streams' own starts count on the same clock.
    """

    container: str  # the demuxer to force: "mov", "matroska"
    duration_s: float
    size_bytes: int
    streams: int  # all of them, data tracks too
    start_s: float = 0.0
    videos: tuple[VideoStream, ...] = ()
    audios: tuple[AudioStream, ...] = ()
    video: VideoStream | None = None  # the main one
    audio: AudioStream | None = None  # the main one that we can decode
    has_location: bool = False
    encrypted: bool = False
    keyframes: tuple[float, ...] = ()  # seconds; empty until the packets were read
    warnings: tuple[WarningCode, ...] = ()

    @property
    def video_end_s(self) -> float:
        """When the picture ends, counted from the container's start: what an encode of all of it lasts."""
        late = self.video.start_s - self.start_s if self.video else 0.0
        return self.duration_s + max(late, 0.0)

    @property
    def audio_end_s(self) -> float:
        """When the sound ends, counted likewise; 0.0 without sound or when its length is unknown."""
        if self.audio is None or not self.audio.duration_s:
            return 0.0
        return self.audio.duration_s + max(self.audio.start_s - self.start_s, 0.0)
