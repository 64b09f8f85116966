"""Loudness: measured by EBU R128, then one gain for the whole film and a limiter on the peaks.

loudnorm squashes a film to half its dynamic range in one pass and takes three times the work in two (media_lab).
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.argv import Output, compiled
from media_pipeline.ffmpeg.command import MIB, Command, Limits, input_name
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.graph import stereo
from media_pipeline.ffmpeg.guards import Guards
from media_pipeline.ffmpeg.source import Source
from media_pipeline.ffmpeg.toolchain import Toolchain

TARGET_LUFS = -16.0  # what the web's players and podcasts settled on
SILENCE_LUFS = -60.0  # below it there is nothing worth raising
GAIN_MAX_DB = 18.0  # more would raise hiss to speech
GAIN_MIN_DB = -24.0

_INTEGRATED = re.compile(rb"lavfi\.r128\.I=(-?[0-9.]+|-?inf|-?nan)")


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness of a whole track in LUFS; None when there was no sound to measure."""

    integrated: float | None

    @property
    def gain_db(self) -> float:
        """Decibels to reach the target; 0 for silence."""
        if self.integrated is None or self.integrated < SILENCE_LUFS:
            return 0.0
        return max(GAIN_MIN_DB, min(GAIN_MAX_DB, TARGET_LUFS - self.integrated))


def measure_command(toolchain: Toolchain, source: Source, path: Path) -> Command:
    """Measure the main sound of a master as the encode will mix it; `parse_loudness` reads standard output."""
    if source.audio is None:
        raise MediaError(ErrorCode.INTERNAL, "no sound to measure")
    opened = ffmpeg.input(input_name(0), vn=None, **Guards(demuxer=source.container).options())
    sound = stereo(opened[str(source.audio.index)], 48_000)
    # The reading stands in the frames' metadata, ten a second; one key of it, as text on standard output.
    sound = sound.filter("ebur128", metadata=1, framelog="quiet")
    sound = sound.filter("ametadata", mode="print", key="lavfi.r128.I", file="pipe:1", direct=1)
    argv = compiled(toolchain, [Output((sound,), "-", {"f": "null"})], progress=False)
    # Sound decodes at some hundred times real time.
    seconds = 120 + source.duration_s / 5
    limits = Limits(wall_s=seconds, cpu_s=int(2 * seconds), stdout_bytes=64 * MIB)
    return Command(argv, inputs=(path,), limits=limits, failure=ErrorCode.ENCODE_FAILED)


def parse_loudness(output: bytes) -> Loudness:
    """The last reading, which is that of the whole track."""
    readings = _INTEGRATED.findall(output)
    value = float(readings[-1]) if readings else math.nan
    return Loudness(value if math.isfinite(value) else None)
