"""The finished package moves to its place by one rename and becomes what players get by one row."""

from django.utils import timezone

from media_pipeline.ffmpeg import json_values
from media_pipeline.files import manifest, packages, storage
from media_pipeline.jobs.lease import StartOver
from media_pipeline.models import Clip, Package, Poster, Rendition, Storyboard
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import PackageResult, StillsResult

_OF_VIDEO = ("width", "height", "frame_rate", "iframe_bandwidth")


def run(step: StepContext) -> None:
    """Publish what the packaging and the stills left. Raises MediaError."""
    # 1. Read what the steps before left.
    key = load_recipe(step).key()
    packaged, taken = step.load_result("package", PackageResult), step.load_result("stills", StillsResult)
    files = step.manifest_of("package") | step.manifest_of("stills")
    prefix = f"{step.clip.public_id}/{key}/"
    # 2. Move the files into place, unless an attempt before did; a heartbeat before asks whether the job is still ours.
    if not packages.is_published(prefix, files):
        folder = step.make_dir()
        for part in ("package", "stills"):
            storage.link_files(step.finished_dir(part), folder)
        if not manifest.matches_manifest(folder, files):
            raise StartOver  # a disk that lost what it had taken
        step.leased.heartbeat()
        packages.move_package(folder, prefix, files)

    # 3. Write the rows, and end the job.
    def write() -> None:
        recipe = step.job.work["plan"]["recipe"]
        packages.activate_package(step.clip, save_package(step, key, recipe, files, packaged, taken))

    step.finish_job(write)


def save_package(
    step: StepContext,
    key: str,
    recipe: json_values.Json,
    files: manifest.Manifest,
    packaged: PackageResult,
    taken: StillsResult | None = None,
) -> Package:
    """Write the package's rows, in the caller's transaction; without stills it is a preview, without files as well
    one that grows still.

    One made before by the same recipe gets the new facts.
    """
    facts = {
        "recipe": recipe,
        "warnings": Clip.objects.values_list("warnings", flat=True).get(pk=step.clip.pk),
        "early": taken is None,
        "growing": not files,
        "duration_s": packaged.duration_s,
        "size_bytes": manifest.total_bytes(files),
        "download_name": packaged.download_name,
        "download_bytes": files[packaged.download_name][0] if files else 0,
        "files": files,
        "written_at": timezone.now(),
    }
    package, _ = Package.objects.update_or_create(clip=step.clip, key=key, defaults=facts)
    for rows in (package.renditions, Storyboard.objects.filter(package=package)):
        rows.all().delete()
    Rendition.objects.bulk_create(
        # Sound has no size and no pictures: NULL in place of a track's zeros.
        Rendition(
            package=package,
            **json_values.to_json(track) | {name: getattr(track, name) or None for name in _OF_VIDEO},
        )
        for track in packaged.tracks
    )
    if taken is not None:
        candidates = (Poster(clip=step.clip, package=package, **json_values.to_json(one)) for one in taken.posters)
        packages.replace_posters(package, candidates)
        Storyboard.objects.create(package=package, **json_values.to_json(taken.storyboard))
    return package
