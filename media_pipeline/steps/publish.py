"""The finished package moves to its place by one rename and becomes what players get by one row."""

from typing import Any

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.files import manifest, packages, storage
from media_pipeline.jobs.lease import StartOver
from media_pipeline.models import Package, Poster, Rendition, Storyboard
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import PackageResult, StillsResult

NO_STILLS = StillsResult(posters=())


def run(step: StepContext) -> None:
    """Publish what the packaging and the stills left. Raises MediaError."""
    key = load_recipe(step).key()
    packaged, taken = (
        step.load_result("package", "made", PackageResult),
        step.load_result("stills", "made", StillsResult),
    )
    files = step.manifest_of("package") | step.manifest_of("stills")
    prefix = f"{step.clip.public_id}/{key}/"
    if not packages.is_published(prefix, files):
        folder = step.make_dir()
        for part in ("package", "stills"):
            storage.link_files(step.finished_dir(part), folder)
        if not manifest.matches_manifest(folder, files):
            raise StartOver  # a disk that lost what it had taken
        step.leased.heartbeat()  # the last look before the move: is the job still ours?
        packages.move_package(folder, prefix, files)
    recipe = step.job.work["plan"]["recipe"]
    step.finish_job(
        lambda: packages.activate_package(step.clip, save_package(step, key, recipe, files, packaged, taken))
    )


def save_package(
    step: StepContext,
    key: str,
    recipe: json_values.Json,
    files: manifest.Manifest,
    packaged: PackageResult,
    taken: StillsResult = NO_STILLS,
    *,
    early: bool = False,
) -> Package:
    """The package's rows, in the caller's transaction. One made before by the same recipe gets the new facts."""
    facts = {
        "recipe": recipe,
        "early": early,
        "duration_s": packaged.duration_s,
        "size_bytes": manifest.total_bytes(files),
        "download_name": packaged.download_name,
        "download_bytes": files[packaged.download_name][0],
        "files": files,
    }
    package, _ = Package.objects.update_or_create(clip=step.clip, key=key, defaults=facts)
    for rows in (package.renditions, package.posters, Storyboard.objects.filter(package=package)):
        rows.all().delete()
    Rendition.objects.bulk_create(Rendition(package=package, **_columns(track)) for track in packaged.tracks)
    Poster.objects.bulk_create(Poster(clip=step.clip, package=package, **json_values.to_json(p)) for p in taken.posters)
    if taken.storyboard is not None:
        Storyboard.objects.create(package=package, **json_values.to_json(taken.storyboard))
    return package


def _columns(track: MediaTrack) -> dict[str, Any]:
    """A track as columns; sound has no size and no pictures."""
    columns: dict[str, Any] = json_values.to_json(track)
    numbers = ("width", "height", "frame_rate", "iframe_bandwidth")
    return columns | {name: columns[name] or None for name in numbers}
