"""How a file comes in: streamed to the private disk, hashed on the way, sealed, and only then known to the archive.

Until the row stands nothing refers to the file; after it nothing in this room removes the file but ``care.delete``.
"""

import hashlib
import os
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import Storage
from django.db import transaction

from media_pipeline import jobs, quotas, storage
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.models import Clip, Master
from media_pipeline.quotas import UNLIMITED, Allowance

INCOMING = "incoming"
SPACE_EVERY = 64 * storage.CHUNK


@dataclass(frozen=True)
class Sealed:
    """A master in its place: its name in the storage, its size in bytes and the sha256 of what it holds."""

    name: str
    size: int
    sha256: str


def receive(
    file: BinaryIO | Path | str,
    *,
    title: str,
    spoken_language: str,
    original_name: str = "",
    city_ref: int | None = None,
    uploader: Any = None,
    demo_key: str = "",
    priority: int = 0,
) -> Clip:
    """Keep ``file`` as the master of a new clip and queue its job once the transaction is committed.

    ``file`` is a path or anything with ``read(size) -> bytes`` (an uploaded file of Django's too).
    ``original_name`` is kept for people's eyes, defaults to the name of a path, and never becomes part of one.
    ``city_ref`` is the caller's key of the owning city. ``priority`` is -100 to 100, higher first.

    Raises MediaError with empty_file, too_large, quota_user, quota_city, disk_full or storage_failed, OSError for a
    path that cannot be opened; then no clip exists and nothing is kept.
    """
    if isinstance(file, (str, Path)):
        path = Path(file)
        with path.open("rb") as handle:
            _expect(path.stat().st_size, quotas.allowance(city_ref=city_ref, uploader=uploader))
            return receive(
                handle,
                title=title,
                spoken_language=spoken_language,
                original_name=original_name or path.name,
                city_ref=city_ref,
                uploader=uploader,
                demo_key=demo_key,
                priority=priority,
            )
    allowed = quotas.allowance(city_ref=city_ref, uploader=uploader)
    _expect(getattr(file, "size", None), allowed)
    sealed = seal(file, allowed)
    try:
        with transaction.atomic():
            quotas.one_at_a_time()
            quotas.allowance(city_ref=city_ref, uploader=uploader).require(sealed.size)
            clip = Clip.objects.create(
                title=title[:255],
                spoken_language=spoken_language,
                city_ref=city_ref,
                uploader=uploader,
                demo_key=demo_key,
            )
            Master.objects.create(
                clip=clip,
                file=sealed.name,
                original_name=display_name(original_name or getattr(file, "name", "") or ""),
                size_bytes=sealed.size,
                sha256=sealed.sha256,
            )
            jobs.submit(clip, priority=priority)
    except Exception:
        # A commit that failed halfway may stand all the same: the file goes only when its row surely does not exist.
        if not Master.objects.filter(file=sealed.name).exists():
            storage.masters().delete(sealed.name)
        raise
    return clip


def seal(file: BinaryIO, allowed: Allowance = UNLIMITED) -> Sealed:
    """Stream ``file`` to the private storage and return what it is. Raises as ``receive`` does."""
    target = storage.masters()
    with storage.disk_errors():
        part = _incoming(target) / f"{uuid.uuid4().hex}.part"
        try:
            size, sha256 = _write(file, part, allowed)
            if size == 0:
                raise MediaError(ErrorCode.EMPTY_FILE)
            name = _place(target, part)
        finally:
            part.unlink(missing_ok=True)
    return Sealed(name=name, size=size, sha256=sha256)


def display_name(name: str) -> str:
    """A file name as people may see it: the last part, without control characters, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()[:255]


def _expect(size: int | None, allowed: Allowance) -> None:
    """Refuse before the first byte what is known to be wrong."""
    if size is None:
        return
    if size == 0:
        raise MediaError(ErrorCode.EMPTY_FILE)
    if size > conf().max_upload_bytes:
        raise MediaError(ErrorCode.TOO_LARGE, f"{size} bytes")
    allowed.require(size)
    storage.require_space(storage.local_root(storage.masters()) or conf().work_dir, size)


def _incoming(target: Storage) -> Path:
    folder = (storage.local_root(target) or conf().work_dir) / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _write(file: BinaryIO, part: Path, allowed: Allowance) -> tuple[int, str]:
    """Copy to ``part``, synced. Returns size in bytes and hex sha256."""
    limit, size, digest = conf().max_upload_bytes, 0, hashlib.sha256()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        for block in _blocks(file):
            if size // SPACE_EVERY != (size + len(block)) // SPACE_EVERY:
                storage.require_space(part.parent, 0)
            size += len(block)
            if size > limit:
                raise MediaError(ErrorCode.TOO_LARGE, f"more than {limit} bytes")
            allowed.require(size)
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(storage.CHUNK):
        yield block


def _place(target: Storage, part: Path) -> str:
    """Give the sealed file its name: random, two levels, nothing of the uploader in it."""
    key = uuid.uuid4().hex
    name, root = f"{key[:2]}/{key}", storage.local_root(target)
    if root is None:
        storage.put_file(target, name, part)
        return name
    folder = root / key[:2]
    folder.mkdir(exist_ok=True, mode=0o700)
    storage.sync_folder(root)
    part.rename(root / name)
    storage.sync_folder(folder)
    return name
