"""How near a rung comes to its video, in VMAF at 1080p on every third frame; and how many bytes its pictures take."""

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench.measure import BenchError, run

EVERY = 3
WORST_SHARE = 0.05
LOG = "vmaf.json"


@dataclass(frozen=True)
class Quality:
    """VMAF, 0 to 100: the mean of the frames looked at, and what only one in twenty of them falls below."""

    mean: float
    p5: float


def compare(tools: Toolchain, video: Path, rung: Path, folder: Path, every: int = EVERY) -> Quality | None:
    """The quality of ``rung`` against ``video``, both landscape; None where this ffmpeg has no libvmaf."""
    if not tools.supports_libvmaf:
        return None
    # Both from their own first frame on (fragmented MP4 may begin late), so that frame n is leased against frame n.
    shown = "setpts=PTS-STARTPTS,fps=30,scale=1920:1080:flags=bicubic,format=yuv420p"
    judge = f"libvmaf=n_subsample={every}:n_threads=2:log_fmt=json:log_path={LOG}"
    graph = f"[0:v:0]{shown}[rung];[1:v:0]{shown}[video];[rung][video]{judge}"
    run(
        (
            *(str(tools.ffmpeg), "-hide_banner", "-nostdin", "-v", "error", "-i", str(rung), "-i", str(video)),
            *("-filter_complex", graph, "-f", "null", "-"),
        ),
        folder,
    )
    return read_log((folder / LOG).read_text(encoding="utf-8"))


def read_log(text: str) -> Quality:
    """Mean and 5th percentile of libvmaf's JSON log. Raises BenchError when it holds no frame."""
    scores = sorted(frame["metrics"]["vmaf"] for frame in json.loads(text)["frames"])
    if not scores:
        raise BenchError("libvmaf compared no frame")
    return Quality(statistics.mean(scores), scores[int(len(scores) * WORST_SHARE)])


def picture_bytes(tools: Toolchain, path: Path) -> int:
    """Bytes of all packets of the video's pictures: without sound, boxes and headers."""
    asked = ("-v", "error", "-select_streams", "v:0", "-show_entries", "packet=size", "-of", "csv=p=0")
    argv = (str(tools.ffprobe), *asked, str(path))
    listed = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    return sum(int(line.strip(",")) for line in listed.split())
