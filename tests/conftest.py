"""What all tests share: which tests run where and in which order, the database, a browser, the material."""

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from campaign_site.setup.chromium import find_chromium
from tests import sampling

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
LEFT_OUT = "TESTS_LEFT_OUT"  # the runner says here, line by line, what this machine cannot run
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

DATABASE_COPY = pytest.StashKey[Any]()
LEFT_TO_ALL = pytest.StashKey[Mapping[str, int]]()

# Examples are about values, not about speed: a busy machine must not turn a right answer into a failure.
hypothesis.settings.register_profile(
    "project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("project")
# The same examples each time where a merge waits for them; `make test-all` looks for new ones.
hypothesis.settings.register_profile("sample", hypothesis.settings.get_profile("project"), derandomize=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help='everything, also what is marked "thorough"')
    parser.addoption("--shuffle", type=int, metavar="SEED", help="files, and tests within a file, in random order")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--thorough"):
        hypothesis.settings.load_profile("sample")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark browser tests by their folder, and say what runs in one process, before pytest-xdist reads it."""
    if "browser" in item.path.relative_to(PROJECT).parts:
        item.add_marker(pytest.mark.browser)
        if find_chromium() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
    if item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(process_group(item)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose what runs, and let what takes longest begin first."""
    if not config.getoption("--thorough"):
        leave_out_thorough(config, items)
    shuffle(config.getoption("--shuffle"), items)
    items.sort(key=lane)


def leave_out_thorough(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the samples, and count by their reasons the tests that only ``make test-all`` runs."""
    reasons = {item: mark.args[0] for item in items if (mark := item.get_closest_marker("thorough"))}
    config.stash[LEFT_TO_ALL] = Counter(reasons.values())
    config.hook.pytest_deselected(items=list(reasons))
    items[:] = [item for item in items if item not in reasons]


def shuffle(seed: int | None, items: list[pytest.Item]) -> None:
    if seed is not None:
        chance = random.Random(seed)
        files = {path: chance.random() for path in sorted({item.path for item in items})}
        items.sort(key=lambda item: (files[item.path], chance.random()))


def lane(item: pytest.Item) -> int:
    """Return how soon a test begins: browser, media, database, the rest. What takes longest goes first."""
    if item.get_closest_marker("browser"):
        return 0
    if item.get_closest_marker("slow"):
        return 1
    return 2 if touches_database(item) else 3


def process_group(item: pytest.Item) -> str:
    """Return what goes to one process: a file, whose tests share fixtures; a test by itself where it takes long."""
    if item.get_closest_marker("slow") and not item.get_closest_marker("browser"):
        return item.nodeid
    return item.path.relative_to(PROJECT).as_posix()


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by mark or by fixture."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test begin in the site's language, and with the database as the migrations left it.

    A request leaves its language in the thread, and what was committed stays.
    """
    translation.deactivate()
    if DATABASE_COPY in item.config.stash and touches_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[DATABASE_COPY].renew()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Replace pytest-django's fixture of the same name: connect to a copy of a migrated database."""
    from django.test import TransactionTestCase

    from tests.databases import DatabaseCopy

    with django_db_blocker.unblock():
        copy = request.config.stash[DATABASE_COPY] = DatabaseCopy()
    # Where Django empties every table after a test that commits, the next test gets a new copy.
    TransactionTestCase._fixture_teardown = lambda self: setattr(copy, "is_changed", True)
    yield
    with django_db_blocker.unblock():
        copy.remove()


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None, request: pytest.FixtureRequest) -> str:
    """Return the name of the database that the others are copies of; with SQLite that is a path."""
    return str(request.config.stash[DATABASE_COPY].template)


@pytest.fixture
def reference_indexed(settings: Any) -> None:
    """Write the index of references, which other tests do without."""
    settings.TASKS = {**settings.TASKS, "default": {"BACKEND": "tests.indexing.WithReferenceIndex"}}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the count of what was left out to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left to all"] = dict(session.config.stash.get(LEFT_TO_ALL, {}))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_TO_ALL] = getattr(node, "workeroutput", {}).get("left to all", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say before the closing line what this machine left out, and what ``make test-all`` has besides."""
    lines = os.environ.get(LEFT_OUT, "").splitlines()
    if lines:
        terminalreporter.section("left out on this machine")
    for line in lines:
        terminalreporter.line(line)
    if left := config.stash.get(LEFT_TO_ALL, {}):
        reasons = ", ".join(f"{reason} ({count})" for reason, count in sorted(left.items()))
        terminalreporter.section("make test-all")
        terminalreporter.line(f"make test-all runs {sum(left.values())} more tests: {reasons}; and every language.")


@pytest.fixture
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to try everything where a sample would do."""
    return bool(request.config.getoption("--thorough"))


@pytest.fixture
def languages(thorough: bool) -> list[str]:
    """Return the interface languages to try: a sample, or all of them."""
    from django.conf import settings

    return [code for code, _name in settings.LANGUAGES if thorough or code in sampling.LANGUAGES]


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
            # Without a GPU it would be imitated, at a tenth of all processor time.
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-gpu"],
        )
        yield browser
        browser.close()
