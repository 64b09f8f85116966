"""The tests of a file share one process, and with it the archive, the site and the clip that its fixtures build."""

import pytest


def test_the_tests_of_a_file_stay_together(request: pytest.FixtureRequest):
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs all")
    # pytest-xdist sorts by what follows this sign.
    assert request.node.nodeid.partition("@")[2] == "tests/house/test_processes.py"
