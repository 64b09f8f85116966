"""What shall be made of it? Measure the sound, then fix the recipe, whose key names the output permanently."""

import dataclasses
import os
from collections.abc import Iterable

from media_pipeline.conf import Conf, conf
from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, FIRST_RUNGS, H264_FOR_MOTION, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.files import packages
from media_pipeline.jobs.lease import StartOver
from media_pipeline.models import Clip, Job, Package
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.quality import search_quality
from media_pipeline.steps.sound import treat_sounds


def run(step: StepContext) -> None:
    """Leave ``recipe``, or end the job when what it would make is published already. Raises MediaError."""
    source = load_source(step)
    sound, described = treat_sounds(step, source)
    policy = ladder_policy(conf(), step.job)

    def plan(policy: LadderPolicy) -> Recipe:
        return ladder.plan_recipe(
            source, policy, step.tools, sound=sound, described=described, master=step.master.sha256
        )

    recipe = plan(policy)
    if policy.searched:
        rival = plan(adapt_policy(H264_FOR_MOTION, conf(), step.job)) if recipe.rungs[0].codec == "av1" else None
        recipe = search_quality(step, source, recipe, rival)
    for reason in recipe.reasons:
        step.leased.log(f"plan: {reason}")

    def write_facts(known: Iterable[str] = ()) -> None:
        planned = Clip.objects.filter(pk=step.clip.pk)
        codes = (*(code.value for code in recipe.warnings), *known)
        planned.update(warnings=list(dict.fromkeys(codes)))
        if not conf().rungs_on_demand or recipe.copied_frames:
            planned.update(all_rungs=True)  # the setting may change, and what was made stays

    made = Package.objects.filter(clip=step.clip, key=recipe.key()).first()
    if made is not None and packages.is_package_complete(made):
        step.leased.log(f"plan: package {made.key} exists and is intact")

        def activate() -> None:
            write_facts(made.warnings)
            packages.activate_package(step.clip, made)

        step.finish_job(activate)
        return

    def write() -> None:
        write_facts()
        Clip.objects.show_state(step.clip, Clip.State.ENCODING)

    step.advance(write, recipe=json_values.to_json(recipe))


def load_source(step: StepContext) -> Source:
    """What the probe wrote. Raises StartOver when this version cannot read it."""
    try:
        return json_values.from_json(Source, step.master.probe)
    except (KeyError, TypeError, ValueError):
        raise StartOver from None


def load_recipe(step: StepContext) -> Recipe:
    """What the plan left. Raises StartOver when this version cannot read it."""
    return step.load_result("plan", Recipe, "recipe")


def ladder_policy(settings: Conf, job: Job) -> LadderPolicy:
    """The standard ladder with the codecs of the settings, or the first part of it with rungs on demand."""
    policy = AV1_ON_TOP if "av1" in settings.codecs else H264_ONLY
    if settings.rungs_on_demand and not job.clip.all_rungs:
        policy = FIRST_RUNGS
    return adapt_policy(policy, settings, job)


def adapt_policy(policy: LadderPolicy, settings: Conf, job: Job) -> LadderPolicy:
    """A policy with the threads of the settings, and what was learnt about the job's file."""
    return dataclasses.replace(
        policy,
        threads=settings.threads or max(1, (os.cpu_count() or 1) // settings.workers),
        av1_ten_bit=settings.av1_ten_bit,
        copy_web_fit=settings.copy_web_fit and not job.work.get("without_copy"),
    )
