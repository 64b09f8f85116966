"""How a file is uploaded: streamed to the private disk, hashed on the way, synced, and only then known to the archive.

Until its row is written nothing refers to the file; after it nothing here removes the file but ``delete_clip``. A
process that is killed between the two leaves an original file without a clip, which ``auditmedia`` names.
"""

import hashlib
import os
import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import atomic_write, quotas, replicas, storage
from media_pipeline.files.names import display_name
from media_pipeline.files.quotas import UNLIMITED_QUOTA, QuotaAllowance
from media_pipeline.jobs import submit
from media_pipeline.models import Clip, Master

SPACE_CHECK_BYTES = 64 * storage.COPY_CHUNK_BYTES


@dataclass(frozen=True)
class StoredFile:
    """An original file in its place: its name in the storage, its size in bytes and the sha256 of what it holds."""

    name: str
    size: int
    sha256: str


def ingest_clip(
    file: BinaryIO | Path | str,
    *,
    title: str,
    spoken_language: str,
    original_name: str = "",
    collection: int | None = None,
    uploader: Any = None,
    demo_key: str = "",
    priority: int = 0,
    sound_only: bool = False,
) -> Clip:
    """Keep ``file`` as the original of a new clip and queue its job once the transaction is committed.

    ``file`` is a path or anything with ``read(size) -> bytes`` (an uploaded file of Django's too).
    ``original_name`` is kept for people's eyes, defaults to the name of a path, and never becomes part of one.
    ``collection`` is the key of the collection that owns the clip; None: the root's, which has no quota.
    ``priority`` is -100 to 100, higher first. With ``sound_only`` a file without a picture is no mistake: it gets the
    picture of its sound.

    Raises MediaError with empty_file, too_large, quota_user, quota_city, disk_full or storage_failed, OSError for a
    path that cannot be opened; then no clip exists and nothing is kept.
    """
    path = Path(file) if isinstance(file, (str, Path)) else None
    with path.open("rb") if path else nullcontext(file) as stream:
        # 1. Refuse before the first byte what is known to be wrong.
        size = path.stat().st_size if path else getattr(file, "size", None)
        allowed = quotas.quota_allowance(collection=collection, uploader=uploader)
        if size is not None:
            _require_acceptable(size, allowed)
            storage.require_space(storage.local_root(storage.masters()) or conf().work_dir, size)
        # 2. Store the bytes.
        stored = store_original(stream, allowed)
    # 3. Write the rows in one transaction; the job is enqueued and the copy is made on commit.
    try:
        with transaction.atomic():
            quotas.lock_quotas()
            quotas.quota_allowance(collection=collection, uploader=uploader).require(stored.size)
            clip = Clip.objects.create(
                title=title[:255],
                spoken_language=spoken_language,
                **({} if collection is None else {"collection_id": collection}),
                uploader=uploader,
                demo_key=demo_key,
                sound_only=sound_only,
            )
            Master.objects.create(
                clip=clip,
                file=stored.name,
                original_name=display_name(original_name or (path.name if path else getattr(file, "name", "") or "")),
                size_bytes=stored.size,
                sha256=stored.sha256,
            )
            submit.submit_job(clip, priority=priority)
            transaction.on_commit(partial(replicas.try_write_replica, stored.name, stored.sha256))
    except Exception:
        # A commit that failed halfway may hold all the same: the file goes only when its row surely does not exist.
        if not Master.objects.filter(file=stored.name).exists():
            storage.masters().delete(stored.name)
        raise
    return clip


def store_original(file: BinaryIO, allowed: QuotaAllowance = UNLIMITED_QUOTA) -> StoredFile:
    """Stream ``file`` to the private storage and return what it is. Raises as ``ingest_clip`` does."""
    target, key = storage.masters(), uuid.uuid4().hex
    name = f"{key[:2]}/{key}"  # random, two levels, nothing of the uploader in it
    with storage.disk_errors(), atomic_write.part_file(target) as part:
        size, sha256 = _write(file, part, allowed)
        if size == 0:
            raise MediaError(ErrorCode.EMPTY_FILE)
        try:
            atomic_write.commit_part(target, part, name)
        except OSError:
            target.delete(name)  # it may be there, only not surely on the disk
            raise
    return StoredFile(name=name, size=size, sha256=sha256)


def _write(file: BinaryIO, part: Path, allowed: QuotaAllowance) -> tuple[int, str]:
    """Copy to ``part``, synced. Returns size in bytes and hex sha256."""
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while block := file.read(storage.COPY_CHUNK_BYTES):
            if size // SPACE_CHECK_BYTES != (size + len(block)) // SPACE_CHECK_BYTES:
                storage.require_space(part.parent, 0)
            size += len(block)
            _require_acceptable(size, allowed)
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _require_acceptable(size: int, allowed: QuotaAllowance) -> None:
    """Raise MediaError (too_large, quota_user, quota_city) when a file is larger than the limit or the quotas allow."""
    if size > conf().max_upload_bytes:
        raise MediaError(ErrorCode.TOO_LARGE, f"{size} bytes")
    allowed.require(size)
