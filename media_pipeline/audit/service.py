"""An audit of stored files: every original file against its hash, every published file against the manifest.

Disks lose data. Found early, it can be repaired: published files are rebuilt from the original file, and the
original is restored from its copy. Files are read in pieces; one clip is audited after the other.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from media_pipeline.audit import repair as repairs
from media_pipeline.audit.codes import DAMAGE_CODES, AuditCode, AuditFinding, ClipAudit
from media_pipeline.conf import conf
from media_pipeline.database_outage import is_outage
from media_pipeline.files import atomic_write, storage
from media_pipeline.models import Clip, Master

logger = logging.getLogger(__name__)
# A clip that changed while it was being read is read again; one that changes this often will be seen next time.
MAX_READS = 3
_MASTER = (AuditCode.MASTER_OK, AuditCode.MASTER_DAMAGED, AuditCode.MASTER_MISSING)
_COPY = (AuditCode.COPY_OK, AuditCode.COPY_DAMAGED, AuditCode.COPY_MISSING)


def audit_clips(*, repair: bool = False) -> Iterator[ClipAudit]:
    """Audit every clip, oldest first, and with ``repair`` repair what can be repaired. One that cannot be checked
    does not stop the others.

    Raises PermissionError when the folders are not this user's to read: then nothing could be said of them.
    """
    stores = filter(None, (storage.masters(), storage.masters_replica(), storage.published()))
    for root in filter(None, map(storage.local_root, stores)):
        if root.exists() and not os.access(root, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(f"{root} belongs to another user. Run this as the user of the site.")
    for pk in list(Clip.objects.order_by("pk").values_list("pk", flat=True)):
        seen = _try_audit(pk)
        if seen is not None:
            yield replace(seen, repairs=repairs.repair_clip(pk, seen)) if repair and seen.codes & DAMAGE_CODES else seen


def _try_audit(pk: int) -> ClipAudit | None:
    try:
        return audit_clip(pk)
    except Exception as problem:
        if is_outage(problem):
            raise
        logger.exception("clip %d could not be checked", pk)
        clip = Clip.objects.filter(pk=pk).first()
        return ClipAudit(clip.public_id, clip.title, (AuditFinding(AuditCode.AUDIT_FAILED),)) if clip else None


def audit_clip(pk: int) -> ClipAudit | None:
    """What is right, damaged or missing of one clip; None when it was deleted meanwhile."""
    seen = None
    for _ in range(MAX_READS):
        clip = Clip.objects.select_related("master", "package").filter(pk=pk).first()
        if clip is None:
            return None
        seen = ClipAudit(clip.public_id, clip.title, (*_of_master(clip), *_of_package(clip)))
        now = Clip.objects.filter(pk=pk).values_list("package", "ready_at").first()
        if not seen.codes & DAMAGE_CODES or now == (clip.package_id, clip.ready_at):
            return seen
    return seen


def unreferenced_files() -> Iterator[AuditFinding]:
    """Original files and copies that no clip names. Nothing here removes them: the database may be the wrong one.

    Younger ones are left out: an upload in progress has its file before its clip.
    """
    yield from (AuditFinding(AuditCode.STRAY_MASTER, name) for name in _unnamed(storage.masters()))
    copies = storage.masters_replica()
    if copies is not None:
        yield from (AuditFinding(AuditCode.STRAY_COPY, name) for name in _unnamed(copies))


def _of_master(clip: Clip) -> Iterator[AuditFinding]:
    master: Master | None = getattr(clip, "master", None)
    if master is None:
        yield AuditFinding(AuditCode.MASTER_MISSING)
        return
    name = str(master.file.name)
    yield AuditFinding(_state(storage.masters(), name, master.size_bytes, master.sha256, _MASTER), name)
    copies = storage.masters_replica()
    if copies is not None:
        yield AuditFinding(_state(copies, name, master.size_bytes, master.sha256, _COPY), name)


def _of_package(clip: Clip) -> Iterator[AuditFinding]:
    package = clip.package
    if package is None or not package.files:
        gone = package is not None or clip.state == Clip.State.READY
        yield AuditFinding(AuditCode.PACKAGE_MISSING if gone else AuditCode.NOTHING_PUBLISHED)
        return
    target = storage.published()
    codes = (AuditCode.FILES_OK, AuditCode.FILE_DAMAGED, AuditCode.FILE_MISSING)
    damage = []
    for name, (size, sha256) in sorted(package.files.items()):  # databases keep no order of names
        code = _state(target, package.prefix + name, int(size), str(sha256), codes)
        if code is not AuditCode.FILES_OK:
            damage.append(AuditFinding(code, name))
    root = storage.local_root(target)
    if root is not None and (root / package.prefix).is_dir():
        there = sorted(path.name for path in (root / package.prefix).iterdir() if path.is_file())
        damage += [AuditFinding(AuditCode.FILE_UNKNOWN, name) for name in there if name not in package.files]
    yield from damage or (AuditFinding(AuditCode.FILES_OK),)


def _state(
    target: Storage, name: str, size: int, sha256: str, codes: tuple[AuditCode, AuditCode, AuditCode]
) -> AuditCode:
    """One of three ``codes``: well, damaged, missing. What the disk cannot read any more is damaged."""
    well, damaged, missing = codes
    try:
        if not target.exists(name):
            return missing
        right = target.size(name) == size and atomic_write.stored_sha256(target, name) == sha256
    except FileNotFoundError:
        return missing
    except OSError:
        return damaged
    return well if right else damaged


def _unnamed(target: Storage) -> Iterator[str]:
    before = timezone.now() - timedelta(seconds=conf().incoming_grace_s)
    root = storage.local_root(target)
    if root is not None and not root.is_dir():
        return
    for folder in target.listdir("")[0]:
        if folder == atomic_write.INCOMING_FOLDER:
            continue
        named = set(Master.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        for file in sorted(target.listdir(folder)[1]):
            name = f"{folder}/{file}"
            if name not in named and target.get_modified_time(name) < before:
                yield name
