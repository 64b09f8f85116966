"""One site for all tests of the server, served by two threads."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.server.site import ServedSite, fill_site, served_site

THREADS = 2


@pytest.fixture(scope="session")
def site_folder(migrated_database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path | str, ...]:
    """The data of a site: its folder, and what ``fill_site`` says of it."""
    if not Path(migrated_database).is_file():
        pytest.skip("the site that is served keeps its data in SQLite")
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(migrated_database, folder / "polyphony.sqlite3")
    return folder, *fill_site(folder)


@pytest.fixture(scope="session")
def serve(site_folder: tuple[Path | str, ...]) -> Iterator[Callable[..., ServedSite]]:
    """Start a server with settings of its own; it is stopped with the others at the end."""
    with ExitStack() as stack:

        def start(**env: str) -> ServedSite:
            site: AbstractContextManager[ServedSite] = served_site(*site_folder, **env)
            return stack.enter_context(site)

        yield start


@pytest.fixture(scope="session")
def site(serve: Callable[..., ServedSite]) -> ServedSite:
    return serve(WEB_THREADS=str(THREADS))
