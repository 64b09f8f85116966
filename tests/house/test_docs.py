"""The documents say what the code says: every setting, command, code and check, and nothing that is gone."""

import re

import pytest

from tests.house import docs
from tests.house.sources import PROJECT


@pytest.mark.parametrize("name", docs.TABLES)
def test_tables_are_those_of_the_code(name: str) -> None:
    """``python -m tests.house.docs`` writes them again."""
    assert docs.written_table(name) == docs.TABLES[name][1]()


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", readme)) == targets
    assert set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) == targets


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_files_that_are_named_exist(document: str) -> None:
    """A path in backquotes with a slash or a known ending is a path of the project."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    named = set(
        re.findall(r"`((?:campaign_site|demo|exchange|home|media_pipeline|tests|locale|docs|\.ci)/[\w./-]*)`", text)
    )
    assert {name for name in named if not (PROJECT / name).exists()} == set()
    links = set(re.findall(r"\]\((?!https?:|#)([^)#]+)", text))
    assert {link for link in links if not (PROJECT / link).exists()} == set()


def test_dependencies_are_explained() -> None:
    """Each package of the first block of requirements.txt, and each front-end package, has its reason in the text."""
    architecture = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = (PROJECT / "requirements.txt").read_text(encoding="utf-8").split("\n\n")[0]
    names = set(re.findall(r"^([A-Za-z0-9._-]+)==", block, re.MULTILINE))
    names |= set(re.findall(r'^ {4}"([^"]+)": "[0-9.]+",?$', (PROJECT / "package.json").read_text(), re.MULTILINE))
    assert {name for name in names if f"`{name}`" not in architecture} == set()
