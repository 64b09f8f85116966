"""One decode, all rungs and the sound, each in a file of its own; the only step that takes long."""

from collections.abc import Callable, Iterable

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import argv
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import EncodeProgress
from media_pipeline.ffmpeg.verify import streams
from media_pipeline.files import storage
from media_pipeline.models import Clip
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.inspect_output import check_streams
from media_pipeline.steps.plan import load_recipe, load_source
from media_pipeline.steps.results import EncodeResult

# The rungs, the same again as a package, and the download.
ENCODE_SPACE_FACTOR = 3


def run(step: StepContext) -> None:
    """Encode by the recipe and look at what came out. Raises MediaError."""
    source, recipe = load_source(step), load_recipe(step)
    folder = step.make_dir()
    storage.require_space(folder, ENCODE_SPACE_FACTOR * max_encoded_bytes(recipe))
    with step.master_file() as path:
        command = argv.encode_command(recipe, source, step.tools, path, folder)
        finished = step.run_command(command, progress=encode_progress(recipe))
    step.leased.log(
        f"encode: {finished.seconds:.1f} s, {finished.cpu_seconds:.1f} s of processor, "
        f"{finished.max_rss_bytes >> 20} MiB"
    )
    step.leased.report_progress(0.99)
    timelines = check_streams(step, recipe, folder)
    duration_s, warnings = streams.verify_lengths(recipe, timelines, finished.stderr_tail)
    encoded = EncodeResult(round(duration_s, 3), timelines[recipe.smallest].keyframes)
    step.commit_dir(folder, lambda: _warn(step.clip, warnings), made=json_values.to_json(encoded))


def encode_progress(recipe: Recipe) -> Callable[[EncodeProgress], float]:
    """How a report of ffmpeg's becomes the part (0 to 1) of the film that is done."""
    return lambda said: said.media_s / recipe.duration_s if recipe.duration_s else 0.0


def _warn(clip: Clip, warnings: Iterable[WarningCode]) -> None:
    """Add what only the encode could find out to the clip's warnings."""
    known = Clip.objects.values_list("warnings", flat=True).get(pk=clip.pk)
    Clip.objects.filter(pk=clip.pk).update(warnings=list(dict.fromkeys((*known, *(code.value for code in warnings)))))


def max_encoded_bytes(recipe: Recipe) -> int:
    """More than the encode can write: every rung at its cap all the time."""
    audio = recipe.audio.bitrate if recipe.audio else 0
    return int((sum(rung.rate_max for rung in recipe.rungs) + audio) * recipe.duration_s / 8)
