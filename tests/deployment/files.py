"""The files that a sysadmin copies, as values, and filled in for a folder of the tests."""

import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.house.sources import PROJECT

FILES = PROJECT / "docs" / "deployment"
NGINX, ENV_FILE, SITE_UNIT = FILES / "nginx.conf", FILES / "polyphony.env", FILES / "polyphony.service"
UNITS = sorted([*FILES.glob("*.service"), *FILES.glob("*.timer")])
NAME = "videos.example"  # of the site that is served
CODE, DATA, LEDGER = "/opt/polyphony", "/var/lib/polyphony", "/var/lib/polyphony-ledger"


def read_env(text: str) -> dict[str, str]:
    """Return the settings of an environment file."""
    lines = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in lines}


def read_unit(path: Path) -> dict[str, list[str]]:
    """Return the settings of a unit, whatever their section: names with all their values."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def unit_command(path: Path) -> list[str]:
    """Return the argument list of a service."""
    (command,) = read_unit(path)["ExecStart"]
    return shlex.split(command)


def read_compose() -> dict[str, Any]:
    """Return compose.yaml."""
    loaded: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def named_nginx(name: str) -> str:
    """Return the nginx file with the name of a site, by the command that its head shows."""
    command = re.search(r"^#\s+(sed .*) > ", NGINX.read_text(encoding="utf-8"), re.MULTILINE)
    assert command is not None
    arguments = shlex.split(command[1].replace("YOUR.SITE", name))
    return subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


@dataclass(frozen=True)
class Ports:
    """On loopback: what nginx listens on, and the site behind it."""

    http: int
    https: int
    site: int


def filled_nginx(folder: Path, ports: Ports) -> str:
    """Return the nginx file with the paths and ports of a test. Each must have been there to be replaced."""
    text = named_nginx(NAME)
    changes = {
        "listen 80;": f"listen 127.0.0.1:{ports.http};",
        "listen [::]:80;": "",
        "listen 443 ssl": f"listen 127.0.0.1:{ports.https} ssl",
        "listen [::]:443 ssl http2;": "",
        "127.0.0.1:8000": f"127.0.0.1:{ports.site}",
        f"/etc/letsencrypt/live/{NAME}/": f"{folder}/certificate/",
        "/var/www/html": f"{folder}/www",
        "/var/log/nginx/": f"{folder}/nginx/",
        f"{DATA}/": f"{folder}/data/",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text
