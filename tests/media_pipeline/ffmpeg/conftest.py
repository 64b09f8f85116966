"""Fixtures for the pure functions: golden files and the machine's own tools."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.toolchain import Toolchain

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "UPDATE_GOLDEN"  # set it to write the files again, and read the difference before you commit it


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Return a comparison of a text with the golden file of that name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get(UPDATE):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def tools() -> Toolchain:
    """Return the machine's tools, or skip where there are none."""
    try:
        found = toolchain.find_toolchain()
    except MediaError as missing:
        pytest.skip(str(missing))
    if found.packager is None:
        pytest.skip("no packager")
    return found
