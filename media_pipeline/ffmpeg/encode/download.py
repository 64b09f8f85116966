"""The MP4 for download and for players without HLS: the best H.264 rung up to 720 and the sound, not encoded again.

Never the original file: that holds places, names and serial numbers.
"""

from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import OWN_FILE, OutputFile, compile_argv
from media_pipeline.ffmpeg.encode.encoder_options import CLEAN_MP4
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits
from media_pipeline.ffmpeg.run.toolchain import Toolchain

DOWNLOAD_NAME = "download.mp4"


def download_command(recipe: Recipe, toolchain: Toolchain, outdir: Path) -> ProcessCommand:
    """Join `recipe.download` and the sound, which `encode_command` left in `outdir`, into `download.mp4` there."""
    rung = recipe.download
    streams = [ffmpeg.input(rung.file_name, **OWN_FILE)["v:0"]]
    if recipe.audio is not None:
        streams.append(ffmpeg.input(recipe.audio.file_name, **OWN_FILE)["a:0"])
    # The index first: it plays while it loads.
    options = {"c": "copy", "movflags": "+faststart", **CLEAN_MP4}
    argv = compile_argv(toolchain, [OutputFile(tuple(streams), DOWNLOAD_NAME, options)], progress=False)
    rate = rung.rate_max + (recipe.audio.bitrate if recipe.audio else 0)
    limits = ProcessLimits(
        wall_s=120 + recipe.duration_s / 10,
        cpu_s=60 + int(recipe.duration_s / 10),
        file_bytes=64 * MIB + 2 * int(rate * recipe.duration_s / 8),
    )
    return ProcessCommand(argv, outdir=outdir, limits=limits, failure=ErrorCode.PACKAGE_FAILED)
