"""What every room's tests share: which tests run where, a browser, and the material that may be there or not."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
LEFT_OUT = "TESTS_LEFT_OUT"  # the runner says here, line by line, what this machine cannot run
COMMITTING_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

EMPTIED = pytest.StashKey[bool]()
FIRST_ROWS = pytest.StashKey[Any]()

# Examples are about values, not about speed: a busy machine must not turn a right answer into a failure.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark browser tests by their folder, leave them out without a browser, and obey ``--database-only``.

    Tests that commit are told to leave an empty database behind, without new content types; see ``first_rows``.
    """
    browserless = pytest.mark.skip(reason="no Chromium on this machine")
    for item in items:
        if commits(item) and not shares_database(item):
            mark = item.get_closest_marker("django_db")
            options = {**(mark.kwargs if mark else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)
        if "browser" in item.path.relative_to(PROJECT).parts:
            item.add_marker(pytest.mark.browser)
            if find_chromium() is None:
                item.add_marker(browserless)
    if config.getoption("--database-only"):
        touching = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in touching])
        items[:] = touching


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by mark or by fixture."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def commits(item: pytest.Item) -> bool:
    """Whether a test commits for real, after which the whole database is emptied."""
    mark = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(mark and mark.kwargs.get("transaction")) or bool(fixtures & COMMITTING_FIXTURES)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Put back what the migrations had written, where a test that commits has emptied the database.

    Django runs such tests last for that reason; files that are shared out among processes keep no such order.
    """
    if touches_database(item) and item.config.stash.get(EMPTIED, False):
        restore_database(item.config)
        item.config.stash[EMPTIED] = False


def shares_database(item: pytest.Item) -> bool:
    """Whether what was committed stays for the next test of the same file (see ``tests/browser/conftest.py``)."""
    committing = item._fixtureinfo.name2fixturedefs.get("transactional_db")
    return bool(committing) and committing[-1].scope == "module"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Remember that a test which commits has left an empty database."""
    try:
        return (yield)
    finally:
        goes_on = nextitem is not None and nextitem.path == item.path and shares_database(item)
        if commits(item) and not goes_on:
            item.config.stash[EMPTIED] = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> None:
    """Keep what the migrations wrote, and tell Django that there is nothing for it to put back."""
    from django.db import connection

    from tests.first_rows import read_rows

    with django_db_blocker.unblock():
        request.config.stash[FIRST_ROWS] = read_rows()
        connection._test_serialized_contents = "[]"


def restore_database(config: pytest.Config) -> None:
    """Write what the database held after its migrations."""
    from tests.first_rows import write_rows

    with config.stash[blocking_manager_key].unblock():
        write_rows(config.stash[FIRST_ROWS])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say before the closing line what this machine left out."""
    lines = os.environ.get(LEFT_OUT, "").splitlines()
    if lines:
        terminalreporter.section("left out on this machine")
    for line in lines:
        terminalreporter.line(line)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of test material beside the project, or skip."""
    if not SHARED.is_dir():
        pytest.skip("no test material beside the project")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Yield a playwright Browser driving the machine's Chromium; pages and contexts are the tests' own."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for a reason to refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser
        browser.close()
