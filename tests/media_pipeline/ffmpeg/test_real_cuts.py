"""Keyframes where scenes begin, with the machine's own ffmpeg: on the first picture of the scene, in all rungs."""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import encode, publish

pytestmark = pytest.mark.slow

BEGINNINGS = tuple(accumulate((77, 65, 121)))  # pictures; each scene is darker than the one before
DARKER = "-".join(f"gte(N\\,{picture})" for picture in BEGINNINGS)
COARSE = replace(AV1_ON_TOP, av1_sides=(360, 240), h264_sides=(240,), av1_quality=50, av1_below_quality=50)


def brightness(tools: Toolchain, path: Path) -> list[int]:
    """Of each picture, 0 to 255."""
    seen = (str(tools.ffmpeg), "-v", "error", "-i", "{in0}", "-vf", "scale=1:1:flags=area,format=gray")
    return list(process.run_process(ProcessCommand((*seen, "-f", "rawvideo", "pipe:1"), inputs=(path,))).stdout)


@pytest.mark.parametrize(
    ("rate", "late_s", "divided"),
    [("30", 0.0, 1), ("30000/1001", 0.4, 1), ("25", -0.2, 1), ("60", 0.0, 2)],
    ids=["plain", "the picture begins later", "the sound begins later", "rungs of half the rate"],
)
def test_scenes_begin_with_a_keyframe_where_av1_is_coarse(
    tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path, rate: str, late_s: float, divided: int
) -> None:
    if not tools.supports_av1:
        pytest.skip("no good AV1 encoder")
    drawn = f"testsrc2=size=640x360:rate={rate}:duration=12,geq=lum='lum(X,Y)/4+40*(4-{DARKER})':cb=128:cr=128"
    late = ("-itsoffset", str(max(late_s, 0.0)), "-f", "lavfi", "-i", drawn)
    sound = ("-itsoffset", str(max(-late_s, 0.0)), "-f", "lavfi", "-i", "sine=duration=11")
    cut = "+".join(f"eq(n,{picture})" for picture in BEGINNINGS)
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "100", "-forced-idr", "1")
    path = make_video("scenes.mkv", *late, *sound, *coded, "-force_key_frames", f"expr:{cut}", "-c:a", "aac")

    made = publish(tools, encode(tools, path, tmp_path, COARSE))

    coarse = [rung for rung in made.recipe.rungs if rung.codec == "av1"]
    assert [made.recipe.fps / rung.fps for rung in coarse] == [divided] * 2
    for rung in coarse:
        fps = float(rung.fps)
        shown = brightness(tools, tmp_path / rung.file_name)
        firsts = [place for place in range(1, len(shown)) if shown[place - 1] - shown[place] > 25]
        begun_s = [picture / float(made.recipe.fps) + max(late_s, 0.0) for picture in BEGINNINGS]
        assert [place / fps for place in firsts] == pytest.approx(begun_s, abs=1.1 / fps)
        usual = range(0, len(shown), int(made.recipe.segment_keyframe_s * rung.fps))
        assert [round(time * fps) for time in made.timelines[rung].keyframes] == sorted({*usual, *firsts})
