"""The demo, loaded once per module; what a test changes is undone after it."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from demo.load.load import load_demo
from home.models import ClipPage
from tests.home import archive as building
from tests.home.conftest import archive, clip_page, files

__all__ = ["archive", "clip_page", "files"]

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture(scope="module")
def _folders(tmp_path_factory):
    """Every storage below a folder of this module's own."""
    folder = tmp_path_factory.mktemp("demo")
    storages = {
        name: {"BACKEND": FILES, "OPTIONS": {"location": folder / name, "base_url": "/uploads/"}}
        for name in ("masters", "published", "default")
    }
    pipeline = {**settings.MEDIA_PIPELINE, "WORK_DIR": folder / "work"}
    with override_settings(STORAGES={**settings.STORAGES, **storages}, MEDIA_PIPELINE=pipeline):
        yield folder


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, _folders):
    """The demo in a transaction that stays open while the module's tests run in savepoints of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def demo(_loaded, db):
    """The demo without its videos, as `load` reports it."""
    cache.clear()  # Wagtail keeps the paths of sites there
    return _loaded


@pytest.fixture
def waiting_page(archive):
    """One clip's page below its city, as the demo makes it, without a clip."""
    city = archive.city("Rotterdam", original_language="en")
    return building._add(city, ClipPage, "Somos onze", original_language="pt", demo_key="clip-eleven")
