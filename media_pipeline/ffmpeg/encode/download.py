"""The MP4 for download and for players without HLS: the best H.264 rung up to 720 and the sound, not encoded again.

Never the master: that holds places, names and serial numbers.
"""

from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import Output, compiled
from media_pipeline.ffmpeg.encode.encoder_options import Options
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import MIB, Command, Limits
from media_pipeline.ffmpeg.run.toolchain import Toolchain

NAME = "download.mp4"


def download_command(recipe: Recipe, toolchain: Toolchain, outdir: Path) -> Command:
    """Join `recipe.download` and the sound, which `encode_command` left in `outdir`, into `download.mp4` there."""
    rung = recipe.download
    streams = [ffmpeg.input(rung.file_name, **_ours())["v:0"]]
    if recipe.audio is not None:
        streams.append(ffmpeg.input(recipe.audio.file_name, **_ours())["a:0"])
    argv = compiled(toolchain, [Output(tuple(streams), NAME, _options())], progress=False)
    rate = rung.rate_max + (recipe.audio.bitrate if recipe.audio else 0)
    limits = Limits(
        wall_s=120 + recipe.duration_s / 10,
        cpu_s=60 + int(recipe.duration_s / 10),
        file_bytes=64 * MIB + 2 * int(rate * recipe.duration_s / 8),
    )
    return Command(argv, outdir=outdir, limits=limits, failure=ErrorCode.PACKAGE_FAILED)


def _ours() -> Options:
    return {"protocol_whitelist": "file", "f": "mov"}


def _options() -> Options:
    return {
        "c": "copy",
        "movflags": "+faststart",  # the index first: it plays while it loads
        "map_metadata": "-1",
        "map_metadata:s": "-1",
        "map_chapters": "-1",
        "fflags": "+bitexact",
        "f": "mp4",
    }
