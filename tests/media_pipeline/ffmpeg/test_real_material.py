"""The test material beside the project, where it is there: hostile, broken, odd and ordinary files, looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.ffmpeg.errors import MediaError, WarningCode
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.conftest import SHARED
from tests.media_pipeline.ffmpeg.chain import look

pytestmark = pytest.mark.slow

MANIFEST = SHARED / "bad_inputs" / "manifest.json"
BAD = [case for case in json.loads(MANIFEST.read_text("utf-8")) if case["kind"] == "video"] if MANIFEST.exists() else []
VIDEO_SUFFIXES = (".mp4", ".mkv", ".mov", ".webm", ".wmv", ".avif")
ODD = sorted(path for path in (SHARED / "real_odd").glob("*") if path.suffix in VIDEO_SUFFIXES)


def verdict(tools: Toolchain, path: Path) -> tuple[str, tuple[str, ...]]:
    """("" or the code of a refusal, warnings)."""
    try:
        source = look(tools, path)
    except MediaError as problem:
        return problem.code.value if problem.refused else f"failed: {problem}", ()
    return "", tuple(warning.value for warning in source.warnings)


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_hostile_files(tools: Toolchain, case: dict[str, Any]) -> None:
    code, warnings = verdict(tools, MANIFEST.parent / case["path"])
    expected = case["expected"]
    if expected == "reject":
        assert code == case["code"]
    elif expected != "either":
        assert code == ""
    assert not code.startswith("failed")
    if expected == "warn" or case["category"] == "privacy":
        assert case["code"] in warnings


@pytest.mark.parametrize("path", ODD, ids=[path.name for path in ODD])
def test_odd_files_end_in_a_source_or_a_refusal(tools: Toolchain, path: Path) -> None:
    code, warnings = verdict(tools, path)
    assert not code.startswith("failed")
    assert code == "" or warnings == ()


FULL = [1080, 720, 480, 240]
VFR, HDR, SILENT = WarningCode.VFR_NORMALISED, WarningCode.HDR_TONE_MAPPED, WarningCode.NO_AUDIO
# File: how it is seen, rungs' sides, what has to be said.
MEDIA: dict[str, tuple[tuple[int, int], list[int], set[WarningCode]]] = {
    "android_4k60_rot90.mp4": ((2160, 3840), FULL, set()),
    "android_vfr_1080p_dog.mp4": ((1920, 1080), FULL, {WarningCode.GPS_REMOVED, VFR}),
    "bbb_rot90_51audio.mp4": ((1080, 1920), FULL, {WarningCode.AUDIO_DOWNMIXED}),
    "cursed_vfr_screen.mp4": ((3026, 1386), FULL, {VFR, SILENT}),
    "iphone6_gps_rot90.mov": ((320, 568), [320, 240], {WarningCode.GPS_REMOVED}),
    "iphone_hlg_dv84_portrait.mp4": ((1080, 1920), FULL, {HDR, VFR}),
    "nasa_2video_2audio_2sub.mp4": ((480, 270), [270], {WarningCode.EXTRA_TRACKS_DROPPED}),
    "people_walk_10fps_noaudio.mp4": ((768, 432), [432, 240], {SILENT}),
    "pixel7_rot180_noaudio.mp4": ((1920, 1080), FULL, {SILENT}),
    "pixel_hdr10_1080p.mp4": ((1920, 1080), FULL, {HDR, VFR}),
    "pixel_motionphoto_2video.mp4": ((768, 1024), [768, 480, 240], {SILENT, VFR, WarningCode.EXTRA_TRACKS_DROPPED}),
    "speech_fr_class_trip.mp4": ((242, 136), [136], {WarningCode.UPSCALING_AVOIDED}),
}


@pytest.mark.parametrize("name", MEDIA)
def test_phones_and_cameras(tools: Toolchain, shared: Path, name: str) -> None:
    source = look(tools, shared / "media" / name)
    recipe = ladder.plan_recipe(source, H264_ONLY, tools)
    assert source.video is not None
    shown = (source.video.display_width, source.video.display_height)
    assert (shown, [rung.side for rung in recipe.rungs], set(recipe.warnings)) == MEDIA[name]


# Among those of MEDIA a motion photo has early keyframes, and a screen that holds still for seconds.
CAMERAS = (
    "android_4k60_rot90.mp4",
    "android_vfr_1080p_dog.mp4",
    "hands_blocks.mp4",
    "iphone6_gps_rot90.mov",
    "iphone_hlg_dv84_portrait.mp4",
    "people_cups_occlusion.mp4",
    "people_dog.mp4",
    "people_walk_10fps_noaudio.mp4",
    "pixel7_rot180_noaudio.mp4",
    "pixel_hdr10_1080p.mp4",
    "two_children_bed.mp4",
)


@pytest.mark.parametrize("name", CAMERAS)
def test_cameras_have_no_cuts(tools: Toolchain, shared: Path, name: str) -> None:
    recipe = ladder.plan_recipe(look(tools, shared / "media" / name), AV1_ON_TOP, tools)
    assert recipe.cuts == ()
