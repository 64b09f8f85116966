"""The encoded files as HLS with byte ranges, and the MP4 for download: everything players get but the pictures."""

from collections.abc import Sequence
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import download, packager
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.verify import package, streams
from media_pipeline.files import manifest, storage
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.inspect_output import check_streams, output_timeline, probe_output
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import EncodeResult, PackageResult

DOWNLOAD_HEAD_BYTES = 4096


def run(step: StepContext) -> None:
    """Package and verify. Raises MediaError."""
    recipe, folder = load_recipe(step), step.make_dir()
    duration_s = step.load_result("encode", "made", EncodeResult).duration_s
    storage.require_space(folder, 2 * manifest.total_bytes(step.manifest_of("encode")))
    storage.link_files(step.finished_dir("encode"), folder)
    packaged = build_package(step, recipe, folder, duration_s)
    step.commit_dir(folder, made=json_values.to_json(packaged))


def build_package(step: StepContext, recipe: Recipe, folder: Path, duration_s: float) -> PackageResult:
    """Turn the encoded files in ``folder`` into a verified package, which is all that stands there afterwards.

    ``duration_s`` is what the encoded files last. Raises MediaError.
    """
    step.run_command(packager.package_command(recipe, step.tools, folder))
    step.run_command(download.download_command(recipe, step.tools, folder))
    made = folder / packager.PACKAGE_FOLDER
    tracks = _tracks(recipe, made, duration_s)
    check_streams(step, recipe, made)
    _check_download(step, recipe, folder / download.DOWNLOAD_NAME, duration_s)
    with storage.disk_errors():
        _keep(folder, made, packager.package_file_names(recipe))
    return PackageResult(tracks, duration_s, download.DOWNLOAD_NAME)


def _tracks(recipe: Recipe, made: Path, duration_s: float) -> tuple[MediaTrack, ...]:
    """What a multivariant playlist says of each stream, once the playlists have been verified against the files."""
    texts = {path.name: path.read_text("utf-8", "replace") for path in made.glob("*.m3u8")}
    sizes = {path.name: path.stat().st_size for path in made.glob("*.mp4")}
    package.verify_package(recipe, texts, sizes, duration_s)
    return packager.media_tracks(recipe, texts, sizes)


def _check_download(step: StepContext, recipe: Recipe, path: Path, duration_s: float) -> None:
    with path.open("rb") as file:
        head = file.read(DOWNLOAD_HEAD_BYTES)
    streams.verify_download(recipe, probe_output(step, path), output_timeline(step, path, "v:0"), head, duration_s)


def _keep(folder: Path, made: Path, names: Sequence[str]) -> None:
    """Leave what is published in ``folder`` and nothing else: the encoded files give way to the packaged ones."""
    for name in names:
        (made / name).replace(folder / name)
    storage.remove_folder(made)
    for path in folder.iterdir():
        if path.name not in {*names, download.DOWNLOAD_NAME}:
            path.unlink()
