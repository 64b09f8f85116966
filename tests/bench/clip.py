"""The clip that is measured: made here, the same everywhere, with motion and noise that cost what a phone's do."""

from pathlib import Path

from media_pipeline.ffmpeg import probe, process
from media_pipeline.ffmpeg.command import GIB, Command, Limits
from media_pipeline.ffmpeg.source import Source
from media_pipeline.ffmpeg.toolchain import Toolchain

SECONDS = 6
NAME = "clip.mp4"


def make_clip(tools: Toolchain, folder: Path) -> Path:
    """Write six seconds of 1080p30 with sound into ``folder``, at about the bitrate of a phone."""
    picture = (
        f"mandelbrot=size=1920x1080:rate=30:end_pts=400,noise=alls=10:allf=t,trim=duration={SECONDS},format=yuv420p"
    )
    sound = f"sine=frequency=220:sample_rate=48000:duration={SECONDS}"
    arguments = (
        *("-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
        *("-c:v", "libx264", "-preset", "ultrafast", "-b:v", "17M", "-maxrate", "20M", "-bufsize", "20M", "-g", "30"),
        *("-c:a", "aac", "-shortest", NAME),
    )
    limits = Limits(wall_s=300, cpu_s=900, memory_bytes=4 * GIB)
    process.run(Command((str(tools.ffmpeg), *arguments), outdir=folder, limits=limits))
    return folder / NAME


def look(tools: Toolchain, path: Path) -> Source:
    """Return the clip's facts, as the pipeline's first step sees them."""
    seen = process.run(probe.probe_command(tools, path))
    return probe.parse_probe(seen.stdout, seen.stderr_tail)
