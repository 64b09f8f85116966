"""A second copy of every original file, on another disk, where ``STORAGES["masters_replica"]`` names one.

It is written after an upload, read when the original is found damaged, and deleted with its clip. It has the
original's name. An upload stays complete when its copy fails: the audit makes up for it.
"""

import logging

from media_pipeline.files import atomic_write, storage
from media_pipeline.models import Master

logger = logging.getLogger(__name__)


def try_write_replica(name: str, sha256: str) -> None:
    """Write the copy of an original file that was just uploaded. Never raises."""
    try:
        write_replica(name, sha256)
    except Exception:  # whatever the other disk or its client says: the original file itself is safe
        logger.exception("master %s has no copy yet; auditmedia --repair writes it", name)


def write_replica(name: str, sha256: str) -> None:
    """Copy an original file, in place of an older copy. Raises MediaError; does nothing where no copies are kept."""
    target = storage.masters_replica()
    if target is not None:
        atomic_write.copy_file(storage.masters(), target, name, sha256)


def restore_from_replica(master: Master) -> None:
    """Restore an original file from its copy, if that holds what was uploaded. Raises MediaError."""
    target = storage.masters_replica()
    if target is not None:
        atomic_write.copy_file(target, storage.masters(), str(master.file.name), master.sha256)


def remove_replica(name: str) -> None:
    """Remove a copy with its clip. Never raises: a disk that is away keeps it, and the audit names it."""
    target = storage.masters_replica()
    if target is None:
        return
    try:
        target.delete(name)
    except Exception:
        logger.exception("the copy of master %s could not be removed", name)
