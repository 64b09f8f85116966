"""Folders of files, copied where they differ. Names are never used twice for other bytes, but packages are repaired."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

from campaign_site.backup.errors import BackupError

# Storage and the folder of its files in a backup.
TREES = {"masters": "masters", "published": "published", "default": "uploads"}


@dataclass(frozen=True)
class TreeSize:
    """How many files there are, and their bytes."""

    files: int
    size_bytes: int


def local_trees() -> dict[str, Path]:
    """Folder of the site by folder of the backup; storages that are on no disk of this machine are not among them."""
    return {
        folder: Path(storage.location)
        for alias, folder in TREES.items()
        if isinstance(storage := storages[alias], FileSystemStorage)
    }


def copy_tree(source: Path, target: Path, *, remove: bool) -> TreeSize:
    """Copy what differs in size or time of change; with ``remove``, delete from ``target`` what ``source`` lacks.

    A file that goes while this runs is left out. Return what ``target`` holds afterwards. Raises BackupError before
    anything is written where the disk is too small.
    """
    wanted = dict(walk_files(source))
    missing = {name: facts for name, facts in wanted.items() if not _is_same(target / name, facts)}
    require_free_space(target, sum(facts.st_size for facts in missing.values()))
    if remove:
        for name in [name for name, _facts in walk_files(target) if name not in wanted]:
            (target / name).unlink()
    for name in missing:
        try:
            copy_into_place(source / name, target / name)
        except FileNotFoundError:
            continue
    return tree_size(target)


def copy_into_place(source: Path, target: Path) -> None:
    """Copy bytes, time of change and access rights; ``target`` is never half a file."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}.part")
    shutil.copy2(source, draft)
    draft.replace(target)


def walk_files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Name below ``folder`` and facts of each file, without what a copy that broke off has left."""
    for root, _folders, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            if not (name.startswith(".") and name.endswith(".part")):
                try:
                    yield path.relative_to(folder).as_posix(), path.stat()
                except FileNotFoundError:
                    continue


def require_plain_files(folder: Path) -> None:
    """Raise BackupError for anything but files and folders: a link would bring in a file from elsewhere."""
    for root, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(root) / name
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise BackupError(f"{path} is neither a file nor a folder. No backup holds anything else.")


def tree_size(folder: Path) -> TreeSize:
    """Count the files of a folder."""
    sizes = [facts.st_size for _name, facts in walk_files(folder)]
    return TreeSize(len(sizes), sum(sizes))


def require_free_space(folder: Path, needed: int) -> None:
    """Raise BackupError unless ``needed`` bytes fit on the disk of ``folder``."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if shutil.disk_usage(existing).free < needed:
        raise BackupError(f"Not enough space for {folder}: {needed} bytes are needed.")


def _is_same(path: Path, wanted: os.stat_result) -> bool:
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return (found.st_size, found.st_mtime_ns // 1000) == (wanted.st_size, wanted.st_mtime_ns // 1000)
