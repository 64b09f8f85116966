"""Uploads of editors are parsed in a process with limits, never in the one that answers requests.

What that process may use bounds what any file can cost; the web process only holds the bytes of the upload.
"""

import logging
from threading import BoundedSemaphore

from home.upload_errors import FileCode, RefusedFileError
from media_pipeline import api

logger = logging.getLogger(__name__)

# A large picture takes a gigabyte while it is encoded afresh; not one for every thread. More at once end no sooner.
_INSPECTING = BoundedSemaphore(2)

_TOO_MUCH_WORK = (api.ErrorCode.TIMEOUT, api.ErrorCode.TOO_MUCH_WORK, api.ErrorCode.OUT_OF_MEMORY)


def inspect_upload(
    module: str, data: bytes, limits: api.ProcessLimits, *, unreadable: FileCode, too_much_work: FileCode
) -> bytes:
    """What ``python -m module`` prints about ``data``.

    Raises RefusedFileError: ``too_much_work`` for a file that wants more time or memory than ``limits``,
    ``unreadable`` for one that makes the parser fail, file_no_room. Raises MediaError when no process can be started.
    """
    try:
        with _INSPECTING:
            return api.run_limited(module, data, limits)
    except api.MediaError as problem:
        if problem.code in _TOO_MUCH_WORK:
            raise RefusedFileError(too_much_work, str(problem)) from problem
        if problem.code == api.ErrorCode.DISK_FULL:
            raise RefusedFileError(FileCode.FILE_NO_ROOM, str(problem)) from problem
        if problem.code != api.ErrorCode.INTERNAL:
            raise
        # Every known fault of a file has its own answer, so this one is worth a line for those who know the code.
        logger.warning("%s failed: %s", module, " ".join(problem.stderr_tail.split())[-300:])
        raise RefusedFileError(unreadable, str(problem)) from problem
    except OSError as problem:  # the upload could not be handed over
        raise RefusedFileError(FileCode.FILE_NO_ROOM, repr(problem)) from problem
