"""Where the bodies of people who are signed in wait until they are complete: on the disk of the data.

The files have no names, so that nothing of them outlives the process. A body's bytes are set aside on the disk before
it is read: everything that looks at the free space of the disk counts it from then on, in every process, and a body
that begins can also end.
"""

import ctypes
import errno
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from waitress.buffers import FileBasedBuffer

from media_pipeline import api

MOST_BODIES = 64  # that are not complete, in one process
MOST_BODIES_OF_ONE = 6  # session: as many connections as a browser opens
ALWAYS_TAKEN_BYTES = 4 << 20  # a form: an editor's text is saved though uploads must leave the reserve alone
FALLOC_FL_KEEP_SIZE = 1
CANNOT_RESERVE = (errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
_libc = ctypes.CDLL(None, use_errno=True)


class SpoolFullError(Exception):
    """No more bodies are taken: too many at a time."""


class SpooledBody(FileBasedBuffer):
    """A body in a file, as waitress's receivers write it and the site reads it."""

    def __init__(self, file: BinaryIO, release: Callable[[], None]) -> None:
        super().__init__(file)
        self.release: Callable[[], None] | None = release

    def close(self) -> None:
        """Give file and space back; harmless when they already were."""
        super().close()
        if self.release is not None:
            release, self.release = self.release, None
            release()


class BodySpool:
    """The bodies of one process that are not complete or not answered yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.owners: Counter[str] = Counter()

    def open_body(self, owner: str, size: int) -> SpooledBody:
        """Return an empty body for ``size`` bytes of ``owner`` (a session).

        Raises ``SpoolFullError``, and OSError(ENOSPC) when the body and the copy that its form takes do not fit.
        """
        with self.lock:
            if self.owners.total() >= MOST_BODIES or self.owners[owner] >= MOST_BODIES_OF_ONE:
                raise SpoolFullError
            self.owners[owner] += 1
        try:
            if size > max(ALWAYS_TAKEN_BYTES, api.free_upload_bytes()):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            file = tempfile.TemporaryFile(dir=self.folder)  # noqa: SIM115 - the body closes it
            reserve_bytes(file.fileno(), size)
        except OSError:
            self._release(owner)
            raise
        return SpooledBody(file, lambda: self._release(owner))

    def _release(self, owner: str) -> None:
        with self.lock:
            self.owners[owner] -= 1
            self.owners += Counter()  # forgets whoever has none


def reserve_bytes(descriptor: int, size: int) -> None:
    """Set ``size`` bytes of the disk aside for a file that stays empty; OSError when they are not there.

    File systems that cannot do this do nothing. ``os.posix_fallocate`` would write all the bytes there.
    """
    if sys.platform != "linux" or not size:
        return
    offset_and_length = (ctypes.c_int64(0), ctypes.c_int64(size))
    if _libc.fallocate(descriptor, FALLOC_FL_KEEP_SIZE, *offset_and_length) == 0:
        return
    problem = ctypes.get_errno()
    if problem not in CANNOT_RESERVE:
        raise OSError(problem, os.strerror(problem))
