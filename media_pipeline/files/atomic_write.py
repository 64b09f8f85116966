"""How files enter a private storage: through a part on the same disk, hashed, synced, and named by one rename.

Original files and their copies are written so; a killed process leaves a part, which is removed after a day.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import Storage

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage

INCOMING_FOLDER = "incoming"


@contextmanager
def part_file(target: Storage) -> Iterator[Path]:
    """The path of a part to be, on the disk of ``target``, or in the work folder where that is no local disk.

    Whatever is left of it afterwards is removed.
    """
    folder = (storage.local_root(target) or conf().work_dir) / INCOMING_FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{uuid.uuid4().hex}.part"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def commit_part(target: Storage, part: Path, name: str) -> None:
    """Give a finished part its name, durably. A file of that name is replaced, on a local disk in one step."""
    root = storage.local_root(target)
    if root is None:
        target.delete(name)
        storage.put_file(target, name, part)
        return
    folder = (root / name).parent
    folder.mkdir(exist_ok=True, mode=0o700)
    storage.sync_folder(root)
    part.rename(root / name)
    storage.sync_folder(folder)


def copy_file(source: Storage, target: Storage, name: str, sha256: str) -> None:
    """Copy one file from storage to storage, and let it count only if it holds what ``sha256`` says.

    Raises MediaError(disk_full, storage_failed); then ``target`` is as it was.
    """
    with storage.disk_errors(), part_file(target) as part:
        storage.require_space(part.parent, source.size(name))
        digest = hashlib.sha256()
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            for block in _blocks(source, name):
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != sha256:
            raise MediaError(ErrorCode.STORAGE_FAILED, f"{name} does not hold what was uploaded")
        commit_part(target, part, name)


def stored_sha256(source: Storage, name: str) -> str:
    """Hex digest of a stored file, read in pieces. Raises OSError."""
    digest = hashlib.sha256()
    for block in _blocks(source, name):
        digest.update(block)
    return digest.hexdigest()


def _blocks(source: Storage, name: str) -> Iterator[bytes]:
    with source.open(name, "rb") as handle:
        while block := handle.read(storage.COPY_CHUNK_BYTES):
            yield block
