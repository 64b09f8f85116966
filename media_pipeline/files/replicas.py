"""A second copy of every master, on another disk, where ``STORAGES["masters_replica"]`` names one.

It is written when a film has arrived, read when a master is found damaged, and goes with its clip. It has the
master's name. A film that arrived stays arrived when its copy fails: the audit makes up for it.
"""

import logging

from media_pipeline.files import atomic_write, storage
from media_pipeline.models import Master

logger = logging.getLogger(__name__)


def try_write_replica(name: str, sha256: str) -> None:
    """Write the copy of a master that just arrived. Never raises."""
    try:
        write_replica(name, sha256)
    except Exception:  # whatever the other disk or its client says: the film itself is safe
        logger.exception("master %s has no copy yet; auditmedia --repair writes it", name)


def write_replica(name: str, sha256: str) -> None:
    """Copy a master, in place of an older copy. Raises MediaError; does nothing where no copies are kept."""
    target = storage.masters_replica()
    if target is not None:
        atomic_write.copy_file(storage.masters(), target, name, sha256)


def restore_from_replica(master: Master) -> None:
    """Bring a master back from its copy, if that holds what was brought. Raises MediaError."""
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
