"""How good must the top rung be encoded? Short samples of this film say it (plan/quality.py)."""

from collections.abc import Sequence

from media_pipeline.ffmpeg.encode import trial
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import quality
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.steps.context import StepContext


def search_quality(step: StepContext, source: Source, recipe: Recipe) -> Recipe:
    """The recipe with the quality number that this film needs, or as it is where nothing is searched.

    Raises MediaError.
    """
    places = quality.sample_places(source, recipe) if step.tools.supports_libvmaf else ()
    if not places:
        return recipe
    folder, spent_s = step.make_dir(), list[float]()
    with step.master_file() as path:

        def measure(at_s: float, number: int) -> Sequence[float]:
            command = trial.trial_command(recipe, source, step.tools, path, folder, at_s=at_s, quality=number)
            spent_s.append(step.run_command(command).cpu_seconds)
            step.leased.report_progress(len(spent_s) / (len(places) + 1))
            return trial.read_scores(folder)

        try:
            found = quality.find_quality(measure, places, recipe.rungs[0])
        except MediaError as problem:
            if problem.code is not ErrorCode.ENCODE_FAILED:
                raise
            # A sample that cannot be decoded says nothing about the rest: the usual number serves it.
            step.leased.log(f"plan: quality could not be measured: {problem.stderr_tail or problem}")
            return recipe
    step.leased.log(f"plan: quality searched in {sum(spent_s):.1f} s of processor")
    return quality.with_quality(recipe, found)
