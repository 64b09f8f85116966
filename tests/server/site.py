"""A site that is served for real: its folder, its process as ``make run`` starts it, and what the process holds."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from campaign_site.env import PREFIX
from campaign_site.setup.child_process import set_parent_death_signal
from campaign_site.setup.firstrun import MANIFEST, static_folders
from campaign_site.setup.locks import lock_file
from campaign_site.setup.steps import SetupStep
from tests.house.sources import PROJECT

PATIENCE_S = 60.0


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a site in ``folder``, whatever this one says: names with the prefix win."""
    settings |= {"DATA_DIR": str(folder), "DATABASE_URL": "", "DEMO": "no", "DEBUG": "no", "HOST": "127.0.0.1"}
    ours = {f"{PREFIX}{name}": value for name, value in settings.items()}
    return os.environ | ours | {"DJANGO_SETTINGS_MODULE": "campaign_site.settings.dev"}


@dataclass(frozen=True)
class ServedSite:
    """``film`` is the address of a film of 200 MB, ``session`` the key of somebody's session, ``city`` of a city."""

    folder: Path
    film: str
    session: str
    city: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def threads(self) -> int:
        """How many threads the process has."""
        return self._status("Threads")

    @property
    def memory_bytes(self) -> int:
        """What the process has in memory."""
        return self._status("VmRSS") * 1024

    @property
    def files(self) -> list[str]:
        """What the files are that the process has open, by their numbers."""
        found = []
        for link in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                found.append(str(link.readlink()))
            except FileNotFoundError:
                continue
        return found

    @property
    def spooled(self) -> int:
        """How many files of the process lie in the spool."""
        return sum(name.startswith(str(self.folder / "work" / "spool")) for name in self.files)

    @property
    def connections(self) -> int:
        """How many sockets the process has, the one that listens included."""
        return sum(name.startswith("socket:") for name in self.files)

    def _status(self, name: str) -> int:
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
        assert found
        return int(found[1])

    def connect(self, timeout: float = PATIENCE_S) -> socket.socket:
        """A connection of a client; reading from it gives up after ``timeout`` seconds."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "localhost"} | named)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def fill_site(folder: Path) -> list[str]:
    """Give a folder with a migrated, empty database its content and its static files.

    Returns the address of a film, and the keys of somebody's session and of a city.
    """
    collected = collect_static_files()
    (folder / "static").symlink_to(collected, target_is_directory=True)
    return python(folder, "-m", "tests.server.content", LOG_LEVEL="WARNING").split()


def collect_static_files() -> Path:
    """Collect the static files as ``make run`` does, if what they come from has changed; return their folder."""
    kept = PROJECT / ".pytest_cache" / "site"
    kept.mkdir(parents=True, exist_ok=True)
    collect = partial(python, kept, "manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    sources = (PROJECT / "requirements.txt", PROJECT / "campaign_site" / "static_storage.py", *static_folders())
    step = SetupStep("Static files", kept / "stamp", sources, (kept / "static" / MANIFEST,), collect)
    with lock_file(kept / "lock"):
        if not step.is_done():
            step.run()
    return kept / "static"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def python(folder: Path, *arguments: str, **env: str) -> str:
    """Run a programme of the site whose data are in ``folder``; return what it said."""
    where = environment(folder, **env)
    done = subprocess.run([sys.executable, *arguments], cwd=PROJECT, env=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served_site(folder: Path, *keys: str, **env: str) -> Iterator[ServedSite]:
    """Start the server on the data in ``folder``; yield once it answers; stop it as the supervisor does."""
    port = free_port()
    where = environment(folder, PORT=str(port), **env)
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "campaign_site.server"], cwd=PROJECT, env=where,
            stdout=output, stderr=output, preexec_fn=set_parent_death_signal,
        )  # fmt: skip
    site = ServedSite(folder, *keys, port=port, process=process, log=log)
    try:
        wait_for_answer(site)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def wait_for_answer(site: ServedSite) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            if site.get("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site does not answer: {site.log.read_text()}")


def eventually(is_so: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Wait until ``is_so()`` holds; return whether it ever did."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.02)
    return False
