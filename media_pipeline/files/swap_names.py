"""Two names change places in one step of the kernel: what Python's ``os`` does not offer."""

import ctypes
import errno
import os
from pathlib import Path

# <fcntl.h>, <linux/fs.h>
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
# Older kernels, and file systems that do not know how.
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)


def exchange_names(one: Path, other: Path) -> bool:
    """Let two folders change their names. False where the system cannot; raises OSError as a rename does."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library without it
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one))
