"""Loudness: measured by EBU R128, then one gain for the whole track and a limiter on the peaks.

Where the limiter will act, its result is measured as well: what it takes from peaky speech is made up for.
loudnorm squashes a track to half its dynamic range in one pass and takes three times the work in two (media_lab).
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import OutputFile, compile_argv
from media_pipeline.ffmpeg.encode.audio_filters import LIMITER_CEILING, apply_gain, mix_to_stereo
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import input_options
from media_pipeline.ffmpeg.run.toolchain import Toolchain

TARGET_LUFS = -16.0  # what the web's players and podcasts settled on
SILENCE_LUFS = -60.0  # below it there is nothing worth raising
MAX_GAIN_DB = 18.0  # more would raise hiss to speech
MIN_GAIN_DB = -24.0
MAX_MAKEUP_GAIN_DB = 4.0  # what the limiter takes from peaky speech is given back so far, and no louder
LOUDNESS_TOLERANCE_LU = 0.3

_INTEGRATED = re.compile(rb"lavfi\.r128\.I=(-?[0-9.]+|-?inf|-?nan)")
_PEAK = re.compile(rb"lavfi\.r128\.sample_peak=([0-9.]+)")


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness of a track in LUFS, None when there was no sound to measure; highest sample (0 to 1)."""

    integrated: float | None
    peak: float = 0.0

    @property
    def gain_db(self) -> float:
        """Decibels to reach the target; 0 for silence."""
        if self.integrated is None or self.integrated < SILENCE_LUFS:
            return 0.0
        return max(MIN_GAIN_DB, min(MAX_GAIN_DB, TARGET_LUFS - self.integrated))

    @property
    def needs_second_look(self) -> bool:
        """Whether the limiter will take something away, so that what comes out must be measured, too."""
        return self.gain_db != 0.0 and self.peak * 10 ** (self.gain_db / 20) > LIMITER_CEILING


def makeup_gain_db(gain_db: float, limited: Loudness) -> float:
    """The gain that makes up for the limiter; ``limited`` was measured behind it, at ``gain_db``."""
    if limited.integrated is None:
        return gain_db
    missing = TARGET_LUFS - limited.integrated
    if missing < LOUDNESS_TOLERANCE_LU:
        return gain_db
    return min(MAX_GAIN_DB, gain_db + min(missing, MAX_MAKEUP_GAIN_DB))


def loudness_command(
    toolchain: Toolchain, source: Source, path: Path, *, gain_db: float | None = None
) -> ProcessCommand:
    """Measure the main sound of a master as the encode will mix it; `parse_loudness` reads standard output.

    With `gain_db` it is measured behind that gain and the limiter.
    """
    if source.audio is None:
        raise MediaError(ErrorCode.INTERNAL, "no sound to measure")
    opened = ffmpeg.input(input_name(0), vn=None, **input_options(source.container))
    sound = mix_to_stereo(opened[str(source.audio.index)], source.audio, 48_000)
    if gain_db is not None:
        sound = apply_gain(sound, gain_db)
    # The readings are in the frames' metadata, ten a second; two keys of them, as text on standard output.
    sound = sound.filter("ebur128", metadata=1, peak="sample", framelog="quiet")
    for key in ("lavfi.r128.I", "lavfi.r128.sample_peak"):
        sound = sound.filter("ametadata", mode="print", key=key, file="pipe:1", direct=1)
    argv = compile_argv(toolchain, [OutputFile((sound,), "-", {"f": "null"})], progress=False, original=True)
    # Sound decodes at some hundred times real time.
    seconds = 120 + source.duration_s / 5
    limits = ProcessLimits(wall_s=seconds, cpu_s=int(2 * seconds), stdout_bytes=64 * MIB)
    return ProcessCommand(argv, inputs=(path,), limits=limits, failure=ErrorCode.ENCODE_FAILED)


def parse_loudness(output: bytes) -> Loudness:
    """The last readings, which are those of the whole track."""
    readings, peaks = _INTEGRATED.findall(output), _PEAK.findall(output)
    value = float(readings[-1]) if readings else math.nan
    return Loudness(value if math.isfinite(value) else None, float(peaks[-1]) if peaks else 0.0)
