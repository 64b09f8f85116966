"""What the fault tests share: tools found before the first fork, notes of what was published, small disks."""

import json
import os
import subprocess

import pytest

from media_pipeline import ffmpeg_tools
from media_pipeline.files import packages

from .children import end_all


@pytest.fixture(autouse=True)
def children(replayed):
    """Look for tools and sandbox here, once, and not again in every child. No child outlives its test."""
    ffmpeg_tools.binaries()
    ffmpeg_tools.sandbox_tier()
    yield
    end_all()


class Notes:
    """What every process of a test was about to publish, kept where a kill does not reach."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def take(self, prefix, files):
        (self.folder / prefix.strip("/").replace("/", " ")).write_text(json.dumps(files))

    def of(self, clip_id, key):
        return json.loads((self.folder / f"{clip_id} {key}").read_text())


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """Writes down what is handed to ``packages.move_package`` before it is done."""
    notes, move = Notes(tmp_path / "notes"), packages.move_package

    def note_and_move(folder, prefix, files):
        notes.take(prefix, files)
        move(folder, prefix, files)

    monkeypatch.setattr(packages, "move_package", note_and_move)
    return notes


class Disk:
    """A disk in memory whose size and mood can be changed."""

    def __init__(self, folder):
        self.folder = folder

    def mount(self, options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        return subprocess.run(command, capture_output=True).returncode == 0

    def remount(self, options):
        assert self.mount(f"remount,{options}")

    def files(self):
        return [path.name for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def disk(tmp_path):
    """A disk of four megabytes, its own file system."""
    disk = Disk(tmp_path / "disk")
    disk.folder.mkdir()
    if os.geteuid() != 0 or not disk.mount("size=4m"):
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk.folder)], check=True)
