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
from media_pipeline.steps.context import Work
from media_pipeline.steps.encode import COPIES, most_bytes, part_of
from media_pipeline.steps.inspect_output import check_streams
from media_pipeline.steps.package import pack
from media_pipeline.steps.plan import policy, source_of
from media_pipeline.steps.publish import write_package

# These are about the job or the machine, and hold for the steps to come as well.
_SERIOUS = frozenset({ErrorCode.CANCELLED, ErrorCode.DISK_FULL, ErrorCode.NO_FFMPEG, ErrorCode.NO_SANDBOX})


def run(work: Work) -> None:
    """Publish a first package to those who may edit the clip. Raises MediaError where the whole job is concerned."""
    if Clip.objects.filter(pk=work.clip.pk, package__isnull=False).exists():
        work.advance()  # players have a complete one already
        return
    try:
        _first_package(work)
    except MediaError as problem:
        if problem.code in _SERIOUS or problem.refused:
            raise
        work.held.log(f"preview: left out: {problem}")
    work.advance()


def _first_package(work: Work) -> None:
    source = source_of(work)
    wanted = policy(conf())
    whole = ladder.plan_recipe(source, wanted, work.tools, master=work.master.sha256)
    recipe, folder = preview.preview_recipe(whole, source, wanted.threads), work.folder()
    storage.require_space(folder, COPIES * most_bytes(recipe))
    with work.master_file() as path:
        command = argv.encode_command(recipe, source, work.tools, path, folder)
        finished = work.call(command, progress=part_of(recipe))
    work.held.log(f"preview: {finished.seconds:.1f} s, {finished.cpu_seconds:.1f} s of processor")
    timelines = check_streams(work, recipe, folder)
    duration_s, _warnings = streams.verify_lengths(recipe, timelines, finished.stderr_tail)
    _show(work, recipe, folder, duration_s)


def _show(work: Work, recipe: Recipe, folder: Path, duration_s: float) -> None:
    packaged = pack(work, recipe, folder, duration_s)
    with storage.disk_errors():
        storage.sync_tree(folder)
        files = manifest.files_of(folder)
    work.held.beat()  # the last look before the move: is the job still ours?
    packages.move_package(folder, f"{work.clip.public_id}/{recipe.key()}/", files)
    with transaction.atomic():
        package = write_package(work, recipe.key(), json_values.to_json(recipe), files, packaged, early=True)
        work.held.beat()
        packages.activate_preview(work.clip, package)
