"""What the fault tests share: tools found before the first fork, notes of what was published, small disks."""

import os
import subprocess

import pytest

from media_pipeline import ffmpeg_tools

from .children import end_all, keep_notes


@pytest.fixture(autouse=True)
def children():
    """Look for tools and walls here, once, and not again in every child. No child outlives its test."""
    ffmpeg_tools.binaries()
    ffmpeg_tools.sandbox_tier()
    yield
    end_all()


@pytest.fixture
def notes(tmp_path):
    with keep_notes(tmp_path / "notes") as notes:
        yield notes


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
