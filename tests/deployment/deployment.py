"""A deployment as docs/deployment describes it, in a folder: PostgreSQL, web server and worker, nginx."""

import grp
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from campaign_site.setup.child_process import set_parent_death_signal
from campaign_site.setup.firstrun import ACCOUNT_FILE
from campaign_site.setup.nginx import find_nginx
from campaign_site.setup.postgres import PostgresServer, unprivileged
from tests.deployment import files
from tests.deployment.client import Client
from tests.deployment.files import NAME, Ports
from tests.house.sources import PROJECT
from tests.server.site import collect_static_files, free_port

PATIENCE_S = 120.0
# As Debian has it: access logs are on where a site does not turn them off.
NGINX_MAIN = """
daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/main.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log; default_type application/octet-stream; sendfile on; gzip on; {temporary}
    include {folder}/site.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# The static files are there, from an earlier test perhaps.
SET_UP = """
from campaign_site.env import load_environment
from campaign_site.setup import firstrun, steps
steps.run_steps([step for step in firstrun.data_steps(load_environment()) if step.title != "Static files"])
"""
CONTENT = """
import django
django.setup()
from tests.home import archive
print(archive.build().city("Lille").pk)
"""


class Deployment:
    """All of it below ``folder``. ``start`` makes it ready for visitors."""

    def __init__(self, folder: Path, postgres: PostgresServer) -> None:
        self.folder, self.data, self.nginx_folder = folder, folder / "data", folder / "nginx"
        self.ports = Ports(http=free_port(), https=free_port(), site=free_port())
        at = urlsplit(postgres.url)
        # By its socket, as in the file of settings; here with a password, since the users of the system differ.
        socket_folder = quote(str(folder / "postgres"), safe="")
        self.database_url = f"postgres://postgres:{at.password}@{socket_folder}:{at.port}/postgres"
        self.rows_url = postgres.url
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def env(self) -> dict[str, str]:
        """The file of settings, with what a sysadmin changes there."""
        values = files.read_env(files.ENV_FILE.read_text(encoding="utf-8"))
        values |= {
            "BASE_URL": f"https://{NAME}",
            "SECRET_KEY": "aB3-dE6_gH9" * 6,
            "DATA_DIR": str(self.data),
            "LEDGER_DIR": str(self.folder / "ledger"),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.ports.site),
            # Not what this is about: small and quick.
            "VIDEO_CODECS": "h264",
            "MAX_UPLOAD_MB": "1024",
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | values

    def set_up(self) -> str:
        """Do what ``make setup`` does with the data, and add a city; return its key."""
        self.data.mkdir(mode=0o750)
        (self.data / "static").symlink_to(collect_static_files(), target_is_directory=True)
        self.run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
        self.run("-c", SET_UP)
        return self.run("-c", CONTENT).splitlines()[-1]

    def run(self, *arguments: str) -> str:
        """Run Python as the site does."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=PROJECT, env=self.env, umask=0o027, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start_site(self) -> None:
        """Start what the unit starts, and wait for its answer."""
        program, *arguments = files.unit_command(files.SITE_UNIT)
        assert program == f"{files.CODE}/.venv/bin/python"
        self.start("site", [sys.executable, *arguments], **self.env)
        self.wait(lambda: self.site.get("/healthz").status == 200)

    def stop_site(self) -> int:
        """Stop it as the unit says: SIGTERM to the first process alone. Its exit status."""
        process = self.processes.pop("site")
        process.terminate()
        return process.wait(timeout=PATIENCE_S)

    def start_nginx(self) -> None:
        """Make a certificate, fill in the file of the documents, and start nginx on it."""
        for name in (*TEMPORARY, "../certificate", "../www/.well-known/acme-challenge"):
            (self.nginx_folder / name).mkdir(parents=True)
        make_certificate(self.folder / "certificate")
        # Somebody else's user, of the group of the site, as the documents say.
        user = f"user nobody {group_name()};" if unprivileged() else ""
        temporary = " ".join(f"{name}_temp_path {self.nginx_folder}/{name};" for name in TEMPORARY)
        config = NGINX_MAIN.format(user=user, folder=self.nginx_folder, temporary=temporary)
        (self.nginx_folder / "nginx.conf").write_text(config)
        (self.nginx_folder / "site.conf").write_text(files.filled_nginx(self.folder, self.ports))
        self.start("nginx", [str(find_nginx()), "-p", str(self.nginx_folder), "-c", "nginx.conf"])
        self.wait(lambda: self.visitor().get("/healthz").status == 200)

    def start(self, name: str, command: list[str], **env: str) -> None:
        """Start a process of the deployment; its lines go to a log of its name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=PROJECT, env=env or None, umask=0o027, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=set_parent_death_signal,
            )  # fmt: skip

    def stop(self) -> None:
        """Stop all that runs."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=PATIENCE_S)

    def visitor(self) -> Client:
        """Somebody with a browser."""
        return Client(
            self.ports.https, ssl.create_default_context(cafile=self.folder / "certificate" / "fullchain.pem")
        )

    @property
    def account(self) -> dict[str, str]:
        """User and password of the first account."""
        text = (self.data / ACCOUNT_FILE).read_text(encoding="utf-8")
        return dict(line.split(": ", 1) for line in text.splitlines())

    @property
    def site(self) -> Client:
        """Ask the site itself, as nginx does."""
        return Client(self.ports.site, None)

    def editor(self) -> Client:
        """Somebody who has signed in with the first account."""
        client = self.visitor()
        client.sign_in(self.account["user"], self.account["password"])
        return client

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with psycopg.connect(self.rows_url) as connection:
            return connection.execute(sql, values).fetchall()

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, as long as everything runs."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if holds():
                    return
            except OSError:
                pass
            assert all(process.poll() is None for process in self.processes.values()), self.logs()
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.1)

    def logs(self) -> str:
        """Return all that was written by anybody."""
        paths = sorted([*self.folder.glob("*.log"), *self.nginx_folder.glob("*.log")])
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')}" for path in paths)


@contextmanager
def deployed(folder: Path, binaries: Path) -> Iterator[tuple[Deployment, str]]:
    """Yield a deployment that serves, and the key of its city; stop all of it."""
    (folder / "postgres").mkdir(mode=0o700)
    postgres = PostgresServer(binaries, folder / "postgres")
    try:
        postgres.start()
        deployment = Deployment(folder, postgres)
        try:
            city = deployment.set_up()
            deployment.start_site()
            deployment.start_nginx()
            yield deployment, city
        finally:
            deployment.stop()
    finally:
        postgres.stop()


def make_certificate(folder: Path) -> None:
    """Sign a certificate for the site by itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def group_name() -> str:
    """Return the name of our group."""
    return grp.getgrgid(os.getegid()).gr_name


def family(pid: int) -> dict[int, str]:
    """Return all processes below one, with their command lines."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.name))
    found, waiting = {}, [pid]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            found[one] = (Path(f"/proc/{one}/cmdline").read_bytes()).replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
    return found
