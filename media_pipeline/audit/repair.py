"""Repairs what an audit found: an original file from its copy, the copy and published files from the original.

Published files are rebuilt by a job like any other, which finds that what its recipe would make is not intact; they
change places with the damaged ones in one step, so that players always find a whole set of names.
"""

import logging
from collections.abc import Callable

from media_pipeline.audit.codes import PUBLISHED_DAMAGE_CODES, AuditCode, ClipAudit, RepairCode
from media_pipeline.database_outage import is_outage
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.files import replicas, storage
from media_pipeline.jobs import submit
from media_pipeline.models import Clip

logger = logging.getLogger(__name__)
REPAIR_PRIORITY = -50  # people who wait for their upload go first


def repair_clip(pk: int, seen: ClipAudit) -> tuple[RepairCode, ...]:
    """Repair what can be repaired of what was ``seen``; what was done. Never raises for one clip's sake; an outage of
    the database concerns all."""
    clip = Clip.objects.select_related("master", "package").filter(pk=pk).first()
    if clip is None or AuditCode.AUDIT_FAILED in seen.codes:
        return ()
    done = _attempt(_repair_original, clip, seen)
    if not seen.codes & PUBLISHED_DAMAGE_CODES:
        return done
    if AuditCode.MASTER_OK in seen.codes or RepairCode.MASTER_RESTORED in done:
        return (*done, *_attempt(_rebuild, clip, seen))
    # What plays in part is better than what a damaged original would give.
    return (*done, RepairCode.CANNOT_REBUILD)


def _attempt(
    do: Callable[[Clip, ClipAudit], tuple[RepairCode, ...]], clip: Clip, seen: ClipAudit
) -> tuple[RepairCode, ...]:
    try:
        return do(clip, seen)
    except Exception as problem:
        if is_outage(problem):
            raise
        logger.exception("clip %s could not be repaired", clip.public_id)
        return (RepairCode.REPAIR_FAILED,)


def _repair_original(clip: Clip, seen: ClipAudit) -> tuple[RepairCode, ...]:
    if AuditCode.MASTER_OK in seen.codes:
        if seen.codes & {AuditCode.COPY_DAMAGED, AuditCode.COPY_MISSING}:
            replicas.write_replica(str(clip.master.file.name), clip.master.sha256)
            return (RepairCode.COPY_WRITTEN,)
        return ()
    if AuditCode.COPY_OK not in seen.codes:
        return (RepairCode.CANNOT_RESTORE,)
    replicas.restore_from_replica(clip.master)
    if clip.error_code == ErrorCode.MASTER_MISSING and clip.state != Clip.State.WITHDRAWN:
        submit.submit_job(clip, priority=REPAIR_PRIORITY)
    return (RepairCode.MASTER_RESTORED,)


def _rebuild(clip: Clip, seen: ClipAudit) -> tuple[RepairCode, ...]:
    if clip.state == Clip.State.WITHDRAWN:
        return (RepairCode.NOT_REBUILT,)
    if clip.package is not None and storage.local_root(storage.published()) is None:
        # Where files are told apart by size alone, a damaged one would be taken for the one it should be.
        for found in seen.found:
            if found.code is AuditCode.FILE_DAMAGED:
                storage.published().delete(clip.package.prefix + found.file)
    submit.submit_job(clip, priority=REPAIR_PRIORITY)
    return (RepairCode.REBUILD_QUEUED,)
