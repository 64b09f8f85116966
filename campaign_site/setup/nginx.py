"""An nginx for the walk through a deployment: the machine's, else Debian's own package, unpacked and not installed.

An installation would start a server for everybody; a programme in a folder of ours does nothing until it is called.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from campaign_site.setup.install import VENV
from campaign_site.setup.steps import print_line

UNPACKED = VENV / "nginx"
PROGRAM = Path("usr/sbin/nginx")
SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin"  # which people who are not root often lack
TIMEOUT_S = 300


def find_nginx() -> Path | None:
    """Return the path of an nginx on this machine."""
    found = shutil.which("nginx") or shutil.which("nginx", path=SYSTEM_PATH)
    if found:
        return Path(found)
    return UNPACKED / PROGRAM if (UNPACKED / PROGRAM).exists() else None


def unpack_nginx() -> bool:
    """Return whether an nginx is there that runs, after unpacking one where apt can download it."""
    if not runs(find_nginx()) and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        print_line("\n--- unpacking nginx for the walk through a deployment")
        try:
            _download_and_unpack(UNPACKED)
        except (OSError, subprocess.SubprocessError) as problem:
            print_line(f"nginx could not be unpacked: {problem}")
    return runs(find_nginx())


def _download_and_unpack(target: Path) -> None:
    archives, root = target.with_suffix(".archives"), target.with_suffix(".new")
    for folder in (archives, root, target):
        shutil.rmtree(folder, ignore_errors=True)
    archives.mkdir(parents=True)
    if os.geteuid() == 0:
        _call("apt-get", "update", "-qq")
    # As root, apt would download as a user who may not write here.
    _call("apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", "nginx", cwd=archives)
    for archive in archives.glob("*.deb"):
        _call("dpkg-deb", "--extract", str(archive), str(root))
    shutil.rmtree(archives)
    root.rename(target)


def _call(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, check=True, timeout=TIMEOUT_S)


def runs(program: Path | None) -> bool:
    """Whether a programme says its version: a library that is missing shows here."""
    try:
        return program is not None and subprocess.run([program, "-v"], capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if unpack_nginx() else 1)
