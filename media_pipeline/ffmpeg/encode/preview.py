"""The first package: something to watch while the rest is still being made.

A master that may be served as it is only has to be copied. Any other is encoded once in the smallest size, by a
decoder in a hurry: the whole ladder takes some twenty times as long, and the person who uploaded it
wants to see that it arrived.
"""

from dataclasses import replace

from media_pipeline.ffmpeg.inspect.source import AudioStream, Source
from media_pipeline.ffmpeg.plan.recipe import AudioPlan, Recipe, Rung

PREVIEW_PRESET = "ultrafast"
_RATES = frozenset({44_100, 48_000})
_TOGETHER_S = 0.05  # sound and picture that start so near to each other may be copied side by side


def preview_recipe(recipe: Recipe, source: Source, threads: int) -> Recipe:
    """The recipe of the first package of what `recipe` will make of `source`: one rung and the sound, by
    `threads` of the machine.

    The sound keeps its loudness, which has not been measured at that time.
    """
    copied = [rung for rung in recipe.rungs if rung.codec == "copy"]
    return replace(
        recipe,
        rungs=(copied[0] if copied else _small(recipe),),
        audio=_sound(recipe.audio, source.audio, source) if recipe.audio and source.audio else None,
        keyframes=recipe.keyframes if copied else (),
        threads=threads,
        decoder_threads=threads,
        hurried=True,
        reasons=(),
    )


def _small(recipe: Recipe) -> Rung:
    """The smallest rung that plays everywhere. Its encoder costs next to nothing: the decoder sets the pace."""
    floor = min((rung for rung in recipe.rungs if rung.is_h264), key=lambda rung: rung.width * rung.height)
    return replace(floor, preset=PREVIEW_PRESET, params="")


def _sound(plan: AudioPlan, heard: AudioStream, source: Source) -> AudioPlan:
    start = source.video.start_s if source.video else source.start_s
    fit = heard.codec == "aac" and heard.channels == 2 and heard.sample_rate in _RATES
    if fit and abs(heard.start_s - start) < _TOGETHER_S:
        return replace(plan, copied=True, sample_rate=heard.sample_rate, gain_db=0.0)
    return replace(plan, gain_db=0.0)
