"""The real clips beside the project: phones, cameras, screens; long ones cut short, with everything else kept."""

import csv
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from media_pipeline.ffmpeg.run import toolchain
from tests.conftest import SHARED

MEDIA = SHARED / "media"
MANIFEST = MEDIA / "MANIFEST.tsv"
LONGEST_S = 4.5  # what is longer is cut
CUT_S = 3.2
# What the pipeline and the player must get right about a stream, and what cutting must not change.
KEPT = ("codec_type", "codec_name", "width", "height", "pix_fmt", "color_transfer", "channels", "side_data_list")


@dataclass(frozen=True)
class RealClip:
    """One row of the manifest. ``shown`` is false where it says that there is nothing to show."""

    path: Path
    duration_s: float
    portrait: bool
    shown: bool

    def __str__(self) -> str:
        return self.path.name


def listed() -> list[RealClip]:
    """Every clip of the manifest; none without the folder."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        return [_clip(row) for row in csv.DictReader(file, delimiter="\t")]


def sounds() -> list[Path]:
    """Recordings without a picture: real files in which there is nothing to show."""
    return [path for path in sorted(MEDIA.glob("speech/*")) if path.suffix in (".mp3", ".flac")]


def _clip(row: dict[str, str]) -> RealClip:
    # "h264 1920x1080 yuv420p ...": how the first picture stream is stored; a quarter turn swaps its sides.
    width, height = map(int, row["codec"].split()[1].split("x"))
    turned = int(row["rotation"]) % 180 != 0
    shown = "nothing to show" not in row["notes"].lower()
    return RealClip(MEDIA / row["file"], float(row["duration_s"]), (height > width) != turned, shown)


def shortened(clip: RealClip, folder: Path) -> Path:
    """The clip itself, or its first seconds in ``folder``: pictures, sounds and texts copied, not encoded again."""
    if clip.duration_s <= LONGEST_S:
        return clip.path
    path = folder / clip.path.name
    command = [str(toolchain.find_toolchain().ffmpeg), "-v", "error", "-y", "-i", str(clip.path)]
    command += ["-map", "0", "-map", "-0:d?", "-c", "copy", "-t", str(CUT_S), str(path)]
    subprocess.run(command, check=True, timeout=60)
    assert streams(path) == streams(clip.path)
    return path


def streams(path: Path) -> list[dict[str, object]]:
    """Kind, codec, shape, colours and side data (turns, HDR) of each stream of pictures, sounds or texts."""
    command = [str(toolchain.find_toolchain().ffprobe), "-v", "error", "-show_streams", "-of", "json", str(path)]
    answer = subprocess.run(command, check=True, timeout=60, capture_output=True)
    found = [stream for stream in json.loads(answer.stdout)["streams"] if stream["codec_type"] != "data"]
    return [{name: stream.get(name) for name in KEPT} for stream in found]
