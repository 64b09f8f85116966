"""The sounds of a clip: measured before they are planned, and once more as they came out of the encoder."""

from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg.encode import argv, loudness
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import AudioStream, Source
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, AudioPlan, Recipe, SoundTreatment
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.results import MeasuredSound


def treat_sounds(step: StepContext, source: Source) -> tuple[SoundTreatment, SoundTreatment]:
    """What has to be done to the main sound and to the one with audio description, by measurement.

    Raises MediaError.
    """
    if source.audio is None:
        return UNTREATED, UNTREATED
    with step.master_file() as path:
        main = _treat(step, source, source.audio, path)
        return main, _treat(step, source, source.described, path) if source.described else UNTREATED


def _treat(step: StepContext, source: Source, audio: AudioStream, path: Path) -> SoundTreatment:
    def measure(treatment: SoundTreatment, *, limited: bool = False) -> loudness.Loudness:
        command = loudness.loudness_command(step.tools, source, audio, path, treatment, limited=limited)
        return loudness.parse_loudness(step.run_command(command).stdout)

    kept = step.clip.keep_sound
    try:
        treatment = loudness.decide_treatment(measure, kept=kept)
    except MediaError as problem:
        if problem.code is not ErrorCode.ENCODE_FAILED:
            raise
        # Sound too broken to be measured may still be heard in part: the encode decides.
        step.leased.log(f"plan: loudness could not be measured: {problem.stderr_tail}")
        return replace(UNTREATED, kept=kept)
    step.leased.log(f"plan: sound {audio.index}: {treatment}")
    return treatment


def settle_loudness(
    step: StepContext, source: Source, recipe: Recipe, path: Path, folder: Path
) -> tuple[MeasuredSound, ...]:
    """Measure every sound in ``folder``; what is not as it should be is encoded once more from ``path``, alone.

    Raises MediaError.
    """
    return tuple(_settle(step, source, recipe, audio, path, folder) for audio in recipe.sounds)


def _settle(
    step: StepContext, source: Source, recipe: Recipe, audio: AudioPlan, path: Path, folder: Path
) -> MeasuredSound:
    def measure() -> loudness.Loudness:
        command = loudness.published_loudness_command(step.tools, audio, folder, recipe.duration_s)
        return loudness.parse_loudness(step.run_command(command).stdout)

    heard = measure()
    better = loudness.correct_treatment(audio.treatment, heard)
    if better is not None:
        step.leased.log(f"sound: {audio.name} at {heard.integrated} LUFS, peak {heard.peak_db:.1f} dB: again, {better}")
        corrected = replace(audio, treatment=better)
        step.run_command(argv.sound_command(recipe, corrected, source, step.tools, path, folder))
        heard = measure()
    step.leased.log(f"sound: {audio.name} at {heard.integrated} LUFS, peak {heard.peak_db:.1f} dB")
    return MeasuredSound(audio.name, None if audio.treatment.silent else heard.integrated, round(heard.peak_db, 2))
