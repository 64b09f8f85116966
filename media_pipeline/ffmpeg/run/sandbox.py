"""The sandbox of a media tool: what it may see, and the argv that sets it up. Starts nothing itself.

Three tiers, each with everything of the next one:

    bwrap      its own root with the tool, the inputs (read-only) and `outdir`; no network, no other processes
    landlock   the kernel lets it open the tool, the system's libraries, the inputs and `outdir` only; no TCP
    rlimits    limits of time, memory and files, and death with the worker; ffmpeg's whitelists are the only other guard

Every tier goes through `landlock_exec.py`, which sets the limits, dies with the worker and counts what was used.
"""

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media_pipeline.ffmpeg.run.command import ProcessLimits, input_name

NICENESS = 10  # the site answers first
_SHIM = Path(__file__).with_name("landlock_exec.py")
BWRAP_PATHS = (Path("/usr/bin/bwrap"), Path("/usr/local/bin/bwrap"), Path("/bin/bwrap"))

# Libraries of dynamically linked tools, and where a link from /usr/lib may lead on Debian (libblas).
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")
# Encoders look here for the number of cores and the size of memory; no other process is to be seen.
_FACTS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/self", "/sys/devices/system/cpu", "/sys/fs/cgroup")
_DEVICES_READ = ("/dev/zero", "/dev/random", "/dev/urandom")


class SandboxTier(StrEnum):
    """How strong the sandbox is, strongest first."""

    BWRAP = "bwrap"
    LANDLOCK = "landlock"
    RLIMITS = "rlimits"


@dataclass(frozen=True)
class SandboxView:
    """What a process may see: absolute, resolved paths. `libraries` are those outside the system's folders."""

    binary: Path
    libraries: tuple[Path, ...] = ()
    inputs: tuple[Path, ...] = ()
    outdir: Path | None = None


def detect_tier(attempt: Callable[[SandboxTier], bool]) -> SandboxTier:
    """The strongest tier in which `attempt`, which must start a real process, succeeds."""
    return next((tier for tier in (SandboxTier.BWRAP, SandboxTier.LANDLOCK) if attempt(tier)), SandboxTier.RLIMITS)


def is_system_path(path: Path) -> bool:
    """Whether a path is in the folders that every tier shows."""
    return any(path.is_relative_to(folder) for folder in _SYSTEM)


def sandbox_argv(
    tier: SandboxTier,
    argv: Sequence[str],
    view: SandboxView,
    limits: ProcessLimits,
    report: int,
    bwrap_paths: Sequence[Path] = BWRAP_PATHS,
) -> tuple[str, ...]:
    """The argv that runs `argv` (with its placeholders) in this tier, for a child of the calling process, which
    has to inherit the file descriptor `report` (see `landlock_exec`).

    `bwrap_paths` are tried in order. Raises FileNotFoundError when bwrap is at none of them.
    """
    if tier is SandboxTier.BWRAP:
        shown = tuple(f"/in/{index}" for index in range(len(view.inputs)))
        return (*_shim(limits, "keep", report), "--", *_bwrap(view, bwrap_paths), "--", *_filled(argv, view, shown))
    closed: list[str] = []
    if tier is SandboxTier.LANDLOCK:
        places = [*_SYSTEM, *_SYSTEM_FILES, *_FACTS, *_DEVICES_READ]
        places += [str(path) for path in (view.binary, *view.libraries, *view.inputs)]
        closed = [f"ro={place}" for place in places if Path(place).exists()]
        closed += ["rw=/dev/null", *([f"rw={view.outdir}"] if view.outdir else [])]
    real = tuple(str(path) for path in view.inputs)
    shim = _shim(limits, "override" if _needs_override(view) else "none", report)
    return (*shim, *closed, "--", *_filled(argv, view, real))


def sandbox_workdir(tier: SandboxTier, view: SandboxView) -> str:
    """Where the outermost program starts. bwrap changes into `outdir` itself, below its own root."""
    return str(view.outdir) if view.outdir and tier is not SandboxTier.BWRAP else "/"


def sandbox_environment(tier: SandboxTier, view: SandboxView) -> dict[str, str]:
    """The whole environment of the process: nothing of the worker's, which holds its secrets."""
    outdir = "/out" if tier is SandboxTier.BWRAP else str(view.outdir)
    temporary = {"TMPDIR": outdir} if view.outdir else {}  # the packager's scratch files, on the same disk
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **temporary}


def _shim(limits: ProcessLimits, capabilities: str, report: int) -> tuple[str, ...]:
    return (
        sys.executable,
        "-I",  # no environment, no user's site-packages, no current folder in the path
        "-S",
        "-B",
        str(_SHIM),
        f"parent={os.getpid()}",
        f"report={report}",
        f"cpu={limits.cpu_s}",
        f"memory={limits.memory_bytes}",
        f"file={limits.file_bytes}",
        f"files={limits.open_files}",
        f"nice={NICENESS}",
        f"caps={capabilities}",
    )


def _filled(argv: Sequence[str], view: SandboxView, shown: Sequence[str]) -> tuple[str, ...]:
    """argv with the resolved binary, and each placeholder replaced by the path that this tier shows."""
    filled = list(argv[1:])
    for index, path in enumerate(shown):
        filled = [argument.replace(input_name(index), path) for argument in filled]
    return (str(view.binary), *filled)


def _bwrap(view: SandboxView, bwrap_paths: Sequence[Path]) -> tuple[str, ...]:
    program = next((path for path in bwrap_paths if path.exists()), None)
    if program is None:
        raise FileNotFoundError("bwrap")
    arguments = [str(program), "--die-with-parent", *_namespaces(view), "--hostname", "media"]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for folder in map(Path, _SYSTEM):
        if folder.is_symlink():
            arguments += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            arguments += ["--ro-bind", str(folder), str(folder)]
    for place in _SYSTEM_FILES:
        arguments += ["--ro-bind-try", place, place]
    for file in (view.binary, *view.libraries):
        if not is_system_path(file):
            arguments += ["--ro-bind", str(file), str(file)]
    for index, path in enumerate(view.inputs):
        arguments += ["--ro-bind", str(path), f"/in/{index}"]
    if view.outdir:
        arguments += ["--bind", str(view.outdir), "/out", "--chdir", "/out"]
    return tuple(arguments)


def _namespaces(view: SandboxView) -> list[str]:
    """A normal user needs a user namespace. Root must not take one: there it is root over its own files only, and
    an upload that belongs to the web server's user could not be read. Root's capabilities go all the same."""
    if os.geteuid() != 0:
        return ["--unshare-all"]
    parts = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    parts += ["--cap-drop", "ALL"]  # bwrap leaves root all of them unless it is told
    return [*parts, "--cap-add", "CAP_DAC_OVERRIDE"] if _needs_override(view) else parts


def _needs_override(view: SandboxView) -> bool:
    """Whether root without capabilities would be kept out of a file of another user's that it has to open."""
    if os.geteuid() != 0:
        return False
    files = (*view.inputs, view.binary, *view.libraries)
    needed = [(path, stat.S_IROTH) for path in files]
    needed += [(view.outdir, stat.S_IRWXO)] if view.outdir else []
    needed += [(parent, stat.S_IXOTH) for path, _ in tuple(needed) for parent in path.parents]
    found = ((path.stat(), bits) for path, bits in needed)
    return any(status.st_uid != 0 and status.st_mode & bits != bits for status, bits in found)
