"""Trials with the real tools: judged are the pictures that go into the encoder, whatever the original is like."""

import json
import statistics
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.encode.trial import JUDGE, SCORES_FILE, judged_frame, read_sample, trial_command
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.quality import tuned_rung
from media_pipeline.ffmpeg.plan.recipe import Rung
from media_pipeline.ffmpeg.plan.tried_place import Sample
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import look

pytestmark = pytest.mark.slow

MOVING = "testsrc2=size={size}:rate={rate}:duration=4"
CODED = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", "-g", "24")
HDR = ("-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc", "-pix_fmt", "yuv420p10le")
KINDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "plain.mp4": ("640x360", "24", ()),
    "late.ts": ("640x360", "24", ("-output_ts_offset", "100")),
    "turned.mp4": ("640x360", "24", ("-metadata:s:v", "rotate=90")),
    "odd_shape.mkv": ("644x362", "24", ("-vf", "setsar=4/3")),
    "interlaced.mp4": ("640x480", "50", ("-vf", "tinterlace=interleave_top", "-flags", "+ilme+ildct")),
    "light.mp4": ("640x360", "24", ("-c:v", "libx264", "-profile:v", "high10", *HDR)),
    "fast.mp4": ("640x360", "60", ()),
    "slow.mp4": ("640x360", "10", ()),
    "counted.avi": ("640x360", "24", ("-bf", "2")),
}


def sample(tools: Toolchain, path: Path, folder: Path, *, at_s: float, quality: int, policy: LadderPolicy) -> Sample:
    original = look(tools, path)
    recipe = plan_recipe(original, policy, tools)
    rung = tuned_rung(recipe.rungs[0], quality)
    process.run_process(trial_command(recipe, rung, original, tools, path, folder, at_s=at_s))
    return read_sample(recipe, rung, folder)


def scores(found: Sample) -> list[float]:
    return [min(frame.score, 100.0) for frame in found.frames]


@pytest.mark.parametrize("name", KINDS)
def test_a_trial_judges_what_goes_into_the_encoder(
    name: str, tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path
) -> None:
    if not tools.supports_libvmaf or (name == "light.mp4" and not tools.supports_zscale):
        pytest.skip("this ffmpeg cannot")
    size, rate, coded = KINDS[name]
    path = make_video(name, "-f", "lavfi", "-i", MOVING.format(size=size, rate=rate), *CODED, *coded)
    samples = [sample(tools, path, tmp_path, at_s=2.0, quality=number, policy=AV1_ON_TOP) for number in (14, 50)]
    found = [scores(each) for each in samples]
    # Against any other picture, or one shifted by a line or a frame, even the best could not come near to this.
    assert statistics.mean(found[0]) > 90
    assert statistics.mean(found[0]) > statistics.mean(found[1]) + 5
    assert len(found[0]) == len(found[1]) >= 2
    assert samples[0].rate > 1.5 * samples[1].rate > 10_000


def test_without_av1_it_is_the_other_encoder(tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path) -> None:
    if not tools.supports_libvmaf:
        pytest.skip("this ffmpeg has no libvmaf")
    path = make_video("plain.mp4", "-f", "lavfi", "-i", MOVING.format(size="640x360", rate="24"), *CODED)
    good, bad = (sample(tools, path, tmp_path, at_s=0.0, quality=number, policy=H264_ONLY) for number in (16, 40))
    assert statistics.mean(scores(good)) > 90 > statistics.mean(scores(bad))


def test_no_frame_is_judged_as_if_nothing_moved(
    tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path
) -> None:
    """libvmaf takes the first frame that it sees for a still one: of a film that moves evenly it would stand out."""
    if not tools.supports_libvmaf:
        pytest.skip("this ffmpeg has no libvmaf")
    moving = "mandelbrot=size=1280x720:rate=1:end_scale=0.3,trim=end_frame=1,loop=-1:size=1,setpts=N/25/TB,fps=25,"
    drawn = f"{moving}crop=640:360:x='n*20':y='n*10',trim=duration=1.2"
    path = make_video("even.mp4", "-f", "lavfi", "-i", drawn, *CODED)
    frames = sample(tools, path, tmp_path, at_s=0.0, quality=44, policy=AV1_ON_TOP).frames
    found = [frame.score for frame in frames]
    assert len(found) == 2  # of seventeen, beside the first
    assert max(found) - min(found) < 4
    assert min(frame.best for frame in frames) > 101


@pytest.mark.parametrize("pixels", [0, 4, 24], ids=["still", "slow", "fast"])
def test_what_a_picture_could_have_at_best_is_known(pixels: int, tools: Toolchain, tmp_path: Path) -> None:
    """As libvmaf says of pictures that are compared with themselves."""
    if not tools.supports_libvmaf:
        pytest.skip("this ffmpeg has no libvmaf")
    still = "mandelbrot=size=1920x1080:rate=1:end_scale=0.3,trim=end_frame=1,loop=-1:size=1,setpts=N/25/TB,fps=25,"
    drawn = f"{still}crop=640:360:x='100+n*{pixels}':y='100+n*{pixels / 2}',trim=duration=0.6,scale=1920:1080"
    judge = f"format=yuv420p,split[a][b];[a][b]{JUDGE}"
    graph = ("-f", "lavfi", "-i", drawn, "-filter_complex", judge, "-f", "null", "-")
    subprocess.run((str(tools.ffmpeg), "-v", "error", *graph), cwd=tmp_path, check=True)
    log = json.loads((tmp_path / SCORES_FILE).read_text(encoding="utf-8"))
    rung = Rung("h264", 1920, 1080, Fraction(25))
    frames = [judged_frame(frame["metrics"], rung) for frame in log["frames"]]
    assert len(frames) >= 4
    for frame in frames:
        assert frame.score == pytest.approx(frame.best, abs=0.8)
    assert max(frame.best for frame in frames) > {0: 97, 4: 98.2, 24: 112}[pixels]


@pytest.mark.parametrize("motion", [0.0, 12.0], ids=["still", "moving"])
def test_av1_gets_a_tenth_of_the_loss_back_that_it_has_in_samples_alone(motion: float) -> None:
    metrics = {"integer_motion2": motion, "vmaf": 90.0}
    av1, h264 = (judged_frame(metrics, Rung(codec, 1920, 1080, Fraction(25))) for codec in ("av1", "h264"))
    assert av1.best == h264.best
    assert h264.score == 90.0
    assert av1.best - av1.score == pytest.approx(0.9 * (h264.best - h264.score))


def test_beyond_the_end_there_is_nothing_to_judge(
    tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path
) -> None:
    path = make_video("plain.mp4", "-f", "lavfi", "-i", MOVING.format(size="640x360", rate="24"), *CODED)
    recipe = plan_recipe(look(tools, path), H264_ONLY, tools)
    with pytest.raises(MediaError):
        read_sample(recipe, recipe.rungs[0], tmp_path)
    assert sample(tools, path, tmp_path, at_s=0.0, quality=40, policy=H264_ONLY)
    with pytest.raises(MediaError):  # the scores of one trial are not those of the next
        read_sample(recipe, recipe.rungs[0], tmp_path)
