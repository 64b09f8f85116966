"""A Chromium for the browser tests: Debian's headless shell where it is or can be installed, else another one.

The shell is the same engine without windows: a visitor's browser opens, shows a page and closes in a third of the time.
"""

import functools
import os
import shutil
import subprocess
import sys

from campaign_site.setup.steps import print_line

SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_TIMEOUT_S = 420


@functools.cache
def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def install_chromium() -> bool:
    """Return whether a Chromium is there, after installing the shell if this is root on a machine with apt."""
    if not shutil.which(SHELL) and os.geteuid() == 0 and shutil.which("apt-get"):
        print_line("\n--- installing Chromium for the browser tests")
        try:
            install = _install_beside_browser if find_chromium() else _install_shell_or_browser
            install()
        except (OSError, subprocess.SubprocessError) as problem:
            print_line(f"Chromium could not be installed: {problem}")
        find_chromium.cache_clear()
    return find_chromium() is not None


def _install_beside_browser() -> None:
    """Install the shell in the version of Debian's browser, which is not ours to update."""
    asked = ["dpkg-query", "--show", "--showformat", "${Version}", "chromium-common"]
    version = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    _run_apt("install", f"{SHELL}={version}")


def _install_shell_or_browser() -> None:
    _run_apt("update")
    try:
        _run_apt("install", SHELL)
    except subprocess.CalledProcessError:  # releases before the shell was a package
        _run_apt("install", "chromium")


def _run_apt(*arguments: str) -> None:
    command = ["apt-get", "-qq", "--yes", "--no-install-recommends", "-o", "Acquire::http::Timeout=20", *arguments]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, check=True, timeout=APT_TIMEOUT_S)


if __name__ == "__main__":
    sys.exit(0 if install_chromium() else 1)
