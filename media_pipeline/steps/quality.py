"""How good must the top rung be encoded? Short samples of this film say it (plan/quality.py)."""

from media_pipeline.ffmpeg.encode import trial
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import quality
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.plan.sample_places import sample_places
from media_pipeline.ffmpeg.plan.tried_place import Sample
from media_pipeline.steps.context import StepContext


def search_quality(step: StepContext, source: Source, recipe: Recipe, rival: Recipe | None = None) -> Recipe:
    """The recipe with the quality number that this film needs, or as it is where nothing is searched.

    `rival` is the same film with another encoder's top rung; the one that needs clearly fewer bytes is taken.
    Raises MediaError.
    """
    places = sample_places(source, recipe) if step.tools.supports_libvmaf else ()
    if not places:
        return recipe
    folder, spent_s = step.make_dir(), list[float]()
    with step.master_file() as path:

        def measure(rung: Rung, at_s: float) -> Sample:
            command = trial.trial_command(recipe, rung, source, step.tools, path, folder, at_s=at_s)
            spent_s.append(step.run_command(command).cpu_seconds)
            step.leased.report_progress(min(len(spent_s) / (len(places) + 1), 0.99))
            return trial.read_sample(recipe, rung, folder)

        try:
            best, found = quality.find_quality(measure, places, recipe.rungs[0], rival.rungs[0] if rival else None)
        except MediaError as problem:
            if problem.code is not ErrorCode.ENCODE_FAILED:
                raise
            # A sample that cannot be decoded says nothing about the rest: the usual number serves it.
            step.leased.log(f"plan: quality could not be measured: {problem.stderr_tail or problem}")
            return recipe
    step.leased.log(f"plan: quality searched in {sum(spent_s):.1f} s of processor")
    chosen = rival if rival and best == rival.rungs[0] else recipe
    return quality.with_quality(chosen, found)
