"""The project names no machine, no mirror and no third party's server."""

import json
import re

import pytest

from tests.house.sources import PROJECT, committed_files

OURSELVES = "tests/house/test_traces.py"
MACHINES = re.compile(
    r"(?<![\w.}])/(?:work|root|opt/pypi|opt/wheels)/|/(?:Users|home)/[a-z][a-z0-9_-]+/(?=\.|src|projects|code)"
)
HOSTS = re.compile(r"registry\.npmjs\.org|registry\.yarnpkg\.com|files\.pythonhosted\.org|pypi\.org/simple")
LOADED_FROM_ELSEWHERE = re.compile(
    r"""(?:<(?:script|img|iframe|source|video|audio|track)[^>]*\ssrc=|<link[^>]*\shref=|@import\s+|url\(|\bimport\s*\(?)"""
    r"""\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)


def texts(*endings: str) -> dict[str, str]:
    """Return path -> content of the committed files, of some endings only on request."""
    found = {}
    for path in committed_files():
        place = path.relative_to(PROJECT).as_posix()
        if place != OURSELVES and (not endings or path.suffix in endings):
            found[place] = path.read_text(encoding="utf-8", errors="replace")
    return found


@pytest.mark.parametrize("pattern", [MACHINES, HOSTS], ids=["machines", "registries"])
def test_no_trace_of_a_machine_or_a_mirror(pattern: re.Pattern[str]) -> None:
    assert {place: found[0] for place, text in texts().items() if (found := pattern.search(text))} == {}


def test_lock_file_names_no_host() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    assert {name for name, entry in lock["packages"].items() if "resolved" in entry} == set()
    assert {name for name, entry in lock["packages"].items() if name and "integrity" not in entry} == set()


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Links may lead away; what a page loads by itself may not."""
    pages = texts(".html", ".css", ".js", ".mjs")
    assert {place: found[0] for place, text in pages.items() if (found := LOADED_FROM_ELSEWHERE.search(text))} == {}


def test_every_python_package_is_pinned() -> None:
    loose = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
        loose += [line for line in lines if line and not re.match(r"#|-r |[A-Za-z0-9._-]+==[0-9][^\s]*$", line)]
    assert loose == []
