"""Which rungs a source gets, by example and by what must hold for every source."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import AudioStream, Colour, Source
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from tests.media_pipeline.ffmpeg.samples import PLAIN_TOOLS, STEREO, TOOLS, source, video

COPY = LadderPolicy(copy_web_fit=True)


def ladder(candidate: Source, policy: LadderPolicy = H264_ONLY) -> list[str]:
    return [f"{rung.name} {rung.width}x{rung.height}" for rung in plan_recipe(candidate, policy, TOOLS).rungs]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), ["1080-h264 1920x1080", "720-h264 1280x720", "480-h264 854x480", "240-h264 426x240"]),
        ((1080, 1920), ["1080-h264 1080x1920", "720-h264 720x1280", "480-h264 480x854", "240-h264 240x426"]),
        ((3840, 2160), ["1080-h264 1920x1080", "720-h264 1280x720", "480-h264 854x480", "240-h264 426x240"]),
        ((960, 540), ["540-h264 960x540", "240-h264 426x240"]),
        ((480, 270), ["270-h264 480x270"]),
        ((240, 136), ["136-h264 240x136"]),
        ((607, 1079), ["606-h264 606x1078", "240-h264 240x426"]),
        ((3026, 1386), ["1080-h264 2358x1080", "720-h264 1572x720", "480-h264 1048x480", "240-h264 524x240"]),
        ((16, 16), ["16-h264 16x16"]),
    ],
)
def test_rungs_by_the_shorter_side(size: tuple[int, int], expected: list[str]) -> None:
    assert ladder(source(video(*size))) == expected


def test_a_very_wide_video_is_lower_and_not_wider() -> None:
    rung = plan_recipe(source(video(8000, 1000)), H264_ONLY, TOOLS).rungs[0]
    assert (rung.width, rung.height) == (4384, 548)


def test_av1_reaches_from_small_to_top_and_h264_is_complete_to_720() -> None:
    assert ladder(source(), AV1_ON_TOP) == [
        "1080-av1 1920x1080",
        "720-h264 1280x720",
        "480-av1 854x480",
        "480-h264 854x480",
        "240-av1 426x240",
        "240-h264 426x240",
    ]


def test_without_a_good_av1_encoder_h264_takes_its_sides() -> None:
    recipe = plan_recipe(source(), AV1_ON_TOP, PLAIN_TOOLS)
    assert [rung.name for rung in recipe.rungs] == ["1080-h264", "720-h264", "480-h264", "240-h264"]


def test_a_web_fit_original_is_copied() -> None:
    recipe = plan_recipe(source(video(bitrate=5_000_000)), COPY, TOOLS)
    assert [rung.name for rung in recipe.rungs] == ["1080-copy", "720-h264", "480-h264", "240-h264"]
    assert (recipe.keyframe_s, recipe.keyframes) == (0, source().keyframes)


def test_a_small_web_fit_original_keeps_a_floor() -> None:
    recipe = plan_recipe(source(video(480, 270, bitrate=500_000)), COPY, TOOLS)
    assert [rung.name for rung in recipe.rungs] == ["270-copy"]


def test_high_rates_are_for_large_rungs() -> None:
    sixty = video(fps_avg=Fraction(60), fps_r=Fraction(60))
    recipe = plan_recipe(source(sixty), H264_ONLY, TOOLS)
    assert [rung.fps for rung in recipe.rungs] == [60, 60, 30, 30]
    assert recipe.keyframe_s == 2


def test_the_last_picture_is_held_under_longer_sound() -> None:
    longer = replace(STEREO, duration_s=14.01)
    assert (plan_recipe(source(sound=longer), H264_ONLY, TOOLS).duration_s, source().video_end_s) == (14.01, 10.01)
    endless = plan_recipe(source(sound=replace(STEREO, duration_s=3600.0)), H264_ONLY, TOOLS)
    assert (endless.duration_s, endless.hold_black, endless.warnings) == (3600.0, False, (WarningCode.PICTURE_HELD,))


def test_black_stands_for_a_picture_that_was_cut() -> None:
    cut = source(sound=replace(STEREO, duration_s=14.01), warnings=(WarningCode.PARTIAL,))
    assert plan_recipe(cut, H264_ONLY, TOOLS).hold_black


def test_a_single_picture_stays_as_long_as_the_sound() -> None:
    still = source(video(frames=1, duration_s=0.04), replace(STEREO, duration_s=20.0))
    recipe = plan_recipe(still, H264_ONLY, TOOLS)
    assert (recipe.fps, recipe.duration_s, recipe.hold_s) == (10, 20.0, 19.9)


def test_a_late_picture_counts_from_the_containers_start() -> None:
    late = source(video(start_s=5.5), start_s=0.5)
    assert plan_recipe(late, H264_ONLY, TOOLS).duration_s == 15.01


@pytest.mark.parametrize(
    ("colour", "hdr", "expected"),
    [
        (Colour("bt709", "bt709", "bt709"), "none", ("bt709", "")),
        (Colour("smpte170m", "smpte170m", "smpte170m"), "none", ("bt601", "")),
        (Colour("bt2020nc", "bt2020", "arib-std-b67"), "hlg", ("bt2020", "zscale")),
        (Colour("", "", "smpte2084"), "pq", ("bt2020", "zscale")),
        (Colour("bt709", "smpte432", "bt709"), "none", ("bt709", "zscale")),
        (Colour(), "none", ("bt709", "")),
    ],
)
def test_how_the_picture_is_converted_to_bt709(colour: Colour, hdr: str, expected: tuple[str, str]) -> None:
    picture = plan_recipe(source(video(colour=colour, hdr=hdr)), H264_ONLY, TOOLS).picture
    assert (picture.matrix, picture.tone_map) == expected


def test_a_small_video_that_does_not_say_is_bt601() -> None:
    assert plan_recipe(source(video(640, 480, colour=Colour())), H264_ONLY, TOOLS).picture.matrix == "bt601"


def test_without_zscale_high_dynamic_range_is_mapped_plainly() -> None:
    recipe = plan_recipe(source(video(hdr="hlg")), H264_ONLY, PLAIN_TOOLS)
    assert (recipe.picture.tone_map, recipe.warnings) == ("plain", (WarningCode.HDR_TONE_MAPPED,))


def test_what_was_put_right_is_said() -> None:
    odd = video(160, 120, is_vfr=True, interlaced=True, hdr="pq")
    surround = AudioStream(index=1, codec="ac3", channels=6, sample_rate=48_000, duration_s=10.0)
    assert plan_recipe(source(odd, surround, warnings=(WarningCode.GPS_REMOVED,)), H264_ONLY, TOOLS).warnings == (
        WarningCode.GPS_REMOVED,
        WarningCode.HDR_TONE_MAPPED,
        WarningCode.VFR_NORMALISED,
        WarningCode.DEINTERLACED,
        WarningCode.AUDIO_DOWNMIXED,
        WarningCode.UPSCALING_AVOIDED,
    )


def test_sound_alone_has_no_ladder() -> None:
    with pytest.raises(MediaError) as refused:
        plan_recipe(replace(source(), video=None), H264_ONLY, TOOLS)
    assert refused.value.code is ErrorCode.NO_VIDEO_STREAM


sources = st.builds(
    lambda width, height, top, bottom: source(
        video(width, height, fps_avg=Fraction(top, bottom), fps_r=Fraction(top, bottom))
    ),
    st.integers(16, 8192),
    st.integers(16, 8192),
    st.integers(1, 240_000),
    st.integers(1, 1001),
)
policies = st.sampled_from([H264_ONLY, AV1_ON_TOP, COPY, LadderPolicy(h264_sides=(2160, 1440, 360))])


@given(sources, policies)
def test_what_holds_for_every_ladder(candidate: Source, policy: LadderPolicy) -> None:
    recipe = plan_recipe(candidate, policy, TOOLS)
    stream = candidate.video
    assert stream is not None
    sizes = [rung.width * rung.height for rung in recipe.rungs]
    assert sizes == sorted(sizes, reverse=True)
    assert len({rung.name for rung in recipe.rungs}) == len(recipe.rungs)
    assert any(rung.is_h264 for rung in recipe.rungs)
    for rung in recipe.rungs:
        assert rung.width <= stream.display_width
        assert rung.height <= stream.display_height
        assert (rung.width % 2, rung.height % 2) == (0, 0)
        if stream.width != stream.height and rung.width != rung.height:
            assert (rung.width > rung.height) == (stream.width > stream.height)
        assert rung.side <= max((*policy.h264_sides, *policy.av1_sides))
        assert 5 <= rung.fps <= 60
        assert recipe.fps % rung.fps == 0
        assert (recipe.keyframe_distance(rung) * rung.fps).denominator == 1
        assert recipe.keyframe_s == 0 or (recipe.segment_keyframe_s / recipe.keyframe_distance(rung)).denominator == 1
    assert recipe.keyframe_s == 0 or 2 <= recipe.keyframe_s < Fraction(5, 2)


@given(sources)
def test_shapes_are_kept(candidate: Source) -> None:
    stream = candidate.video
    assert stream is not None
    for rung in plan_recipe(candidate, H264_ONLY, TOOLS).rungs:
        # Two pixels are all that evenness may cost on either side.
        aspect = stream.width / stream.height
        assert abs(rung.width - rung.height * aspect) <= 2 + 2 * max(aspect, 1)
