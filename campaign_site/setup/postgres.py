"""A PostgreSQL for one test run: in a temporary folder, on a loopback port, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from campaign_site.setup.child_process import set_parent_death_signal

NEEDED = ("initdb", "postgres", "pg_isready")
PATIENCE_S = 30.0
# Nothing here outlives the run, so nothing needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def find_binaries() -> Path | None:
    """Return the folder of PostgreSQL's programmes, the newest where there are several, None without any."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if all((folder / name).exists() for name in NEEDED)), None)


def unprivileged() -> dict[str, Any]:
    """Return the arguments that make a subprocess somebody else's: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    account = accounts.get("postgres") or accounts.get("nobody")
    if account is None:
        raise OSError("there is no unprivileged account to run PostgreSQL")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class PostgresServer:
    """A server in a folder of its own. ``url`` is the DATABASE_URL of it, the same after each start."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        """Make its data in ``folder``, which is there; it does not run yet."""
        self._binaries, self._folder, self._who = binaries, folder, unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        password = secrets.token_hex(16)
        (folder / "password").write_text(password, encoding="ascii")
        for path in (folder, folder / "password"):
            os.chown(path, self._who.get("user", -1), self._who.get("group", -1))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        options = ("--username=postgres", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync")
        initdb = [binaries / "initdb", *options, f"--pgdata={folder / 'data'}", "--locale=C.UTF-8", "--encoding=UTF8"]
        subprocess.run(initdb, cwd=folder, stdout=subprocess.DEVNULL, check=True, **self._who)
        self.url = f"postgres://postgres:{password}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        folder = self._folder
        places = (f"-cport={self._port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={folder}")
        server = [self._binaries / "postgres", "-D", folder / "data", *places, *(f"-c{item}" for item in FAST)]
        with (folder / "log").open("ab") as log:  # without pg_ctl, so that it is our child
            self._process = subprocess.Popen(
                server, cwd=folder, stdout=log, stderr=log, preexec_fn=set_parent_death_signal, **self._who
            )
        wait_until_ready(self._binaries, self._port, self._process)

    def stop(self) -> None:
        """Stop it, whoever is still connected; harmless when it does not run."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # its word for: end now
            self._process.wait(timeout=PATIENCE_S)
            self._process = None


@contextmanager
def temporary_postgres(binaries: Path) -> Iterator[PostgresServer]:
    """Yield a server that does not run yet; stop and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="polyphony-postgres-"))
    try:
        server = PostgresServer(binaries, folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_server(binaries: Path) -> Iterator[str]:
    """Start a server; yield the DATABASE_URL of it; stop and remove it."""
    with temporary_postgres(binaries) as server:
        server.start()
        yield server.url


def wait_until_ready(binaries: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections; raise OSError when it does not come up."""
    deadline = time.monotonic() + PATIENCE_S
    question = [str(binaries / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run(question).returncode == 0:
            return
        time.sleep(0.1)
    raise OSError("PostgreSQL did not start")
