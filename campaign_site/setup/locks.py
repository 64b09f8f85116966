"""What a set-up or a start needs for itself alone: the project's folder, the data folder, the port."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from campaign_site.env import Environment
from campaign_site.setup.steps import SetupError


def check_port_free(env: Environment) -> None:
    """Raise ``SetupError`` when something else listens where we want to."""
    family = socket.AF_INET6 if ":" in env.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.host, env.port))
        except OSError as problem:
            where = f"{env.host}:{env.port}"
            raise SetupError(
                f"{where} can't be used ({problem.strerror}). To use another port, set PORT, for example PORT=8001."
            ) from problem


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
