"""A Chromium for the browser tests: the machine's, else Debian's own package where we may install it."""

import functools
import os
import shutil
import subprocess
import sys

from campaign_site.setup.steps import print_line

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_TIMEOUT_S = 420


@functools.cache
def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def install_chromium() -> bool:
    """Return whether a Chromium is there, after installing one if this is root on a machine with apt."""
    if find_chromium():
        return True
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print_line("\n--- installing Chromium for the browser tests")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", "chromium"]
    try:
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, check=True, timeout=APT_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError) as problem:
        print_line(f"Chromium could not be installed: {problem}")
    find_chromium.cache_clear()
    return find_chromium() is not None


if __name__ == "__main__":
    sys.exit(0 if install_chromium() else 1)
