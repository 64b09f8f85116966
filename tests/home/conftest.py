"""An archive below each test's own folder."""

from collections.abc import Iterator

import pytest
from django.conf import settings as site
from django.utils import translation

from tests.home import archive as building
from tests.home.recording import recorded

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in the site's language: a request leaves its own behind in the thread."""
    with translation.override(site.LANGUAGE_CODE):
        yield


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
