"""The first package of a clip: what is copied, what is encoded in a hurry, and what it leaves for later."""

from dataclasses import replace

import pytest

from media_pipeline.ffmpeg.encode.preview import preview_recipe
from media_pipeline.ffmpeg.inspect.source import AudioStream, ClockRun, Source
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import Recipe, SoundTreatment
from tests.media_pipeline.ffmpeg.samples import STEREO, TOOLS, source, video

COPYING = replace(AV1_ON_TOP, copy_web_fit=True)
FIT = source(video(bitrate=4_000_000))


def first(candidate: Source, policy: LadderPolicy = COPYING) -> Recipe:
    return preview_recipe(plan_recipe(candidate, policy, TOOLS, sound=SoundTreatment(6.0)), candidate, policy.threads)


def test_the_sound_of_a_broadcast_may_change_its_channels() -> None:
    audio = first(replace(FIT, container="mpegts")).audio
    assert audio is not None
    assert (audio.copied, audio.treatment) == (False, SoundTreatment(changes=True))


def test_a_fit_original_is_copied_whole() -> None:
    recipe = first(FIT)
    assert [rung.name for rung in recipe.rungs] == ["1080-copy"]
    assert (recipe.audio.copied, recipe.audio.treatment.gain_db) == (True, 0.0)


def test_any_other_is_encoded_once_and_small() -> None:
    recipe = first(source(video(codec="hevc")))
    assert [(rung.name, rung.preset) for rung in recipe.rungs] == [("240-h264", "ultrafast")]
    assert (recipe.hurried, recipe.keyframe_s) == (True, plan_recipe(source(), H264_ONLY, TOOLS).keyframe_s)


@pytest.mark.parametrize(
    "sound",
    [
        replace(STEREO, codec="opus"),
        replace(STEREO, channels=6),
        replace(STEREO, channels=1),
        replace(STEREO, sample_rate=96_000),
        replace(STEREO, start_s=0.2),
        replace(STEREO, counted=True),
        replace(STEREO, clock=(ClockRun(0, 5, 0), ClockRun(0, 5, 5))),
    ],
)
def test_sound_that_may_not_be_copied_is_encoded(sound: AudioStream) -> None:
    assert first(source(video(bitrate=4_000_000), sound)).audio.copied is False


def test_a_silent_video_stays_silent() -> None:
    assert first(source(video(), None)).audio is None


@pytest.mark.parametrize("policy", [AV1_ON_TOP, H264_ONLY, COPYING])
def test_it_is_another_package_than_the_whole(policy: LadderPolicy) -> None:
    whole = plan_recipe(source(), policy, TOOLS)
    assert preview_recipe(whole, source(), policy.threads).key() != whole.key()


def test_a_copied_top_keeps_out_av1() -> None:
    names = [rung.name for rung in plan_recipe(FIT, COPYING, TOOLS).rungs]
    assert names == ["1080-copy", "720-h264", "480-h264", "240-h264"]
