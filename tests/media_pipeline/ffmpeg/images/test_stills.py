"""Posters show the frames that were chosen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from media_pipeline.ffmpeg.images.stills import poster_candidate_name, poster_command
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import packets

FRAMES, GROUP = 180, 60


@pytest.mark.parametrize("rate", ["25", "30", "30000/1001", "60000/1001"])
def test_a_poster_is_the_frame_of_its_time(
    tools: Toolchain, make_video: Callable[..., Path], tmp_path: Path, rate: str
) -> None:
    """Each frame is much darker or lighter than the one before. Times are as ffprobe rounds them."""
    grey = f"color=black:size=64x64:rate={rate},format=gray,geq=lum=20+mod(37*N\\,200),trim=end_frame={FRAMES}"
    coded = ("-c:v", "libx264", "-g", str(GROUP), "-sc_threshold", "0", "-qp", "0", "-pix_fmt", "yuv420p")
    path = make_video("greys.mp4", "-f", "lavfi", "-i", grey, *coded, "-x264-params", "keyint_min=60")
    timeline = packets(tools, path)
    assert len(timeline.keyframes) == FRAMES // GROUP
    between = round(timeline.keyframes[1] + 7 / timeline.rate, 6)
    times = [*timeline.keyframes, between]
    process.run_process(poster_command(tools, times, path, tmp_path))
    shown = []
    for place in range(1, len(times) + 1):
        with Image.open(tmp_path / poster_candidate_name(place)) as poster:
            shown.append(ImageStat.Stat(poster.convert("L")).mean[0])
    expected = [20 + 37 * frame % 200 for frame in (0, GROUP, 2 * GROUP, GROUP + 7)]
    assert shown == pytest.approx(expected, abs=3)
