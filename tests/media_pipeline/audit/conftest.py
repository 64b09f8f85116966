"""Clips with files that may rot, and storages to keep them in."""

import pytest

from ..conftest import FILES
from .rotting import publish


@pytest.fixture
def second(media, settings):
    """A second storage for copies of original files."""
    folder = media / "second"
    settings.STORAGES = settings.STORAGES | {"masters_replica": {"BACKEND": FILES, "OPTIONS": {"location": folder}}}
    return folder


@pytest.fixture
def ready(transactional_db, media):
    """A clip with three published files, and no work to do."""
    return publish(media)


@pytest.fixture
def ready_twice(second, ready):
    """The same, its original file kept twice."""
    return ready


@pytest.fixture
def remote(settings):
    """Puts a storage where there are no folders and no renames; what it holds is in memory."""

    def put(name):
        memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        settings.STORAGES = settings.STORAGES | {name: memory}

    return put
