"""What tests share and what they may not: one process for a file with all that its fixtures build, but no settings."""

import re

import pytest

from tests.house.sources import PROJECT

# pytest-django puts the old value of a setting back; a value that was changed in place stays changed.
CHANGED_IN_PLACE = re.compile(r"\bsettings\.[A-Z_]+ *(\|=|\+=|\[[^]]+\] = |\.(append|extend|pop|setdefault|update)\()")


def test_the_tests_of_a_file_stay_together(request: pytest.FixtureRequest):
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs all")
    # pytest-xdist sorts by what follows this sign.
    assert request.node.nodeid.partition("@")[2] == "tests/house/test_processes.py"


def test_no_setting_is_changed_in_place():
    sources = {path: path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("*.py")}
    assert [path.name for path, text in sources.items() if CHANGED_IN_PLACE.search(text)] == []
