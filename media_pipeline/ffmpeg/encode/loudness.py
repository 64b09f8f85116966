"""Loudness: measured by EBU R128, then one gain for the whole track and a limiter on the peaks.

R128 leaves pauses and quiet passages out of its average, so speech between music is neither forgotten nor pumped: the
gain is the same from the first second to the last. Where the limiter will act, its result is measured as well: what it
takes from peaky speech is made up for. loudnorm squashes a track to half its dynamic range in one pass and takes three
times the work in two (media_lab). What was encoded is measured once more, with true peaks, and corrected once.
"""

import math
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import OWN_FILE, OutputFile, compile_argv
from media_pipeline.ffmpeg.encode.audio_filters import apply_gain
from media_pipeline.ffmpeg.encode.channel_balance import Window, find_mend
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.encode.sound_input import stereo_input
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.inspect.source import AudioStream, Source
from media_pipeline.ffmpeg.plan.recipe import AudioPlan, SoundTreatment
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import input_options
from media_pipeline.ffmpeg.run.toolchain import Toolchain

TARGET_LUFS = -16.0  # what the web's players and podcasts settled on
SILENCE_LUFS = -60.0  # below it there is nothing worth raising
SILENT_PEAK = 0.001
MAX_GAIN_DB = 18.0  # more would raise hiss to speech
MIN_GAIN_DB = -40.0  # sixteen channels at full scale, added up
MAX_MAKEUP_GAIN_DB = 8.0  # what the limiter takes from peaky speech is given back so far, and no louder
LOUDNESS_TOLERANCE_LU = 0.3
PUBLISHED_TOLERANCE_LU = 0.9
TRUE_PEAK_MAX_DB = -1.0
_PEAK_MARGIN_DB = 0.3
_RATE = 48_000
_WINDOW = "3200"  # samples: 0.4 s of the sound at a rate that is enough for levels
_WINDOW_RATE = "8000"

