"""What shall be made of it? Measure the sound, then fix the recipe, whose key names the output for ever."""

import dataclasses
import os
from pathlib import Path

from media_pipeline.conf import Conf, conf
from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import loudness
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.files import packages
from media_pipeline.jobs.lease import StartOver
from media_pipeline.models import Clip, Package
from media_pipeline.steps.context import Work


def run(work: Work) -> None:
    """Leave ``recipe``, or end the job when what it would make is published already. Raises MediaError."""
    source = source_of(work)
    recipe = ladder.plan_recipe(
        source, policy(conf()), work.tools, gain_db=_gain_db(work, source), master=work.master.sha256
    )
    for reason in recipe.reasons:
        work.held.log(f"plan: {reason}")
    made = Package.objects.filter(clip=work.clip, key=recipe.key()).first()
    if made is not None and packages.is_complete(made):
        work.held.log(f"plan: package {made.key} exists and is intact")
        work.finish(lambda: packages.activate_package(work.clip, made))
        return

    def write() -> None:
        Clip.objects.filter(pk=work.clip.pk).update(warnings=[code.value for code in recipe.warnings])
        Clip.objects.show_state(work.clip, Clip.State.ENCODING)

    work.advance(write, recipe=json_values.to_json(recipe))


def source_of(work: Work) -> Source:
    """What the probe wrote. Raises StartOver when this version cannot read it."""
    try:
        return json_values.from_json(Source, work.master.probe)
    except (KeyError, TypeError, ValueError):
        raise StartOver from None


def recipe_of(work: Work) -> Recipe:
    """What the plan left. Raises StartOver when this version cannot read it."""
    return work.value("plan", "recipe", Recipe)


def policy(settings: Conf) -> LadderPolicy:
    """The house's ladder with the codecs and threads of the settings."""
    wanted = AV1_ON_TOP if "av1" in settings.codecs else H264_ONLY
    shared = max(1, (os.cpu_count() or 1) // settings.workers)
    return dataclasses.replace(
        wanted,
        threads=settings.threads or shared,
        av1_ten_bit=settings.av1_ten_bit,
        copy_web_fit=settings.copy_web_fit,
    )


def _gain_db(work: Work, source: Source) -> float:
    """The gain by measurement; a second one where the limiter acts, which makes up for what it takes away."""
    if source.audio is None:
        return 0.0
    try:
        with work.master_file() as path:
            heard = _measured(work, source, path)
            gain = heard.gain_db
            if heard.needs_second_look:
                gain = loudness.makeup_gain_db(gain, _measured(work, source, path, gain))
    except MediaError as problem:
        if problem.code is not ErrorCode.ENCODE_FAILED:
            raise
        # Sound too broken to be measured may still be heard in part: the encode decides.
        work.held.log(f"plan: loudness could not be measured: {problem.stderr_tail}")
        return 0.0
    work.held.log(f"plan: sound at {heard.integrated} LUFS, raised by {gain:.1f} dB")
    return gain


def _measured(work: Work, source: Source, path: Path, gain_db: float | None = None) -> loudness.Loudness:
    finished = work.call(loudness.loudness_command(work.tools, source, path, gain_db=gain_db))
    return loudness.parse_loudness(finished.stdout)
