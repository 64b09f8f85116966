"""Which original files may be served as they are, and the first reason against those that may not."""

from dataclasses import replace
from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import ClockRun, Colour, Source
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, FIRST_RUNGS, LadderPolicy
from media_pipeline.ffmpeg.plan.stream_copy import copy_obstacle, segment_keyframes
from tests.media_pipeline.ffmpeg.samples import NTSC, STEREO, TOOLS, source, video

POLICY = LadderPolicy(copy_web_fit=True)


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (source(), ""),
        (source(video(codec="hevc")), "not H.264"),
        (source(video(profile="High 4:2:2")), "not H.264"),
        (source(video(bit_depth=10)), "not 8 bit 4:2:0"),
        (source(video(rotation=90)), "turned or mirrored"),
        (source(video(flipped=True)), "turned or mirrored"),
        (source(video(sar=Fraction(4, 3))), "samples not square"),
        (source(video(interlaced=True)), "interlaced"),
        (source(video(cropped=(16, 0))), "cropped by its container"),
        (source(video(resized=True)), "changes its size"),
        (source(video(counted=True)), "clock jumps"),
        (source(video(clock=(ClockRun(0, 5, 0), ClockRun(0, 5, 5)))), "clock jumps"),
        (source(video(clock=(ClockRun(9, 19, -9),))), ""),
        (source(video(trimmed=True)), "trimmed by an edit list"),
        (source(video(open_gops=True)), "open groups of pictures"),
        (source(video(colour=Colour(full_range=True))), "high dynamic range or full range"),
        (source(video(colour=Colour("smpte170m"))), "not BT.709"),
        (source(video(colour=Colour("bt709", "bt709", "linear"))), "an unusual curve of light"),
        (source(video(header_colour=Colour("smpte170m"))), "header and pictures name different colours"),
        (source(video(3840, 2160)), "larger than the ladder"),
        (source(video(1279, 720)), "odd size"),
        (source(video(is_vfr=True)), "variable or unusual frame rate"),
        (source(keyframes=(0.5, 2.0)), "first frame no keyframe"),
        (source(keyframes=()), "first frame no keyframe"),
        (source(video(start_s=0.5), keyframes=(0.5, 2.5, 4.5, 6.5, 8.5)), "does not start at zero"),
        (source(keyframes=(0.0, 5.0)), "keyframes too far apart"),
        (source(video(bitrate=17_000_000)), "too heavy to serve"),
        (source(warnings=(WarningCode.DAMAGED,)), "damaged"),
        (source(sound=replace(STEREO, duration_s=12.0)), "sound runs on longer"),
    ],
)
def test_reasons(candidate: Source, expected: str) -> None:
    assert copy_obstacle(candidate, NTSC, POLICY) == expected


def test_other_rungs_follow_the_first_keyframe_of_each_interval() -> None:
    assert segment_keyframes((0.0, 0.5, 2.1, 3.9, 6.4, 7.0), 2) == (0.0, 2.1, 6.4)


@pytest.mark.parametrize("size", [(1920, 1080), (1600, 900), (1280, 720), (1080, 1920), (854, 480), (426, 240)])
def test_a_copy_is_the_same_with_rungs_on_demand(size: tuple[int, int]) -> None:
    fit = source(video(*size, bitrate=200_000))
    first, complete = (
        plan_recipe(fit, replace(policy, copy_web_fit=True), TOOLS) for policy in (FIRST_RUNGS, AV1_ON_TOP)
    )
    assert first.rungs[0].codec == "copy"
    assert first.key() == complete.key()
