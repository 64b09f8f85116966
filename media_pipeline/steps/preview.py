"""A preview for the people who uploaded the video, long before the whole ladder is done: one rung, no pictures yet.

It is a comfort: when it cannot be made, the log says why and the job goes on.
"""

from media_pipeline.conf import conf
from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import preview
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.encode import encode_and_verify, encode_instead_of_copy
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
        _publish_preview(step)
    except MediaError as problem:
        if problem.code in _SERIOUS or problem.refused:
            raise
        step.leased.log(f"preview: left out: {problem}")
    step.advance()


def _publish_preview(step: StepContext) -> None:
    # 1. Plan: the smallest rendition, or the copied stream.
    source, policy = load_source(step), ladder_policy(conf(), step.job)
    whole = ladder.plan_recipe(source, policy, step.tools, master=step.master.sha256)
    recipe, folder = preview.preview_recipe(whole, source, policy.threads), step.make_dir()
    # 2. Encode and package.
    with encode_instead_of_copy(recipe):
        encoded, _warnings = encode_and_verify(step, source, recipe, folder)
        packaged = build_package(step, recipe, folder, encoded.duration_s)
    with storage.disk_errors():
        storage.sync_tree(folder)
        files = manifest.read_manifest(folder)
    # 3. Move into place; a heartbeat before asks whether the job is still ours.
    step.leased.heartbeat()
    packages.move_package(folder, f"{step.clip.public_id}/{recipe.key()}/", files)

    # 4. Write the rows.
    def write() -> None:
        package = save_package(step, recipe.key(), json_values.to_json(recipe), files, packaged)
        step.leased.heartbeat()
        packages.activate_preview(step.clip, package)

    step.write_rows(write)
