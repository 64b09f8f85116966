"""A site of the module's own, served while its tests look at it, and visitors whose browsers tell on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.visiting import Visitor
from tests.conftest import DATABASE_COPY

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every storage below a folder of this module's own."""
    folder = tmp_path_factory.mktemp("site")
    storages = {
        name: {"BACKEND": FILES, "OPTIONS": {"location": folder / name, "base_url": "/uploads/"}}
        for name in ("masters", "published", "default")
    }
    pipeline = {**settings.MEDIA_PIPELINE, "WORK_DIR": folder / "work"}
    with override_settings(
        STORAGES={**settings.STORAGES, **storages}, MEDIA_PIPELINE=pipeline, MEDIA_ROOT=folder / "default"
    ):
        yield folder


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database that is renewed after the module, not after each test as elsewhere.

    It has pytest-django's own name because that is how pytest-django learns that a database is wanted, and that such
    tests come after those that only roll back.
    """
    with django_db_blocker.unblock():
        yield
    request.config.stash[DATABASE_COPY].is_changed = True


@pytest.fixture(scope="module")
def served(chromium: Browser, transactional_db: None, folders: Path) -> Iterator[str]:
    """Address of a server. What the module writes stays until its last test has run."""
    server = LiveServer("localhost", start=False)
    # Static files come from WhiteNoise, with its headers, as they do in real life.
    server.thread.static_handler = lambda application: application
    server.start()
    with override_settings(BASE_URL=server.url):
        yield server.url
    server.stop()


@pytest.fixture
def visit(chromium: Browser, served: str) -> Iterator[Callable[..., Visitor]]:
    """``visit(**options of a browser context)`` sends somebody; nobody may have had a reason to complain."""
    visitors: list[Visitor] = []

    def send(**options: Any) -> Visitor:
        visitors.append(Visitor.to(chromium, served, **options))
        return visitors[-1]

    yield send
    for visitor in visitors:
        visitor.context.close()
    assert [visitor.complaints for visitor in visitors] == [[] for _ in visitors]
