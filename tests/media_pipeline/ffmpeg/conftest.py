"""Fixtures for the pure functions: golden files, the machine's own tools, and small clips drawn by ffmpeg itself."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run import process, toolchain
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "UPDATE_GOLDEN"  # set it to write the files anew, and read the difference before you commit it


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


@pytest.fixture(scope="session")
def draw(tools: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a maker of clips: `draw("clip.mp4", *arguments)` gives ffmpeg these arguments and the name."""
    folder = tmp_path_factory.mktemp("clips")

    def make(name: str, *arguments: str) -> Path:
        path = folder / name
        if not path.exists():
            argv = (str(tools.ffmpeg), "-hide_banner", "-nostdin", "-v", "error", "-y", *arguments, name)
            process.run_process(ProcessCommand(argv, outdir=folder))
        return path

    return make
