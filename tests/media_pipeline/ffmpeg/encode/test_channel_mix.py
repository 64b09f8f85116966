"""How much of each channel goes to which side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.encode.channel_mix import CHANNEL_LAYOUTS, layout_gains, mix_expression
from media_pipeline.ffmpeg.plan.recipe import Mend
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain


def test_every_layout_of_ffmpeg_is_known(tools: Toolchain) -> None:
    said = process.run_process(ProcessCommand((str(tools.ffmpeg), "-hide_banner", "-layouts"))).stdout.decode()
    listed = [line.split() for line in said.partition("DECOMPOSITION")[2].splitlines() if line.strip()]
    assert listed
    assert {name: tuple(channels.split("+")) for name, channels in listed}.items() <= CHANNEL_LAYOUTS.items()


@pytest.mark.parametrize(
    ("channels", "layout", "expected"),
    [
        (1, "mono", "stereo|c0=1*c0|c1=1*c0"),
        (1, "1 channels (LFE)", "stereo|c0=1*c0|c1=1*c0"),
        (2, "stereo", "stereo|c0=1*c0|c1=1*c1"),
        (2, "", "stereo|c0=1*c0|c1=1*c1"),
        (2, "binaural", "stereo|c0=1*c0|c1=1*c1"),
        (6, "5.1(side)", "stereo|c0=1*c0+0.707*c2+0.707*c4|c1=1*c1+0.707*c2+0.707*c5"),
        (6, "", "stereo|c0=1*c0+0.707*c2+0.707*c4|c1=1*c1+0.707*c2+0.707*c5"),
        (3, "", "stereo|c0=1*c0+0.707*c2|c1=1*c1+0.707*c2"),
        (3, "3 channels (FC+LFE@bass+BL)", "stereo|c0=0.707*c0+0.707*c2|c1=0.707*c0"),
        (2, "2 channels (LFE+LFE2)", "stereo|c0=0.707*c0+0.707*c1|c1=0.707*c0+0.707*c1"),
        (4, "ambisonic 1", "stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1"),
        (6, "ambisonic 1+stereo", "stereo|c0=0.5*c0+0.5*c1+1*c4|c1=0.5*c0-0.5*c1+1*c5"),
        (11, "ambisonic 2+stereo", "stereo|c0=0.5*c0+0.5*c1+1*c9|c1=0.5*c0-0.5*c1+1*c10"),
        (2, "2 channels (FL+BL)", "stereo|c0=1*c0+0.707*c1|c1=0*c0"),
    ],
)
def test_mix(channels: int, layout: str, expected: str) -> None:
    assert mix_expression(channels, layout) == expected


@pytest.mark.parametrize(
    ("mend", "expected"),
    [
        ("left", "stereo|c0=1*c0|c1=1*c0"),
        ("right", "stereo|c0=1*c1|c1=1*c1"),
        ("invert", "stereo|c0=1*c0|c1=-1*c1"),
        ("both", "stereo|c0=1*c0+1*c1|c1=1*c0+1*c1"),
    ],
)
def test_mended(mend: Mend, expected: str) -> None:
    assert mix_expression(2, "stereo", mend) == expected


def test_channels_have_names_where_they_change() -> None:
    mix = mix_expression(2, "stereo", changes=True)
    assert "1*FL" in mix
    assert "0.707*FC" in mix
    assert "c0=" in mix
    assert "LFE" not in mix


@given(
    st.integers(1, 64), st.sampled_from(["", "nonsense", "ambisonic 99", "5.1", "()", "4 channels (", *CHANNEL_LAYOUTS])
)
def test_every_number_of_channels_is_heard(channels: int, layout: str) -> None:
    gains = layout_gains(channels, layout)
    assert len(gains) == channels
    assert any(map(any, gains))
    assert all(-1 <= gain <= 1 for one in gains for gain in one)
