"""A first version for whoever brought the film, long before the whole ladder is done: one rung, no pictures yet.

It is a comfort: when it cannot be made, the log says why and the job goes on.
"""

from pathlib import Path

from django.db import transaction

from media_pipeline.conf import conf
from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import argv, preview
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.verify import streams
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.encode import ENCODE_SPACE_FACTOR, encode_progress, max_encoded_bytes
from media_pipeline.steps.inspect_output import check_streams
from media_pipeline.steps.package import build_package
from media_pipeline.steps.plan import ladder_policy, load_source
from media_pipeline.steps.publish import save_package

# These are about the job or the machine, and hold for the steps to come as well.
_SERIOUS = frozenset({ErrorCode.CANCELLED, ErrorCode.DISK_FULL, ErrorCode.NO_FFMPEG, ErrorCode.NO_SANDBOX})


def run(step: StepContext) -> None:
    """Publish a first package to those who may edit the clip. Raises MediaError where the whole job is concerned."""
    if Clip.objects.filter(pk=step.clip.pk, package__isnull=False).exists():
        step.advance()  # players have a complete one already
        return
    try:
        _first_package(step)
    except MediaError as problem:
        if problem.code in _SERIOUS or problem.refused:
            raise
        step.leased.log(f"preview: left out: {problem}")
    step.advance()


def _first_package(step: StepContext) -> None:
    source = load_source(step)
    wanted = ladder_policy(conf())
    whole = ladder.plan_recipe(source, wanted, step.tools, master=step.master.sha256)
    recipe, folder = preview.preview_recipe(whole, source, wanted.threads), step.make_dir()
    storage.require_space(folder, ENCODE_SPACE_FACTOR * max_encoded_bytes(recipe))
    with step.master_file() as path:
        command = argv.encode_command(recipe, source, step.tools, path, folder)
        finished = step.run_command(command, progress=encode_progress(recipe))
    step.leased.log(f"preview: {finished.seconds:.1f} s, {finished.cpu_seconds:.1f} s of processor")
    timelines = check_streams(step, recipe, folder)
    duration_s, _warnings = streams.verify_lengths(recipe, timelines, finished.stderr_tail)
    _show(step, recipe, folder, duration_s)


def _show(step: StepContext, recipe: Recipe, folder: Path, duration_s: float) -> None:
    packaged = build_package(step, recipe, folder, duration_s)
    with storage.disk_errors():
        storage.sync_tree(folder)
        files = manifest.read_manifest(folder)
    step.leased.heartbeat()  # the last look before the move: is the job still ours?
    packages.move_package(folder, f"{step.clip.public_id}/{recipe.key()}/", files)
    with transaction.atomic():
        package = save_package(step, recipe.key(), json_values.to_json(recipe), files, packaged, early=True)
        step.leased.heartbeat()
        packages.activate_preview(step.clip, package)
