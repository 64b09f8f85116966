"""The encoded files as HLS with byte ranges, and the MP4 for download: everything players get but the pictures."""

from collections.abc import Sequence
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import download, packager
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.verify import package, streams
from media_pipeline.files import manifest, storage
from media_pipeline.steps.context import Work
from media_pipeline.steps.inspect_output import check_streams, facts_of, timeline_of
from media_pipeline.steps.plan import recipe_of
from media_pipeline.steps.results import Encoded, Packaged

HEAD_BYTES = 4096


def run(work: Work) -> None:
    """Package and verify. Raises MediaError."""
    recipe, folder = recipe_of(work), work.folder()
    duration_s = work.value("encode", "made", Encoded).duration_s
    storage.require_space(folder, 2 * manifest.total_bytes(work.files_of("encode")))
    storage.link_files(work.left_by("encode"), folder)
    packaged = pack(work, recipe, folder, duration_s)
    work.leave_folder(folder, made=json_values.to_json(packaged))


def pack(work: Work, recipe: Recipe, folder: Path, duration_s: float) -> Packaged:
    """Turn the encoded files in ``folder`` into a verified package, which is all that stands there afterwards.

    ``duration_s`` is what the encoded files last. Raises MediaError.
    """
    work.call(packager.package_command(recipe, work.tools, folder))
    work.call(download.download_command(recipe, work.tools, folder))
    made = folder / packager.PACKAGE_FOLDER
    tracks = _tracks(recipe, made, duration_s)
    check_streams(work, recipe, made)
    _check_download(work, recipe, folder / download.DOWNLOAD_NAME, duration_s)
    with storage.disk_errors():
        _keep(folder, made, packager.package_file_names(recipe))
    return Packaged(tracks, duration_s, download.DOWNLOAD_NAME)


def _tracks(recipe: Recipe, made: Path, duration_s: float) -> tuple[MediaTrack, ...]:
    """What a multivariant playlist says of each stream, once the playlists have been held against the files."""
    texts = {path.name: path.read_text("utf-8", "replace") for path in made.glob("*.m3u8")}
    sizes = {path.name: path.stat().st_size for path in made.glob("*.mp4")}
    package.verify_package(recipe, texts, sizes, duration_s)
    return packager.media_tracks(recipe, texts, sizes)


def _check_download(work: Work, recipe: Recipe, path: Path, duration_s: float) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    streams.verify_download(recipe, facts_of(work, path), timeline_of(work, path, "v:0"), head, duration_s)


def _keep(folder: Path, made: Path, names: Sequence[str]) -> None:
    """Leave what is published in ``folder`` and nothing else: the encoded files give way to the packaged ones."""
    for name in names:
        (made / name).replace(folder / name)
    storage.remove(made)
    for path in folder.iterdir():
        if path.name not in {*names, download.DOWNLOAD_NAME}:
            path.unlink()
