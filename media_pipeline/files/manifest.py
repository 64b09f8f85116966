"""What a folder holds, by size and hash: how a package is told from a half-written one, today and in ten years."""

import hashlib
from pathlib import Path

Manifest = dict[str, list[int | str]]
"""Name to [bytes, hex sha256], as JSON keeps it."""


def read_manifest(folder: Path) -> Manifest:
    """Every file directly in ``folder``. Packages have no folders inside."""
    return {path.name: [path.stat().st_size, file_sha256(path)] for path in sorted(folder.iterdir()) if path.is_file()}


def matches_manifest(folder: Path, files: Manifest) -> bool:
    """Whether ``folder`` holds exactly ``files``, byte for byte."""
    return folder.is_dir() and read_manifest(folder) == files


def total_bytes(files: Manifest) -> int:
    """Bytes of all files together."""
    return sum(int(size) for size, _ in files.values())


def file_sha256(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
