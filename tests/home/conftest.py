"""An archive below each test's own folder."""

import subprocess
import sys

import pytest

from tests.home import archive as building
from tests.home.recording import recorded

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture
def files(settings, tmp_path):
    """Every storage below the test's own folder, however little space this machine has left."""
    for name in ("masters", "published", "default"):
        settings.STORAGES = {
            **settings.STORAGES,
            name: {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / name, "base_url": "/uploads/"}},
        }
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "WORK_DIR": tmp_path / "work", "MIN_FREE_BYTES": 1}
    return tmp_path


@pytest.fixture(scope="session")
def photographs(tmp_path_factory):
    """The folder with what ``tests/home/images/photographs.py`` makes."""
    folder = tmp_path_factory.mktemp("photographs")
    argv = [sys.executable, "-m", "tests.home.images.photographs", folder, "heic", "avif"]
    subprocess.run(argv, check=True)
    return folder


@pytest.fixture
@recorded
def archive(db, files):
    """An empty archive; see ``tests/home/archive.py``."""
    return building.build()


@pytest.fixture
@recorded
def clip_page(archive):
    """A live page in Lille with a ready clip spoken in French."""
    return archive.clip_page(archive.city())
