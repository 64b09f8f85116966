"""A trial: half a second of the film, encoded as the top rung will be and compared with what went in.

One process does both. ffmpeg decodes what it has just encoded (`-dec`, a loopback decoder) and hands it to libvmaf
beside the filtered pictures; nothing is written but the list of scores and the sizes of what was encoded.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.argv import open_original
from media_pipeline.ffmpeg.encode.encoder_options import rung_options
from media_pipeline.ffmpeg.encode.graph import SCALER, rung_streams
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.plan.sample_places import SAMPLE_FRAMES
from media_pipeline.ffmpeg.plan.tried_place import JudgedFrame, Sample
from media_pipeline.ffmpeg.run.command import GIB, ProcessCommand, ProcessLimits
from media_pipeline.ffmpeg.run.input_guards import FFMPEG_OPTIONS
from media_pipeline.ffmpeg.run.toolchain import Toolchain

SCORES_FILE, SIZES_FILE = "scores.json", "sizes.txt"
# Of every second frame, and not cut off at 100, beyond which much is lost before it shows.
JUDGE = f"libvmaf=model='version=vmaf_v0.6.1\\:disable_clip=true':n_subsample=2:log_fmt=json:log_path={SCORES_FILE}"
_JUDGED_SIDE = 1080  # pixels: VMAF's usual model sees pictures as a television shows them
_CRF_INSIDE = 0.75  # see _trial_options
_UNFORESEEN = 0.1  # see judged_frame
_EVERY = 7  # of this many frames one is judged: no divisor of the sixteen that the encoder groups


def trial_command(
    recipe: Recipe, top: Rung, source: Source, toolchain: Toolchain, path: Path, outdir: Path, *, at_s: float
) -> ProcessCommand:
    """Encode a sample from `at_s` (seconds of the film) on as the recipe's `top` rung, for `read_sample`."""
    video = source.video
    assert video is not None  # noqa: S101 - there is a recipe
    shift_s = video.clock[0].shift_s if video.clock else 0.0
    opened = open_original(recipe, source, seek_timestamp="1", ss=f"{max(at_s - shift_s, 0.0):.3f}")
    # The sample's own clock begins at zero, nothing is cut in it, and nothing is held under longer sound.
    begun = opened[str(recipe.video_stream)].filter("setpts", "PTS-STARTPTS")
    alone = replace(recipe, rungs=(top,), hold_s=0.0, cuts=())
    picture = rung_streams(begun, alone, replace(video, clock=(), overlong=False))[top]
    forked = picture.filter("trim", end_frame=SAMPLE_FRAMES).filter_multi_output("split", 2)
    coded = _trial_options(top, alone)
    encoder = ffmpeg.output(forked.stream(0), SIZES_FILE, f="framecrc", **coded)
    argv = ffmpeg.compile(
        ffmpeg.merge_outputs(encoder, ffmpeg.output(forked.stream(1), "-")),
        cmd=[str(toolchain.ffmpeg), "-y", *FFMPEG_OPTIONS],  # -y: a trial before may have failed half way
    )
    # ffmpeg-python knows no loopback decoder: the last output ("-map", its label, its name) stands for the comparison.
    compared = ("-dec", "0:0", "-filter_complex", _comparison(argv[-2], top), "-map", "[seen]", "-f", "null", "-")
    return ProcessCommand(
        (*argv[:-3], *compared),
        inputs=(path,),
        outdir=outdir,
        limits=ProcessLimits(wall_s=300, cpu_s=300, memory_bytes=4 * GIB),
    )


def _trial_options(top: Rung, recipe: Recipe) -> dict[str, str | None]:
    """The encoder's options for half a second as good as the same half second inside the film.

    x264 gives bits to what the next second or more will need (`mbtree`), and expects to save them there: a sample has
    no such second, and would come out worse. Without it, a keyframe half a second ago makes it better, by 1.3 points of
    VMAF in fast motion: as much as `_CRF_INSIDE` steps.
    """
    coded = {name: value for name, value in rung_options(top, recipe).items() if name not in ("f", "fflags")}
    if top.codec == "h264":
        coded["x264-params"] = ":".join(filter(None, (top.params, "mbtree=0")))
        coded["crf"] = str(top.quality + _CRF_INSIDE)
    return coded


def _comparison(label: str, top: Rung) -> str:
    """The graph that judges what was encoded against the stream behind `label`, both as large as the model expects."""
    factor = Fraction(_JUDGED_SIDE, top.side)
    larger = f"scale=w=trunc(iw*{factor}/2)*2:h=trunc(ih*{factor}/2)*2:flags={SCALER}," if factor > 1 else ""
    # Each that is judged, and its next: how much moves between the two is part of the judgement.
    taken = f"lt(mod(n\\,{_EVERY})\\,2)*lt(n-mod(n\\,{_EVERY})\\,{SAMPLE_FRAMES - 1})"
    shown = f"setpts=PTS-STARTPTS,select={taken},{larger}format=yuv420p"
    return f"[dec:0]{shown}[coded];{label}{shown}[meant];[coded][meant]{JUDGE}[seen]"


def read_sample(recipe: Recipe, top: Rung, folder: Path) -> Sample:
    """What a trial left in `folder`; once. Raises MediaError where there is nothing."""
    try:
        log = json.loads((folder / SCORES_FILE).read_text(encoding="utf-8"))
        # Not the first: libvmaf takes it for one in which nothing moves, and judges it harder than it should.
        frames = [judged_frame(frame["metrics"], top) for frame in log["frames"][1:]]
        # "0, 2, 2, 1, 3167, 0x..." for each frame: the fifth is its size.
        lines = (folder / SIZES_FILE).read_text(encoding="utf-8").splitlines()
        sizes = [int(line.split(",")[4]) for line in lines if line and not line.startswith("#")]
        for name in (SCORES_FILE, SIZES_FILE):
            (folder / name).unlink()
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        frames, sizes = [], []
    if not frames or not sizes:
        raise MediaError(ErrorCode.ENCODE_FAILED, detail="a trial has no scores")
    # A sample has a keyframe for every few frames, the film for every few seconds.
    per_second = 1 / float(recipe.keyframe_distance(top) or recipe.segment_s)
    per_second += len(recipe.cut_keyframes(top)) / recipe.duration_s
    others = sizes[1:] or sizes
    share = min(per_second / float(top.fps), 1.0)
    frame_bytes = share * sizes[0] + (1 - share) * sum(others) / len(others)
    return Sample(frames, frame_bytes * 8 * float(top.fps))


def judged_frame(metrics: Mapping[str, float], top: Rung) -> JudgedFrame:
    """What libvmaf says of one frame.

    VMAF of pictures compared with themselves depends on how much moves alone: fitted to ten films, within half a point
    up to a motion of 15, one at 35. And AV1 loses a tenth more where it sees no future, which a sample ends before:
    fitted to nine films that were encoded in whole as well, whether much moves in them or nothing.
    """
    motion, score = metrics["integer_motion2"], metrics["vmaf"]
    best = 97.43 + 1.40 * motion - 0.0135 * motion * motion
    unforeseen = _UNFORESEEN if top.codec == "av1" else 0.0
    return JudgedFrame(score + unforeseen * max(best - score, 0.0), best)
