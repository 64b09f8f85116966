"""What a set-up or a start needs for itself alone: the project's folder, the data folder, the port."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from campaign_site.env import Environment
from campaign_site.setup.machine import open_listener
from campaign_site.setup.steps import SetupError


def check_port_free(env: Environment) -> None:
    """Raise ``SetupError`` when something else listens where we want to."""
    open_listener(env).close()


@contextmanager
def lock_file(path: Path, in_use: str = "") -> Iterator[None]:
    """Hold a file. While another process holds it, wait; with the sentence ``in_use``, raise it as ``SetupError``."""
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if in_use else 0))
        except BlockingIOError as problem:
            raise SetupError(in_use) from problem
        yield


def lock_data_dir(data_dir: Path) -> AbstractContextManager[None]:
    """Hold the data folder; raise ``SetupError`` when another start holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    in_use = f"{data_dir} is in use by another running site. To use another folder, set DATA_DIR."
    return lock_file(data_dir / "run.lock", in_use)
