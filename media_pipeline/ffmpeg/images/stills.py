"""Pictures of a film: the storyboard's sheet, grey keyframes to rank, and the posters themselves.

All from finished rungs: their keyframes stand every two seconds, and decoding only those of the smallest costs a
twentieth of decoding the film (media_lab).
"""

from collections.abc import Sequence
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import OutputFile, compile_argv
from media_pipeline.ffmpeg.encode.encoder_options import OutputOptions
from media_pipeline.ffmpeg.encode.graph import FilterStream
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.images.storyboard import StoryboardPlan
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.toolchain import Toolchain

RANKING_SIDE = 320  # pixels of the longer side of the pictures that are ranked
SHEET_QUALITY = "70"  # WebP's 0 to 100; at tiles of 160 pixels nobody sees more
MAX_POSTER_WIDTH = 1280  # a desktop player


def storyboard_command(toolchain: Toolchain, board: StoryboardPlan, path: Path, outdir: Path) -> ProcessCommand:
    """Draw the sheet into `outdir` and print the same pictures in grey, for `rank_poster_candidates`.

    `path` is the smallest rung, from which `board` was planned.
    """
    skipping = {} if board.dense else {"skip_frame": "nokey"}  # decode keyframes alone
    opened = ffmpeg.input(input_name(0), **_ours(), **skipping)
    taken = opened["v:0"].filter("select", f"not(mod(n,{board.step}))").filter_multi_output("split", 2)
    sheet = taken.stream(0).filter("scale", w=board.tile_width, h=board.tile_height, flags="area")
    sheet = sheet.filter("tile", layout=f"{board.columns}x{board.rows}", nb_frames=len(board.tiles))
    width, height = ranking_size(board)
    # Full range: black must be 0 for the ranking to see it.
    grey = taken.stream(1).filter("scale", w=width, h=height, flags="area", out_range="full").filter("format", "gray")
    outputs = [
        OutputFile((sheet,), storyboard_file_name(toolchain), _sheet_options(toolchain)),
        OutputFile((grey,), "pipe:1", {"f": "rawvideo", "fps_mode": "passthrough"}),
    ]
    argv = compile_argv(toolchain, outputs, progress=False)
    return ProcessCommand(argv, inputs=(path,), outdir=outdir, limits=_limits(), failure=ErrorCode.ENCODE_FAILED)


def ranking_size(board: StoryboardPlan) -> tuple[int, int]:
    """(width, height) of the grey pictures."""
    scale = RANKING_SIDE / max(board.tile_width, board.tile_height)
    return round(board.tile_width * scale), round(board.tile_height * scale)


def storyboard_file_name(toolchain: Toolchain) -> str:
    """The sheet's file: WebP, or JPEG where ffmpeg cannot write it."""
    return "storyboard.webp" if "libwebp" in toolchain.encoders else "storyboard.jpg"


def _sheet_options(toolchain: Toolchain) -> OutputOptions:
    common = {"f": "image2", "update": "1", "frames:v": "1", **_still()}
    if "libwebp" in toolchain.encoders:
        return {"c:v": "libwebp", "quality": SHEET_QUALITY, **common}
    return {"c:v": "mjpeg", "q:v": "4", "pix_fmt": "yuvj420p", **common}


def poster_command(
    toolchain: Toolchain, times: Sequence[float], path: Path, outdir: Path, *, keyframes: bool = False
) -> ProcessCommand:
    """Take the pictures at `times` (seconds) from the largest rung, as `poster_candidate_name(n)` in `outdir`.

    With `keyframes` each time is that of one, and nothing else is decoded. The pictures are not compressed: what
    people see is made from them, scaled and compressed once.
    """
    # One thread each: a decoder of many reads ahead what nobody wants.
    opened = [ffmpeg.input(input_name(0), threads="1", **_place(time, keyframes), **_ours()) for time in times]
    outputs = [
        OutputFile((_poster(one["v:0"]),), poster_candidate_name(place), _poster_options())
        for place, one in enumerate(opened, start=1)
    ]
    argv = compile_argv(toolchain, outputs, progress=False)
    return ProcessCommand(argv, inputs=(path,), outdir=outdir, limits=_limits(), failure=ErrorCode.ENCODE_FAILED)


def _place(time_s: float, keyframe: bool) -> dict[str, str | None]:
    """Where to jump before anything is decoded.

    To a keyframe: just behind its time, and what stands there is the picture. To any other: from the keyframe before
    it, two milliseconds early, since a time rounded up must not miss its frame, and no film has 500 a second.
    """
    if keyframe:
        return {"ss": f"{time_s + 0.002:.3f}", "noaccurate_seek": None}
    return {"ss": f"{max(time_s - 0.002, 0):.3f}"}


def _poster(picture: FilterStream) -> FilterStream:
    wide = f"min({MAX_POSTER_WIDTH},iw)"
    return picture.filter("scale", w=wide, h="-2", flags="lanczos").filter("format", "rgb24")


def poster_candidate_name(place: int) -> str:
    """The file of the candidate at this place, from 1 on."""
    return f"poster-{place}.ppm"


def _poster_options() -> OutputOptions:
    return {"c:v": "ppm", "f": "image2", "update": "1", "frames:v": "1", **_still()}


def _still() -> OutputOptions:
    return {"map_metadata": "-1", "fflags": "+bitexact", "flags": "+bitexact"}  # nothing of the writer in a picture


def _ours() -> OutputOptions:
    """Options for a file that we made: known format, no other file opened."""
    return {"protocol_whitelist": "file", "f": "mov"}


def _limits() -> ProcessLimits:
    return ProcessLimits(wall_s=300, cpu_s=300, stdout_bytes=32 * MIB)