_INTEGRATED = re.compile(rb"lavfi\.r128\.I=(-?[0-9.]+|-?inf|-?nan)")
_PEAK = re.compile(rb"lavfi\.r128\.(?:sample|true)_peak=([0-9.]+)")
_LEVEL = re.compile(rb"lavfi\.astats\.([1-4])\.RMS_level=(-?[0-9.]+)?")
_BEGINNING = re.compile(rb"frame:0 [^\n]{0,80}\nlavfi\.r128\.I=")


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness of a track in LUFS, None when there was no sound to measure; highest sample (0 to 1).

    `windows` are its levels, 0.4 s each. `changes`: the channels are not the same all the time, and the other values
    are those of the last part.
    """

    integrated: float | None
    peak: float = 0.0
    windows: tuple[Window, ...] = ()
    changes: bool = False

    @property
    def silent(self) -> bool:
        """Whether there is nothing to hear."""
        faint = self.integrated is None or self.integrated < SILENCE_LUFS
        return self.peak < SILENT_PEAK or (faint and len(self.windows) > 1)

    @property
    def gain_db(self) -> float:
        """Decibels to reach the target; 0 for silence."""
        if self.integrated is None or self.integrated < SILENCE_LUFS:
            return 0.0
        return max(MIN_GAIN_DB, min(MAX_GAIN_DB, TARGET_LUFS - self.integrated))

    @property
    def peak_db(self) -> float:
        return 20 * math.log10(max(self.peak, 1e-5))

    def needs_second_look(self, ceiling: float) -> bool:
        """Whether the limiter will take something away, so that what comes out must be measured, too."""
        return self.gain_db != 0.0 and self.peak * 10 ** (self.gain_db / 20) > ceiling


class Measure(Protocol):
    """Measures a sound as a treatment mixes it; ``limited``: behind its gain and the limiter."""

    def __call__(self, treatment: SoundTreatment, *, limited: bool = False) -> Loudness: ...


def decide_treatment(measure: Measure, *, kept: bool) -> SoundTreatment:
    """What has to be done to a sound, with as few measurements as will do; nothing but mixing where it is `kept`."""
    treatment = SoundTreatment(kept=kept)
    heard = measure(treatment)
    if heard.changes:
        treatment = replace(treatment, changes=True)
        heard = measure(treatment)
    if heard.silent:
        return replace(treatment, silent=True)
    if kept:
        return replace(treatment, gain_db=kept_gain_db(heard))
    mend = find_mend(heard.windows)
    if mend:
        treatment = replace(treatment, mend=mend)
        heard = measure(treatment)
    treatment = replace(treatment, gain_db=round(heard.gain_db, 1))
    if heard.needs_second_look(treatment.ceiling):
        gain = makeup_gain_db(treatment.gain_db, measure(treatment, limited=True))
        treatment = replace(treatment, gain_db=round(gain, 1))
    return treatment


def makeup_gain_db(gain_db: float, limited: Loudness) -> float:
    """The gain that makes up for the limiter; ``limited`` was measured behind it, at ``gain_db``."""
    if limited.integrated is None:
        return gain_db
    missing = TARGET_LUFS - limited.integrated
    if missing < LOUDNESS_TOLERANCE_LU:
        return gain_db
    return min(MAX_GAIN_DB, gain_db + min(missing, MAX_MAKEUP_GAIN_DB))


def kept_gain_db(heard: Loudness) -> float:
    """The gain of a sound that is kept as it is: none, unless its channels add up to more than there is room for."""
    return min(0.0, round(-0.05 - heard.peak_db, 1)) if heard.peak > 1.0 else 0.0


def correct_treatment(treatment: SoundTreatment, published: Loudness) -> SoundTreatment | None:
    """How to encode again what came out too loud, too quiet or with peaks too high; None when it is right.

    `published` was measured on the encoded file, with true peaks.
    """
    if treatment.kept or treatment.silent or published.integrated is None or published.integrated < SILENCE_LUFS:
        return None
    missing = TARGET_LUFS - published.integrated
    gain = max(MIN_GAIN_DB, min(MAX_GAIN_DB, treatment.gain_db + missing))
    over = published.peak_db - TRUE_PEAK_MAX_DB
    if over <= 0 and (abs(missing) <= PUBLISHED_TOLERANCE_LU or abs(gain - treatment.gain_db) < LOUDNESS_TOLERANCE_LU):
        return None
    lower = over + _PEAK_MARGIN_DB if over > 0 else 0.0
    return replace(treatment, gain_db=round(gain, 1), ceiling=treatment.ceiling * 10 ** (-lower / 20))


def loudness_command(
    toolchain: Toolchain,
    source: Source,
    audio: AudioStream,
    path: Path,
    treatment: SoundTreatment,
    *,
    limited: bool = False,
) -> ProcessCommand:
    """Measure one sound of a master as the encode will mix it; `parse_loudness` reads standard output.

    `limited`: behind the gain and the limiter.
    """
    opened = ffmpeg.input(input_name(0), vn=None, **input_options(source.container))
    sound, steady = stereo_input(opened, audio, treatment, _RATE)
    if limited:
        sound = apply_gain(sound, treatment)
    # The readings are in the frames' metadata, ten a second; two keys of them, as text on standard output.
    sound = _print_keys(
        sound.filter("ebur128", metadata=1, peak="sample", framelog="quiet"), "lavfi.r128.I", "lavfi.r128.sample_peak"
    )
    # Left, right, their middle and their difference.
    sides = sound.filter("aresample", _WINDOW_RATE, filter_size=4).filter(
        "pan", args="4c|c0=c0|c1=c1|c2=0.5*c0+0.5*c1|c3=0.5*c0-0.5*c1"
    )
    sides = sides.filter("asetnsamples", _WINDOW, pad=0).filter(
        "astats", metadata=1, reset=1, measure_overall="none", measure_perchannel="RMS_level"
    )
    sides = _print_keys(sides, *(f"lavfi.astats.{channel}.RMS_level" for channel in range(1, 5)))
    argv = compile_argv(
        toolchain, [OutputFile((sides,), "-", {"f": "null"})], progress=False, original=True, steady=steady
    )
    limits = _limits(max(source.duration_s, source.audio_end_s))
    return ProcessCommand(argv, inputs=(path,), limits=limits, failure=ErrorCode.ENCODE_FAILED)


def published_loudness_command(
    toolchain: Toolchain, audio: AudioPlan, outdir: Path, duration_s: float
) -> ProcessCommand:
    """Measure a sound that we encoded into `outdir`, with true peaks; `parse_loudness` reads standard output."""
    sound = ffmpeg.input(audio.file_name, **OWN_FILE)["a:0"]
    sound = _print_keys(
        sound.filter("ebur128", metadata=1, peak="true", framelog="quiet"), "lavfi.r128.I", "lavfi.r128.true_peak"
    )
    argv = compile_argv(toolchain, [OutputFile((sound,), "-", {"f": "null"})], progress=False)
    return ProcessCommand(argv, outdir=outdir, limits=_limits(duration_s), failure=ErrorCode.VERIFY_FAILED)


def parse_loudness(output: bytes) -> Loudness:
    """The last readings, which are those of the whole track."""
    readings, peaks = _INTEGRATED.findall(output), _PEAK.findall(output)
    value = float(readings[-1]) if readings else math.nan
    levels: tuple[list[float], ...] = ([], [], [], [])
    for channel, level in _LEVEL.findall(output):
        levels[int(channel) - 1].append(10 ** (float(level) / 10) if level else 0.0)  # "-inf" is silence
    return Loudness(
        value if math.isfinite(value) else None,
        float(peaks[-1]) if peaks else 0.0,
        tuple(Window(*window) for window in zip(*levels, strict=False)),
        changes=len(_BEGINNING.findall(output)) > 1,
    )


def _print_keys(sound: FilterStream, *keys: str) -> FilterStream:
    for key in keys:
        sound = sound.filter("ametadata", mode="print", key=key, file="pipe:1", direct=1)
    return sound


def _limits(duration_s: float) -> ProcessLimits:
    """Sound decodes at some hundred times real time."""
    seconds = 120 + duration_s / 5
    return ProcessLimits(wall_s=seconds, cpu_s=int(2 * seconds), stdout_bytes=64 * MIB)
