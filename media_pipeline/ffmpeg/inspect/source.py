"""A media file as facts: what the probe found, in values that every later decision reads."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from media_pipeline.ffmpeg.errors import WarningCode

DynamicRange = Literal["none", "hlg", "pq", "dv84", "dv_other"]
FieldOrder = Literal["", "tff", "bff"]
AudioRole = Literal["main", "described", "commentary"]
Claim = Literal["duration_s", "display_size", "fps_avg"]


@dataclass(frozen=True)
class Colour:
    """Colour facts as ffmpeg names them ("bt709", "smpte170m"); "" where the file does not say."""

    matrix: str = ""
    primaries: str = ""
    transfer: str = ""
    full_range: bool = False


@dataclass(frozen=True)
class ClockRun:
    """Seconds: what is added to a stream's timestamps, from `first_s` to `last_s`, on the way to the film's clock."""

    first_s: float
    last_s: float
    shift_s: float


@dataclass(frozen=True)
class VideoStream:
    """One picture track. Sizes in pixels, rates in frames per second, times in seconds.

    `width` and `height` are as decoded, cropped; `display_width` and `display_height` are what a viewer sees, after
    sample aspect and rotation. `rotation` is clockwise degrees to turn the decoded picture, after mirroring when
    `flipped`. `start_s` and `duration_s` count on the film's clock once the packets were read.
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
    cropped: tuple[int, int] = (0, 0)  # what the container cuts off the coded width and height
    sar: Fraction = Fraction(1)
    fps_avg: Fraction = Fraction(0)  # 0 when unknown
    fps_r: Fraction = Fraction(0)  # the finest rate that fits all time stamps; 0 when unknown
    fps_usual: Fraction = Fraction(0)  # at which most pictures follow each other; 0 when unknown
    is_vfr: bool = False
    interlaced: bool = False
    field_order: FieldOrder = ""  # which field was taken first, where it was measured
    resized: bool = False  # the pictures change their size or shape on the way; `width` and `height` are the largest
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
    known: bool = True  # whether we can decode it
    clock: tuple[ClockRun, ...] = ()
    counted: bool = False  # the timestamps are worthless: pictures follow each other at the usual rate
    held_back: int = 0  # pictures that a decoder holds back to put them in order
    untimed: int = 0  # so many pictures at the beginning have no timestamp: they follow each other likewise
    open_gops: bool = False  # pictures before a keyframe need those after it
    overlong: bool = False  # its last picture claims to stay longer than we believe
    trimmed: bool = False  # an edit list hides some of its pictures
    turned_twice: bool = False  # its pictures name a turn of their own beside that of the container

    @property
    def short_side(self) -> int:
        return min(self.display_width, self.display_height)

    @property
    def long_side(self) -> int:
        return max(self.display_width, self.display_height)


@dataclass(frozen=True)
class AudioStream:
    """One sound track; `known` says whether we can decode it. Hertz, bits per second, seconds.

    `start_s` and `duration_s` of the chosen ones count on the film's clock once the packets were read.
    """

    index: int
    codec: str
    channels: int = 0
    sample_rate: int = 0
    bitrate: int = 0
    start_s: float = 0.0
    duration_s: float = 0.0
    default: bool = True
    known: bool = True
    layout: str = ""  # ffmpeg's name of the channels' places ("5.1(side)"); "" when unknown
    language: str = ""  # as in ISO 639 or BCP 47, in lower case; "" when the file does not say
    title: str = ""
    role: AudioRole = "main"
    clock: tuple[ClockRun, ...] = ()
    counted: bool = False  # the timestamps are worthless: samples follow each other
    jitter_s: float = 0.0  # most of its packets begin no further than this from the end of the one before
    second: int | None = None  # index of a further mono track that belongs to it: this one is left, that one right


@dataclass(frozen=True)
class DroppedStream:
    """A stream that the film does not use: "audio" or "video", its codec, and what is known of it."""

    kind: Literal["audio", "video"]
    index: int
    codec: str
    language: str = ""
    known: bool = True


@dataclass(frozen=True)
class Source:
    """Everything the probe found in one file. `duration_s` is that of the main video, and 0 when unknown.

    `start_s` is the container's earliest time until the packets were read; from then on the film starts at 0.
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
    described: AudioStream | None = None  # the sound with audio description, where there is one beside the main one
    dropped: tuple[DroppedStream, ...] = ()
    claimed: VideoStream | None = None  # the main video as the header describes it, before anything was measured
    wrong_claims: tuple[Claim, ...] = ()  # of which something else was measured
    has_location: bool = False
    encrypted: bool = False
    keyframes: tuple[float, ...] = ()  # seconds; empty until the packets were read
    group_bytes: tuple[int, ...] = ()  # of the pictures from each keyframe to the next
    probe_decoders: tuple[str, ...] = ()  # of streams that we do not use, which ffprobe wants to open all the same
    warnings: tuple[WarningCode, ...] = ()

    @property
    def video_end_s(self) -> float:
        """When the picture ends, counted from the film's start: what an encode of all of it lasts."""
        late = self.video.start_s - self.start_s if self.video else 0.0
        return self.duration_s + max(late, 0.0)

    @property
    def audio_end_s(self) -> float:
        """When the last sound ends, counted likewise; 0.0 without sound or when its length is unknown."""
        heard = [sound for sound in (self.audio, self.described) if sound is not None and sound.duration_s]
        return max((sound.duration_s + max(sound.start_s - self.start_s, 0.0) for sound in heard), default=0.0)
