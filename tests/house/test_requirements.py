"""Every package the code imports is pinned, by its own name, in the list of where it is needed."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.sources import NOT_OURS, PACKAGES, PROJECT

PIN = re.compile(r"([A-Za-z0-9._-]+)==[0-9][^\s]*$")


def pinned(name: str) -> set[str]:
    """Return the normalised names in one list."""
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {normal(match[1]) for line in lines if (match := PIN.match(line))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def outside_imports(folder: Path) -> set[str]:
    """Return the top-level names below ``folder`` that are neither Python's nor ours."""
    found = set()
    for path in folder.rglob("*.py"):
        if NOT_OURS & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {*PACKAGES, "tests"}


@pytest.mark.parametrize(
    ("folder", "lists"),
    [*((name, ("requirements.txt",)) for name in PACKAGES), ("tests", ("requirements.txt", "requirements-dev.txt"))],
)
def test_imports_are_pinned(folder: str, lists: tuple[str, ...]) -> None:
    known = set().union(*map(pinned, lists))
    providers = packages_distributions()
    missing = {
        name
        for name in outside_imports(PROJECT / folder)
        if not known & {normal(distribution) for distribution in providers.get(name, [name])}
    }
    assert missing == set()


def test_no_package_is_in_both_lists() -> None:
    assert pinned("requirements.txt") & pinned("requirements-dev.txt") == set()
