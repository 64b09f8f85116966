"""What will be made of an original file, frozen, with a key: the same recipe is the same output."""

import hashlib
import json
import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import DynamicRange
from media_pipeline.ffmpeg.json_values import to_json
from media_pipeline.ffmpeg.plan.frame_rates import segment_interval

Codec = Literal["h264", "av1", "copy"]
Mend = Literal["", "left", "right", "invert", "both"]

# Raised by hand when graph.py, audio_filters.py, encoder_options.py, packager.py or `CUTS_FROM` change what comes out
# of the same values.
RECIPE_REVISION = 8

MAIN_SOUND, DESCRIBED_SOUND = "audio", "described"
# -2.5 dB as a factor: AAC overshoots what the limiter leaves, and -1 dB true peak is the limit.
LIMITER_CEILING = 0.75

# AV1's numbers from which a keyframe where a scene begins is worth its bytes (docs/measurements.md): quiet films gain
# up to two points of VMAF, and more in their worst frames. At low numbers it keeps noise, for up to 15 % more bytes.
CUTS_FROM = 40

LENGTH_TOLERANCE_S, _LENGTH_TOLERANCE = 0.5, 0.02  # seconds, and a share of the planned length

MAX_DOWNLOAD_SIDE = 720  # enough for a projector, small enough for a phone plan


@dataclass(frozen=True)
class Rung:
    """One size of the video in one codec. Pixels, frames per second, bits per second.

    `quality` is the encoder's constant rate factor and `rate_max` the cap above it; "copy" keeps the master's own
    H.264 stream and has neither.
    """

    codec: Codec
    width: int
    height: int
    fps: Fraction
    quality: int = 0
    rate_max: int = 0
    preset: str = ""
    params: str = ""  # what differs from the preset, in the encoder's own words
    ten_bit: bool = False

    @property
    def side(self) -> int:
        return min(self.width, self.height)

    @property
    def is_h264(self) -> bool:
        """Plays everywhere: our own H.264 or the master's."""
        return self.codec in ("h264", "copy")

    @property
    def name(self) -> str:
        """Unique in a ladder, and good in a file name: "720-h264"."""
        return f"{self.side}-{self.codec}"

    @property
    def file_name(self) -> str:
        """What the encode calls its file."""
        return f"{self.name}.mp4"


@dataclass(frozen=True)
class SoundTreatment:
    """What the measurement decides about a sound. Decibels; `ceiling` is the highest sample of the limiter (0 to 1).

    `mend`: one side's sound on both ("left", "right"), one side turned over ("invert"), both sides together on each
    ("both"). `changes`: its channels are not the same all the time. A sound that is `kept` gets no limiter.
    """

    gain_db: float = 0.0
    mend: Mend = ""
    changes: bool = False
    kept: bool = False
    silent: bool = False
    ceiling: float = LIMITER_CEILING


UNTREATED = SoundTreatment()


@dataclass(frozen=True)
class AudioPlan:
    """One stereo sound of a package. Hertz, bits per second."""

    stream: int  # index in the master
    bitrate: int = 128_000
    sample_rate: int = 48_000
    treatment: SoundTreatment = UNTREATED
    copied: bool = False  # the master's own AAC, as it is: only in an early package
    name: str = MAIN_SOUND

    @property
    def file_name(self) -> str:
        """What the encode calls its file."""
        return f"{self.name}.mp4"


@dataclass(frozen=True)
class PictureTransform:
    """How the master's picture becomes plain BT.709, limited range, progressive, square samples."""

    matrix: str  # of the coded picture: "bt709", "bt601", "bt2020", "rgb" for none, or ffmpeg's name of a rarer one
    full_range: bool = False
    deinterlace: bool = False
    hdr: DynamicRange = "none"
    transfer: str = "bt709"  # what the coded picture is taken for, by ffmpeg's names
    primaries: str = "bt709"
    tone_map: Literal["", "zscale", "plain"] = ""  # "zscale" moves gamuts and rare matrices too; "plain" clips
    flatten: bool = False  # transparent parts become black
    expand_chroma: bool = False  # a pixel of colour for each of brightness before zscale


@dataclass(frozen=True)
class MeasuredQuality:
    """The quality number of the top rung as it was searched for, and the VMAF (0 to 100) that it will reach.

    `vmaf` is the mean over the film's frames, `vmaf_p5` what one frame in twenty falls below, `rate` the bits per
    second, all by samples from `places` places.
    """

    quality: int
    vmaf: float
    vmaf_p5: float
    places: int
    rate: int = 0


