"""Pictures of a video: the storyboard's sheet, grey keyframes to rank, and the posters themselves.

All from finished rungs, which have a keyframe every two seconds: decoding only those of the smallest costs a
twentieth of decoding the video (media_lab).
"""

from collections.abc import Sequence
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import OWN_FILE, OutputFile, compile_argv
from media_pipeline.ffmpeg.images.storyboard import StoryboardPlan
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.toolchain import Toolchain

RANKING_SIDE = 320  # pixels of the longer side of the pictures that are ranked
SHEET_QUALITY = "70"  # WebP's 0 to 100; at tiles of 160 pixels more is not visible
MAX_POSTER_WIDTH = 1280  # a desktop player
# ffprobe's times have six digits; a copied rung may have the milliseconds of Matroska, and no video has 500 pictures a
# second.
_EARLY_S, _COPY_EARLY_S = 2e-6, 2e-3

_LIMITS = ProcessLimits(wall_s=300, cpu_s=300, stdout_bytes=32 * MIB)
# One picture, without a trace of what wrote it.
_STILL = {
    "f": "image2",
    "update": "1",
    "frames:v": "1",
    "map_metadata": "-1",
    "fflags": "+bitexact",
    "flags": "+bitexact",
}


def storyboard_command(toolchain: Toolchain, board: StoryboardPlan, path: Path, outdir: Path) -> ProcessCommand:
    """Draw the sheet into `outdir` and print the same pictures in grey, for `rank_poster_candidates`.

    `path` is the smallest rung, from which `board` was planned.
    """
    skipping = {} if board.dense else {"skip_frame": "nokey"}  # decode keyframes alone
    opened = ffmpeg.input(input_name(0), **OWN_FILE, **skipping)
    # Not one more than was planned: a length rounded up or down has a frame more or less at its end.
    wanted = f"not(mod(n,{board.step}))*lt(n,{board.step * len(board.times)})"
    taken = opened["v:0"].filter("select", wanted).filter_multi_output("split", 2)
    sheet = taken.stream(0).filter("scale", w=board.tile_width, h=board.tile_height, flags="area")
    sheet = sheet.filter("tile", layout=f"{board.columns}x{board.rows}", nb_frames=len(board.times))
    width, height = ranking_size(board)
    # Full range: black must be 0 for the ranking to see it.
    grey = taken.stream(1).filter("scale", w=width, h=height, flags="area", out_range="full").filter("format", "gray")
    name = storyboard_file_name(toolchain)
    webp, jpeg = {"c:v": "libwebp", "quality": SHEET_QUALITY}, {"c:v": "mjpeg", "q:v": "4", "pix_fmt": "yuvj420p"}
    outputs = [
        OutputFile((sheet,), name, {**(webp if name.endswith(".webp") else jpeg), **_STILL}),
        OutputFile((grey,), "pipe:1", {"f": "rawvideo", "fps_mode": "passthrough"}),
    ]
    argv = compile_argv(toolchain, outputs, progress=False)
    return ProcessCommand(argv, inputs=(path,), outdir=outdir, limits=_LIMITS)


def ranking_size(board: StoryboardPlan) -> tuple[int, int]:
    """(width, height) of the grey pictures."""
    scale = RANKING_SIDE / max(board.tile_width, board.tile_height)
    return round(board.tile_width * scale), round(board.tile_height * scale)


def storyboard_file_name(toolchain: Toolchain) -> str:
    """The sheet's file: WebP, or JPEG where ffmpeg cannot write it."""
    return "storyboard.webp" if "libwebp" in toolchain.encoders else "storyboard.jpg"


def poster_command(
    toolchain: Toolchain, times: Sequence[float], path: Path, outdir: Path, *, copied: bool = False
) -> ProcessCommand:
    """Take the pictures at `times` (seconds) from the largest rung, as `poster_candidate_name(n)` in `outdir`.

    `copied`: the rung is the original's own stream, whose times may be rounded otherwise.

    The pictures are not compressed: what people see is made from them, scaled and compressed once.
    """
    outputs, early_s = [], _COPY_EARLY_S if copied else _EARLY_S
    for place, time in enumerate(times, start=1):
        # A little early, since a time rounded up must not miss its frame; so little that the demuxer still begins at
        # this time's keyframe and not at the one before. One thread: a decoder of many reads ahead what is not needed.
        opened = ffmpeg.input(input_name(0), ss=f"{max(time - early_s, 0):.6f}", threads="1", **OWN_FILE)
        poster = opened["v:0"].filter("scale", w=f"min({MAX_POSTER_WIDTH},iw)", h="-2", flags="lanczos")
        options = {"c:v": "ppm", **_STILL}
        outputs.append(OutputFile((poster.filter("format", "rgb24"),), poster_candidate_name(place), options))
    argv = compile_argv(toolchain, outputs, progress=False)
    return ProcessCommand(argv, inputs=(path,), outdir=outdir, limits=_LIMITS)


def poster_candidate_name(place: int) -> str:
    """The file of the candidate at this place, from 1 on."""
    return f"poster-{place}.ppm"
