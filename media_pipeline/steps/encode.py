"""One decode, all rungs and the sound, each in a file of its own; the only step that takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from media_pipeline.ffmpeg.encode import argv
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import EncodeProgress
from media_pipeline.ffmpeg.verify import streams
from media_pipeline.files import storage
from media_pipeline.jobs.lease import StartOver
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.inspect_output import check_streams
from media_pipeline.steps.plan import load_recipe, load_source
from media_pipeline.steps.results import EncodeResult
from media_pipeline.steps.sound import settle_loudness

# The rungs, the same again as a package, and the download.
ENCODE_SPACE_FACTOR = 3


def run(step: StepContext) -> None:
    """Encode by the recipe and look at what came out. Raises MediaError."""
    folder = step.make_dir()
    recipe = load_recipe(step)
    with encode_instead_of_copy(recipe):
        encoded, warnings = encode_and_verify(step, load_source(step), recipe, folder)
    step.commit_dir(folder, encoded, lambda: step.add_warnings(warnings))


@contextmanager
def encode_instead_of_copy(recipe: Recipe) -> Iterator[None]:
    """Where a package with a copied rung does not pass its checks: StartOver, this time with all rungs encoded."""
    try:
        yield
    except MediaError as problem:
        if problem.code is not ErrorCode.VERIFY_FAILED or not recipe.copied_frames:
            raise
        raise StartOver(f"a copied stream cannot be served ({problem.detail})", without_copy=True) from problem


def encode_and_verify(
    step: StepContext, source: Source, recipe: Recipe, folder: Path, *, show: Callable[[], None] = lambda: None
) -> tuple[EncodeResult, tuple[WarningCode, ...]]:
    """Encode all of ``recipe`` into ``folder``. Returns what was made, and what only the encode could find out.

    ``show`` is called whenever there is progress. Raises MediaError, with disk_full before the work when there is
    no room.
    """
    rates = (*(rung.rate_max for rung in recipe.rungs), *(sound.bitrate for sound in recipe.sounds))
    most_bytes = int(sum(rates) * recipe.duration_s / 8)
    storage.require_space(folder, ENCODE_SPACE_FACTOR * most_bytes)
    with step.master_file() as path:
        command = argv.encode_command(recipe, source, step.tools, path, folder)

        def progress(said: EncodeProgress) -> float:
            show()
            return said.media_s / recipe.duration_s if recipe.duration_s else 0.0

        finished = step.run_command(command, progress=progress)
        step.leased.log(
            f"{step.job.step}: {finished.seconds:.1f} s, {finished.cpu_seconds:.1f} s of processor, "
            f"{finished.max_rss_bytes >> 20} MiB"
        )
        heard = () if recipe.hurried else settle_loudness(step, source, recipe, path, folder)
    step.leased.report_progress(0.99)
    timelines = check_streams(step, recipe, folder)
    duration_s, warnings = streams.verify_lengths(recipe, timelines, finished.stderr_tail)
    return EncodeResult(round(duration_s, 3), timelines[recipe.smallest].keyframes, heard), warnings