@dataclass(frozen=True)
class Recipe:
    """The whole plan of one package. Seconds unless said otherwise; rungs from the largest to the smallest.

    `keyframe_s` is the distance of keyframes in H.264; with a copied rung it is 0 and `keyframes` holds the times that
    all other rungs follow.
    """

    video_stream: int
    rungs: tuple[Rung, ...]
    fps: Fraction  # constant rate of the picture before any rung
    picture: PictureTransform
    duration_s: float  # of what is published: the video, and what stands under longer sound
    hold_s: float = 0.0
    hold_black: bool = False  # the picture was cut: black, where otherwise its last one stays
    audio: AudioPlan | None = None
    described: AudioPlan | None = None  # the same with audio description
    keyframe_s: Fraction = Fraction(2)
    keyframes: tuple[float, ...] = ()
    cuts: tuple[int, ...] = ()  # pictures, counted at `fps`, with which scenes begin; only where there is AV1
    copied_frames: int = 0  # how many pictures a copied rung must have; 0 without one
    segment_s: int = 4
    threads: int = 2  # of each x264
    av1_threads: int = 1  # of each SVT-AV1
    decoder_threads: int = 1
    hurried: bool = False  # a preview: decoded without the last polish
    growing: bool = False  # a preview that plays while it is written (encode/growing.py)
    encoder: str = ""  # version of the ffmpeg that will do it
    master: str = ""  # sha256 of the master, hex
    revision: int = RECIPE_REVISION
    measured: MeasuredQuality | None = None  # where the number was searched for
    reasons: tuple[str, ...] = ()
    warnings: tuple[WarningCode, ...] = ()

    def key(self) -> str:
        """24 hex digits that name the output: all that changes it, and nothing that does not."""
        cuts = self.cuts if any(self.cut_keyframes(rung) for rung in self.rungs) else ()
        plain = to_json(replace(self, cuts=cuts, measured=None, reasons=(), warnings=()))
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    @property
    def segment_keyframe_s(self) -> Fraction:
        """Seconds from a keyframe that begins a segment to the next such.

        AV1 has no others but at cuts: on text and other still pictures a keyframe is most of the bytes. Its decoders
        reach any picture of a segment at once, and players load whole segments.
        """
        return segment_interval(self.keyframe_s, self.segment_s)

    def keyframe_distance(self, rung: Rung) -> Fraction:
        """Seconds between the keyframes of a rung, but for those at cuts; 0 where they follow those of a copied one."""
        return self.segment_keyframe_s if self.keyframe_s and rung.codec == "av1" else self.keyframe_s

    def pictures_per_keyframe(self, rung: Rung) -> int:
        """The same in pictures: whole ones by construction (frame_rates.keyframe_interval)."""
        return int(self.keyframe_distance(rung) * rung.fps)

    def cut_keyframes(self, rung: Rung) -> tuple[int, ...]:
        """The rung's pictures that begin scenes and are keyframes beside the usual ones."""
        if rung.codec != "av1" or rung.quality < CUTS_FROM:
            return ()
        return tuple(math.ceil(picture * rung.fps / self.fps) for picture in self.cuts)

    def keyframe_pictures(self, rung: Rung, pictures: int) -> tuple[int, ...]:
        """Which of a rung's first `pictures` begin anew, where none is copied: the usual ones, and those at cuts."""
        cuts = (picture for picture in self.cut_keyframes(rung) if picture < pictures)
        return tuple(sorted({*range(0, pictures, self.pictures_per_keyframe(rung)), *cuts}))

    @property
    def sounds(self) -> tuple[AudioPlan, ...]:
        """The main sound first."""
        return tuple(sound for sound in (self.audio, self.described) if sound is not None)

    @property
    def smallest(self) -> Rung:
        """The rung that stills are taken from: few pixels, H.264 where there is one."""
        return min(self.rungs, key=lambda rung: (rung.width * rung.height, not rung.is_h264))

    @property
    def largest(self) -> Rung:
        """The rung that posters are taken from: most pixels."""
        return max(self.rungs, key=lambda rung: (rung.width * rung.height, rung.is_h264))

    @property
    def download(self) -> Rung:
        """The H.264 rung for download and fallback: the best up to 720, or the smallest there is."""
        plain = sorted((rung for rung in self.rungs if rung.is_h264), key=lambda rung: rung.width * rung.height)
        fitting = [rung for rung in plain if rung.side <= MAX_DOWNLOAD_SIDE]
        return (fitting or plain[:1])[-1]


def length_slack_s(duration_s: float) -> float:
    """By how many seconds what is made may be longer or shorter than planned.

    Encoders round to whole frames, and decoders lose a few at the ends: so much is no fault.
    """
    return LENGTH_TOLERANCE_S + _LENGTH_TOLERANCE * duration_s
