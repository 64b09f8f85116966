"""A preview that its people watch while it is being encoded: published with its first segment, ended with its last.

The published files are further names of those that ffmpeg writes, so on the disk of the published storage alone a
preview grows; elsewhere it is published when it is complete.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.encode import download, growing
from media_pipeline.ffmpeg.hls.media_playlist import MediaPlaylist
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.verify import package as verify_package
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip, Package
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.publish import save_package
from media_pipeline.steps.results import PackageResult


def remove_growing(clip: Clip) -> None:
    """Remove what an attempt that never ended was showing."""
    for package in Package.objects.filter(clip=clip, growing=True):
        packages.remove_package(package)


def show_preview(step: StepContext, recipe: Recipe, files: manifest.Manifest, made: PackageResult) -> None:
    """Write the rows of a preview and show it to the clip's people. Without ``files`` it grows still."""

    def write() -> None:
        package = save_package(step, recipe.key(), json_values.to_json(recipe), files, made)
        step.leased.heartbeat()
        packages.activate_preview(step.clip, package)

    step.write_rows(write)


@dataclass
class GrowingPreview:
    """The preview of one attempt, made in ``folder``. ``show`` is called whenever ffmpeg has reported progress."""

    step: StepContext
    recipe: Recipe
    folder: Path
    shown: dict[str, str] = field(default_factory=dict)  # the playlists that players have
    target: Path | None = field(init=False)

    def __post_init__(self) -> None:
        root = storage.local_root(storage.published())
        here = root is not None and storage.device_of(self.folder) == storage.device_of(root)
        self.target = root / self.prefix if root is not None and here else None

    @property
    def prefix(self) -> str:
        return f"{self.step.clip.public_id}/{self.recipe.key()}/"

    def show(self) -> None:
        """Publish the segments that are complete. Raises MediaError, and LostLease when the job is another's."""
        if self.target is None:
            return
        texts = self._read_playlists()
        playlists = growing.parse_growing(self.recipe, texts)
        if not playlists or texts == self.shown:
            return
        with storage.disk_errors():
            if not self.shown:
                self._link_media(self.target)
            for name, text in texts.items():
                storage.replace_text(self.target / name, growing.from_the_start(text))
        if not self.shown:
            made = PackageResult(self._tracks(playlists), self.recipe.duration_s, download.DOWNLOAD_NAME)
            show_preview(self.step, self.recipe, {}, made)
        self.shown = texts

    def finish(self, duration_s: float) -> None:
        """Verify what was made, add the download, and end the preview. Raises as ``show`` does."""
        # 1. The download, and a look at every playlist.
        self.step.run_command(download.download_command(self.recipe, self.step.tools, self.folder))
        texts = self._read_playlists()
        playlists = growing.parse_growing(self.recipe, texts)
        sizes = {path.name: path.stat().st_size for path in self.folder.glob("*.mp4")}
        verify_package.verify_growing(self.recipe, playlists, sizes, duration_s)
        tracks = self._tracks(playlists)
        with storage.disk_errors():
            for name, text in texts.items():
                (self.folder / name).write_text(growing.from_the_start(text), encoding="utf-8")
            storage.sync_tree(self.folder)
            files = manifest.read_manifest(self.folder)
        # 2. Into place: beside what is shown already, or as a whole. A heartbeat before asks whose the job is.
        self.step.leased.heartbeat()
        if self.target is not None and self.shown:
            with storage.disk_errors():
                (self.target / download.DOWNLOAD_NAME).hardlink_to(self.folder / download.DOWNLOAD_NAME)
                for name in texts:
                    storage.replace_text(self.target / name, (self.folder / name).read_text("utf-8"))
                storage.sync_tree(self.target)
        else:
            packages.move_package(self.folder, self.prefix, files)
        # 3. Write the rows.
        made = PackageResult(tracks, duration_s, download.DOWNLOAD_NAME)
        show_preview(self.step, self.recipe, files, made)

    def _read_playlists(self) -> dict[str, str]:
        names = growing.growing_playlists(self.recipe)
        return {name: (self.folder / name).read_text("utf-8") for name in names if (self.folder / name).is_file()}

    def _link_media(self, target: Path) -> None:
        storage.remove_published(self.prefix)  # of an attempt before
        storage.make_folder(target)
        for name in growing.growing_playlists(self.recipe).values():
            (target / name).hardlink_to(self.folder / name)

    def _tracks(self, playlists: Mapping[str, MediaPlaylist]) -> tuple[MediaTrack, ...]:
        heads: dict[str, bytes] = {}
        for name in growing.growing_playlists(self.recipe).values():
            with (self.folder / name).open("rb") as file:
                heads[name] = file.read(growing.INIT_BYTES)
        return growing.growing_tracks(self.recipe, playlists, heads)
