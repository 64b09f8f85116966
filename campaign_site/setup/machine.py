"""What the server needs from the machine: the port, a folder, and enough open files for its connections."""

import os
import resource
import shutil
import socket
from pathlib import Path

from campaign_site.env import Environment
from campaign_site.setup.steps import SetupError

BACKLOG = 2048
FILES_PER_CONNECTION = 2  # its socket, and the film or the body behind it
OTHER_FILES = 256  # the database, a file for each thread, what Python itself has open


def open_listener(env: Environment) -> socket.socket:
    """Return a socket that listens on HOST:PORT; raise ``SetupError`` when something else does."""
    family = socket.AF_INET6 if ":" in env.host else socket.AF_INET
    try:
        return socket.create_server(
            (env.host, env.port), family=family, backlog=BACKLOG, dualstack_ipv6=env.host == "::"
        )
    except OSError as problem:
        # Python's own text repeats the address; that of a name without an address has no number of the system.
        reason = os.strerror(problem.errno) if problem.errno and problem.errno > 0 else problem.strerror
        raise SetupError(
            f"{env.host}:{env.port} can't be used ({reason}). To use another port, set PORT, for example PORT=8001."
        ) from problem


def empty_spool(env: Environment) -> Path:
    """Return the folder for bodies and long answers, on the disk of the data, without what an earlier run left.

    Once for all processes: their files have names only where the file system wants it, and then for a moment.
    """
    folder = env.data_dir / "work" / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return folder


def allow_open_files(connections: int) -> int:
    """Raise this process's limit of open files as far as ``connections`` need it; return how many are possible."""
    needed = connections * FILES_PER_CONNECTION + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < limit:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        soft = limit
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return connections
    return max(1, (soft - OTHER_FILES) // FILES_PER_CONNECTION)
