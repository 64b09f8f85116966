"""What both measurements are called with, and where they work and keep their figures."""

import argparse
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign_site.env import load_environment


def read_arguments(
    arguments: list[str], program: str, about: str | None, quick: str, parts: Iterable[str]
) -> argparse.Namespace:
    """``quick`` (which means what it says here) and ``only`` (names of parts, all where none is named)."""
    parser = argparse.ArgumentParser(prog=program, description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--only", action="append", choices=list(parts), help="one part; may be repeated")
    chosen = parser.parse_args(arguments)
    chosen.only = chosen.only or list(parts)
    return chosen


def figures_folder() -> Path:
    """Where the figures are kept, on the disk of the data."""
    kept = load_environment().data_dir / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    return kept


@contextmanager
def working_folder(prefix: str) -> Iterator[Path]:
    """A folder beside the figures, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=figures_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
