"""Lint and tests as ``make`` runs them: all to the end, then one answer, and clear words about what was left out."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from campaign_site.env import PROJECT_DIR
from campaign_site.setup.nginx import unpack_nginx
from campaign_site.setup.postgres import find_binaries, temporary_server
from campaign_site.setup.steps import print_line

MOST_PROCESSES = 4
LEFT_OUT = "TESTS_LEFT_OUT"  # read by tests/conftest.py


def lint() -> list[str]:
    """Run every check that reads the source only; return the titles of those that failed."""
    templates = sorted(str(path.relative_to(PROJECT_DIR)) for path in PROJECT_DIR.glob("*/templates/**/*.html"))
    in_force = ("--settings", "campaign_site.settings.test")
    commands = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "--output-format", "concise", "."),
        "mypy": ("-m", "mypy"),
        "djhtml": ("-m", "djhtml", "--tabwidth", "2", "--check", *templates),
        "migrations": ("manage.py", "makemigrations", "--check", "--dry-run", *in_force),
    }
    return [title for title, arguments in commands.items() if not passes(title, arguments)]


def test(*chosen: str) -> list[str]:
    """Run lint and the tests in their samples, or what ``chosen`` tells pytest; return the titles of what failed."""
    if chosen:
        if "--thorough" in chosen:
            unpack_nginx()
        return [] if passes("tests", pytest(*chosen), DATABASE_URL="") else ["tests"]
    return run_tests()


def run_tests(*options: str) -> list[str]:
    """Run lint, the tests on SQLite, and on PostgreSQL those that it could answer differently.

    Lint and the installation of a browser take little of the machine: they run beside the tests on PostgreSQL.
    """
    failed, left_out = [], []
    binaries = find_binaries()
    # Before the browser: apt does one thing at a time.
    if "--thorough" in options and not unpack_nginx():
        left_out.append("Deployment: nginx is missing and couldn't be unpacked (that needs apt).")
    with run_beside("chromium") as browser_is_there, run_beside("quality", "lint") as lint_passes:
        if binaries is not None and not test_on_postgres(binaries, *options):
            failed.append("tests on PostgreSQL")
        if not lint_passes():
            failed.append("lint")
        if not browser_is_there():
            left_out.append("Browser tests: Chromium is missing and couldn't be installed (that needs root and apt).")
        if binaries is None:
            left_out.append("PostgreSQL and deployment: its programs (initdb, postgres) are not installed.")
    os.environ[LEFT_OUT] = "\n".join(left_out)
    if not passes("tests on SQLite", pytest("--durations=15", *options), DATABASE_URL=""):
        failed.append("tests on SQLite")
    return failed


@contextmanager
def run_beside(module: str, *options: str) -> Iterator[Callable[[], bool]]:
    """Start a module of the set-up; what is yielded waits for it, shows its output, returns whether it ended well."""
    arguments = [sys.executable, "-m", f"campaign_site.setup.{module}", *options]
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(arguments, cwd=PROJECT_DIR, stdout=output, stderr=subprocess.STDOUT) as process,
    ):

        def finish() -> bool:
            status = process.wait()
            output.seek(0)
            print_line(output.read().decode(errors="replace"), end="")
            return status == 0

        try:
            yield finish
        finally:
            process.terminate()


def test_on_postgres(binaries: Path, *options: str) -> bool:
    """Run the tests marked for it on a PostgreSQL of our own; return whether they passed."""
    try:
        with temporary_server(binaries) as url:
            return passes("tests on PostgreSQL", pytest("-m", "postgres", *options), DATABASE_URL=url)
    except (OSError, subprocess.SubprocessError) as problem:
        print_line(f"PostgreSQL is installed but could not be started: {problem}")
        return False


def pytest(*arguments: str) -> list[str]:
    """Return pytest's argument list; tests/conftest.py groups the tests for the processes, what takes longest first."""
    processes = str(min(os.cpu_count() or 1, MOST_PROCESSES))
    shared_out = ["--numprocesses", processes, "--dist", "loadgroup", "--no-loadscope-reorder"]
    return ["-m", "pytest", *shared_out, *arguments]


def passes(title: str, arguments: Sequence[str], **env: str) -> bool:
    """Run one programme of this Python with its output shown; return whether it ended well."""
    print_line(f"\n--- {title}")
    with subprocess.Popen([sys.executable, *arguments], cwd=PROJECT_DIR, env=os.environ | env) as process:
        try:
            return process.wait() == 0
        finally:
            process.terminate()


def main(arguments: list[str]) -> int:
    """Run ``lint``, ``test`` or ``test-all``; return an exit status. Only ``test`` takes arguments, those of pytest."""
    commands = {"lint": lint, "test": test, "test-all": lambda: run_tests("--thorough")}
    name, *options = arguments or [""]
    if name not in commands or (options and name != "test"):
        print_line("Use one of: " + ", ".join(commands))
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))  # by way of every "finally": nothing we started stays
    failed = commands[name](*options)
    if failed:
        print_line("\nFailed: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
