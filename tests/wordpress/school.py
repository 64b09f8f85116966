"""A school's website for the length of a test: WordPress on loopback, with posts that hold nothing but an address."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.wordpress.debian import CannotBeHadError, Programmes, call

HERE = Path(__file__).parent / "site"
PATIENCE_S = 60


@contextmanager
def school(programmes: Programmes, folder: Path, archive: str, *pasted: str) -> Iterator[list[str]]:
    """Yield the addresses of one post for each pasted address; database and web server end with the block."""
    # Another site than the archive's: browsers tell sites apart by their host, not by their port.
    home = f"http://localhost:{free_port()}"
    env = {
        **os.environ,
        "LD_LIBRARY_PATH": programmes.libraries,
        "TEST_DB_SOCKET": str(folder / "db.sock"),
        "TEST_WP_HOME": home,
        "TEST_ARCHIVE": archive,
    }
    plugins = programmes.wordpress / "wp-content" / "mu-plugins"
    plugins.mkdir(exist_ok=True)
    shutil.copy(HERE / "loopback.php", plugins)
    # Debian's own looks for settings below /etc.
    (programmes.wordpress / "wp-config.php").unlink()
    shutil.copy(HERE / "wp-config.php", programmes.wordpress)
    with database(programmes, folder, env):
        make = subprocess.run(
            [*programmes.php, str(HERE / "make.php"), str(programmes.wordpress), *pasted],
            env=env, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        if make.returncode:
            raise CannotBeHadError(f"WordPress could not be set up:\n{make.stdout}{make.stderr}")
        server = [*programmes.php, "-S", home.removeprefix("http://"), "-t", str(programmes.wordpress)]
        with running(server, folder / "php.log", env):
            wait_for(lambda: answers(home), folder / "php.log")
            yield [f"{home}/?p={number}" for number in make.stdout.split()]


@contextmanager
def database(programmes: Programmes, folder: Path, env: Mapping[str, str]) -> Iterator[None]:
    """MariaDB in a folder, behind a socket that only we can reach; so it asks for no password and keeps no users."""
    (folder / "db").mkdir()
    paths = (f"--datadir={folder / 'db'}", f"--socket={env['TEST_DB_SOCKET']}", f"--pid-file={folder / 'db.pid'}")
    user = ("--user=root",) if os.geteuid() == 0 else ()
    alone = ("--skip-networking", "--skip-grant-tables", "--skip-log-bin")
    with running([*programmes.mariadbd, *paths, *alone, *user], folder / "db.log", env):
        wait_for(Path(env["TEST_DB_SOCKET"]).exists, folder / "db.log")
        create = (
            "(new mysqli(null, 'root', '', null, 0, getenv('TEST_DB_SOCKET')))->query('create database wordpress');"
        )
        call(
            "env",
            *(f"{name}={env[name]}" for name in ("LD_LIBRARY_PATH", "TEST_DB_SOCKET")),
            *programmes.php,
            "-r",
            create,
        )
        yield


@contextmanager
def running(arguments: list[str], log: Path, env: Mapping[str, str]) -> Iterator[None]:
    """Keep a programme running for the block."""
    with log.open("wb") as file:
        process = subprocess.Popen(arguments, env=dict(env), stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(ready, log: Path) -> None:
    """Wait until something is true, or say why it did not become so."""
    until = time.monotonic() + PATIENCE_S
    while not ready():
        if time.monotonic() > until:
            said = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
            raise CannotBeHadError(f"{log.stem} did not start within {PATIENCE_S} s:\n{said}")
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether somebody listens there."""
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as line:
        return line.connect_ex((host, int(port))) == 0


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as line:
        line.bind(("localhost", 0))
        return int(line.getsockname()[1])
