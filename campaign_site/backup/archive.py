"""Making a backup and bringing it back.

A folder with ``manifest.json``, the database, and the files. The manifest is written last and removed first, so that
a folder without it is no backup. The database comes before the files: whatever it names is copied after it. On the way
back it comes after them.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from campaign_site.backup import database, trees
from campaign_site.backup.errors import BackupError
from media_pipeline import api
from media_pipeline.models import Clip

FORMAT = 1
BACKUP_MANIFEST = "manifest.json"
KEY_FILE = "secret_key"

Tell = Callable[[str], object]


def make_backup(folder: Path, secrets: Path | None, tell: Tell) -> dict[str, Any]:
    """Write a backup into ``folder``, only what has changed since the one that is there; return its manifest.

    Keys are copied to ``secrets``, another folder, or not at all. Raises BackupError, OSError.
    """
    folder = folder.resolve()
    _check_places(folder, secrets)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / BACKUP_MANIFEST).unlink(missing_ok=True)
    tell("Database")
    file = database.save_database(folder)
    local, sizes = trees.local_trees(), {}
    for name, source in local.items():
        tell(f"{name}: {source}")
        sizes[name] = asdict(trees.copy_tree(source, folder / name, remove=True))
    if secrets is not None:
        _write_key(secrets, settings.SECRET_KEY)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": file.name,
        "database_sha256": _sha256(file),
        "clips": Clip.objects.count(),
        "files": sizes,
        "not_included": sorted(set(trees.TREES.values()) - set(local)),
    }
    draft = folder / f"{BACKUP_MANIFEST}.part"
    draft.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / BACKUP_MANIFEST)
    return manifest


def restore_backup(folder: Path, secrets: Path | None, tell: Tell, *, replace: bool = False) -> dict[str, Any]:
    """Bring a backup back into an empty site, or with ``replace`` over what is there; return its manifest.

    What the ledger says was withdrawn or deleted since is withdrawn again before this returns. Nobody may use the site
    meanwhile. Raises BackupError before anything is changed, where the backup is not whole.
    """
    manifest = read_backup_manifest(folder)
    if not replace and not database.has_no_tables():
        raise BackupError("This site has a database already. To replace it by the backup, add --replace.")
    local = trees.local_trees()
    for name in local:
        trees.require_free_space(local[name], trees.tree_size(folder / name).size_bytes)
    # The files first: broken off here, the site is what it was, with some files more.
    for name, target in local.items():
        tell(f"{name}: {target}")
        trees.copy_tree(folder / name, target, remove=False)
    tell("Database")
    database.load_database(folder / manifest["database"])
    if secrets is not None:
        _write_key(settings.DATA_DIR, (secrets / KEY_FILE).read_text(encoding="utf-8"))
    tell("Tables of this version, and what was withdrawn since")
    call_command("migrate", interactive=False, verbosity=0)
    api.reconcile_ledger()
    return manifest


def read_backup_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a whole backup. Raises BackupError where something is missing or was changed."""
    try:
        manifest = json.loads((folder / BACKUP_MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise BackupError(f"{folder} holds no complete backup: {BACKUP_MANIFEST} is missing.") from problem
    except ValueError as problem:
        raise BackupError(f"{folder / BACKUP_MANIFEST} cannot be read.") from problem
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupError(f"{folder} was made by another version of this program.")
    _check_shape(folder, manifest)
    file = folder / manifest["database"]
    if not file.exists() or _sha256(file) != manifest["database_sha256"]:
        raise BackupError(f"{file} is not the file that was saved: it is damaged or was changed.")
    database.check_database(file)
    for name, size in manifest["files"].items():
        trees.require_plain_files(folder / name)
        if asdict(trees.tree_size(folder / name)) != size:
            raise BackupError(f"{folder / name} is not complete: files were added, removed or cut off.")
    return manifest


def _check_shape(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise BackupError unless the manifest names a database, and each folder of files as saved or as not included."""
    files, others = manifest.get("files"), manifest.get("not_included")
    known = sorted(trees.TREES.values())
    if not isinstance(files, dict) or not isinstance(others, list) or sorted([*files, *others]) != known:
        raise BackupError(f"{folder / BACKUP_MANIFEST} doesn't name the folders of a backup: {', '.join(known)}.")
    if manifest.get("database") not in database.FILE_NAMES.values() or "database_sha256" not in manifest:
        raise BackupError(f"{folder / BACKUP_MANIFEST} doesn't name the database of a backup.")


def _check_places(folder: Path, secrets: Path | None) -> None:
    ledger = settings.MEDIA_PIPELINE["LEDGER_FILE"].resolve()
    if ledger.is_relative_to(folder):
        raise BackupError(
            "The ledger of withdrawals lies in the folder of the backup. Set LEDGER_DIR to another place."
        )
    for name, source in trees.local_trees().items():
        if folder.is_relative_to(source.resolve()) or source.resolve().is_relative_to(folder):
            raise BackupError(f"The backup would be a copy of itself: {name} is at {source}. Choose another folder.")
    if secrets is not None and secrets.resolve().is_relative_to(folder):
        raise BackupError("Keep the keys apart from the backup: choose a folder outside of it.")


def _write_key(folder: Path, key: str) -> None:
    """Write it as ``campaign_site.settings.secret`` reads it; a SECRET_KEY in the environment comes before it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{KEY_FILE}.part"
    draft.touch(mode=0o600)
    draft.write_text(key, encoding="utf-8")
    draft.replace(folder / KEY_FILE)


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
