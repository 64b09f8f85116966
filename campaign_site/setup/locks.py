"""What a start needs for itself alone: its data folder and its port."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
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
def lock_data_dir(data_dir: Path) -> Iterator[None]:
    """Hold the data folder; raise ``SetupError`` when another start holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as problem:
        raise SetupError(
            f"{data_dir} is in use by another running site. To use another folder, set DATA_DIR."
        ) from problem
    finally:
        os.close(handle)
