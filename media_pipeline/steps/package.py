"""The encoded files as HLS with byte ranges, and the MP4 for download: everything players get but the pictures."""

from collections.abc import Mapping
from pathlib import Path

from media_pipeline.ffmpeg.encode import download, packager
from media_pipeline.ffmpeg.hls.media_playlist import MediaPlaylist
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.verify import copied, package, streams
from media_pipeline.files import manifest, storage
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.encode import encode_instead_of_copy
from media_pipeline.steps.inspect_output import check_streams, output_timeline, probe_output
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import EncodeResult, PackageResult

DOWNLOAD_HEAD_BYTES = 4096


def run(step: StepContext) -> None:
    """Package and verify. Raises MediaError."""
    folder = step.make_dir()
    storage.require_space(folder, 2 * manifest.total_bytes(step.manifest_of("encode")))
    storage.link_files(step.finished_dir("encode"), folder)
    encoded, recipe = step.load_result("encode", EncodeResult), load_recipe(step)
    with encode_instead_of_copy(recipe):
        packaged = build_package(step, recipe, folder, encoded)
    step.commit_dir(folder, packaged)


def build_package(step: StepContext, recipe: Recipe, folder: Path, encoded: EncodeResult) -> PackageResult:
    """Turn the ``encoded`` files in ``folder`` into a verified package, which is all that remains there.

    Raises MediaError.
    """
    duration_s = encoded.duration_s
    # 1. Package, and remux for download.
    step.run_command(packager.package_command(recipe, step.tools, folder))
    step.run_command(download.download_command(recipe, step.tools, folder))
    # 2. Verify the playlists against the files, the streams, and the download.
    made, file = folder / packager.PACKAGE_FOLDER, folder / download.DOWNLOAD_NAME
    texts = {path.name: path.read_text("utf-8", "replace") for path in made.glob("*.m3u8")}
    sizes = {path.name: path.stat().st_size for path in made.glob("*.mp4")}
    package.verify_package(recipe, texts, sizes, duration_s)
    check_streams(step, recipe, made)
    _check_copy(step, recipe, made, packager.parse_playlists(recipe, texts))
    with file.open("rb") as opened:
        head = opened.read(DOWNLOAD_HEAD_BYTES)
    streams.verify_download(recipe, probe_output(step, file), output_timeline(step, file, "v:0"), head, duration_s)
    # 3. Keep what is published: the encoded files give way to the packaged ones.
    names = packager.package_file_names(recipe)
    with storage.disk_errors():
        for name in names:
            (made / name).replace(folder / name)
        storage.remove_folder(made)
        for path in folder.iterdir():
            if path.name not in {*names, download.DOWNLOAD_NAME}:
                path.unlink()
    heard = {sound.name: (sound.integrated, sound.true_peak_db) for sound in encoded.loudness}
    tracks = packager.media_tracks(recipe, texts, sizes, heard)
    return PackageResult(tracks, duration_s, download.DOWNLOAD_NAME)


def _check_copy(step: StepContext, recipe: Recipe, folder: Path, playlists: Mapping[str, MediaPlaylist]) -> None:
    """What a copied rung owes: segments that decode by themselves, and the pictures of the encoded ones."""
    rung = next((rung for rung in recipe.rungs if rung.codec == "copy"), None)
    if rung is None:
        return
    path = folder / rung.file_name
    with path.open("rb") as file:
        for segment in playlists[packager.playlist_name(rung.name)].segments:
            file.seek(segment.bytes.offset)
            if not copied.begins_with_idr(file.read(copied.SEGMENT_HEAD_BYTES)):
                raise streams.verify_error(rung.name, f"the segment at byte {segment.bytes.offset} needs another one")
    if recipe.smallest is not rung:
        beside = folder / recipe.smallest.file_name
        ends = step.run_command(copied.ends_command(step.tools, path, beside, recipe.duration_s))
        copied.compare_ends(rung, ends.stdout)
