"""A preview for the people who uploaded the video, long before the whole ladder is done: one rung, no pictures yet.

It is a comfort: when it cannot be made, the log says why and the job goes on.
"""

from pathlib import Path

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.encode import preview
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.encode import encode_and_verify, encode_instead_of_copy
from media_pipeline.steps.growing import GrowingPreview, remove_growing, show_preview
from media_pipeline.steps.package import build_package
from media_pipeline.steps.plan import ladder_policy, load_source

# These are about the job or the machine, and hold for the steps to come as well.
_SERIOUS = frozenset({ErrorCode.CANCELLED, ErrorCode.DISK_FULL, ErrorCode.NO_FFMPEG, ErrorCode.NO_SANDBOX})


def run(step: StepContext) -> None:
    """Publish a first package to those who may edit the clip. Raises MediaError where the whole job is concerned."""
    if Clip.objects.filter(pk=step.clip.pk, package__isnull=False).exists():
        step.advance()  # players have a complete one already
        return
    remove_growing(step.clip)  # of an attempt that never ended
    try:
        _publish_preview(step)
    except Exception as problem:
        remove_growing(step.clip)
        if not isinstance(problem, MediaError) or problem.code in _SERIOUS or problem.refused:
            raise
        step.leased.log(f"preview: left out: {problem}")
    step.advance()


def _publish_preview(step: StepContext) -> None:
    # 1. Plan: the smallest rendition, or the copied stream.
    source, policy = load_source(step), ladder_policy(conf(), step.job)
    whole = ladder.plan_recipe(source, policy, step.tools, master=step.master.sha256)
    recipe, folder = preview.preview_recipe(whole, source, policy.threads), step.make_dir()
    # 2. Encode, and show what there is meanwhile; a copy is made at once.
    with encode_instead_of_copy(recipe):
        if recipe.growing:
            made = GrowingPreview(step, recipe, folder)
            encoded, _warnings = encode_and_verify(step, source, recipe, folder, show=made.show)
            made.finish(encoded.duration_s)
        else:
            _publish_copy(step, source, recipe, folder)


def _publish_copy(step: StepContext, source: Source, recipe: Recipe, folder: Path) -> None:
    # 1. Copy and package.
    encoded, _warnings = encode_and_verify(step, source, recipe, folder)
    packaged = build_package(step, recipe, folder, encoded)
    with storage.disk_errors():
        storage.sync_tree(folder)
        files = manifest.read_manifest(folder)
    # 2. Move into place; a heartbeat before asks whether the job is still ours.
    step.leased.heartbeat()
    packages.move_package(folder, f"{step.clip.public_id}/{recipe.key()}/", files)
    # 3. Write the rows.
    show_preview(step, recipe, files, packaged)
