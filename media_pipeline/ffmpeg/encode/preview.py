"""The first package: something to watch while the rest is still being made.

An original file that may be served as it is only has to be copied. Any other is encoded once in the smallest size, by a
decoder in a hurry: the whole ladder takes some twenty times as long, and the person who uploaded it
wants to see that it arrived.
"""

from dataclasses import replace

from media_pipeline.ffmpeg.inspect.source import AudioStream, Source
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, Recipe

PREVIEW_PRESET = "ultrafast"
_BROADCAST = frozenset({"mpegts", "mpeg"})
_RATES = frozenset({44_100, 48_000})
_TOGETHER_S = 0.05  # sound and picture that start so near to each other may be copied side by side


def preview_recipe(recipe: Recipe, source: Source, threads: int) -> Recipe:
    """The recipe of the first package of what `recipe` will make of `source`: one rung and the sound, by
    `threads` of the machine.

    The sound keeps its loudness, which has not been measured at that time.
    """
    rung = next((rung for rung in recipe.rungs if rung.codec == "copy"), None)
    copied = rung is not None
    if rung is None:  # the smallest that plays everywhere; its encoder costs next to nothing, the decoder sets the pace
        floor = min((rung for rung in recipe.rungs if rung.is_h264), key=lambda rung: rung.width * rung.height)
        rung = replace(floor, preset=PREVIEW_PRESET, params="")
    audio, heard = recipe.audio, source.audio
    if audio is not None and heard is not None:
        # Broadcasts change their channels on the way. Nobody has looked yet, so it is expected.
        audio = replace(audio, treatment=replace(UNTREATED, changes=source.container in _BROADCAST))
        if _may_copy_audio(source, heard):
            audio = replace(audio, copied=True, sample_rate=heard.sample_rate)
    return replace(
        recipe,
        rungs=(rung,),
        audio=audio,
        described=None,
        keyframes=recipe.keyframes if copied else (),
        threads=threads,
        decoder_threads=threads,
        hurried=True,
        growing=not copied,
        reasons=(),
    )


def _may_copy_audio(source: Source, audio: AudioStream) -> bool:
    """Whether the sound is AAC as we would make it, starts with the picture, and keeps its clock."""
    fit = audio.codec == "aac" and audio.channels == 2 and audio.sample_rate in _RATES
    steady = source.container not in _BROADCAST and not audio.counted and len(audio.clock) <= 1
    start = source.video.start_s if source.video else source.start_s
    return fit and steady and abs(audio.start_s - start) < _TOGETHER_S
