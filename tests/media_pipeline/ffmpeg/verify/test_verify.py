"""What verification lets pass, and each fault that it must find."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import AudioStream, Colour, Source, VideoStream
from media_pipeline.ffmpeg.inspect.timeline import Timeline
from media_pipeline.ffmpeg.plan.recipe import CUTS_FROM, AudioPlan, PictureTransform, Recipe, Rung
from media_pipeline.ffmpeg.verify import package
from media_pipeline.ffmpeg.verify import streams as verify
from tests.media_pipeline.ffmpeg.hls.test_playlists import RECIPE as PACKAGED
from tests.media_pipeline.ffmpeg.hls.test_playlists import SIZES, TEXTS
from tests.media_pipeline.ffmpeg.samples import source, video

TOP = Rung("h264", 1280, 720, Fraction(30))
LOW = Rung("h264", 426, 240, Fraction(30))
RECIPE = Recipe(0, (TOP, LOW), Fraction(30), PictureTransform("bt709"), duration_s=10.0, audio=AudioPlan(1))
TIMELINE = Timeline(packets=300, end_s=10.0, size_bytes=9, keyframes=(0.0, 2.0, 4.0, 6.0, 8.0), largest_gap_s=1 / 30)
HEAD = b"\0\0\0\x20ftypisom" + b"\0\0\1\0moov" + bytes(300) + b"mdat"


def made(stream: VideoStream | None = None, **facts: Any) -> Source:
    return source(stream or video(1280, 720, fps_avg=Fraction(30)), None, **facts)


def refused(check: Any, *arguments: Any) -> str:
    """What verification says, or "" when it lets it pass."""
    try:
        check(*arguments)
    except MediaError as problem:
        return problem.detail if problem.code is ErrorCode.VERIFY_FAILED else problem.code
    return ""


def test_what_we_made_badly_is_worth_another_try() -> None:
    with pytest.raises(MediaError) as problem:
        verify.stream_facts(b"", "moov atom not found")
    assert (problem.value.failed, problem.value.permanent) == (True, False)
    assert problem.value.detail == "unreadable: damaged_no_index"


@pytest.mark.parametrize(
    ("facts", "timeline", "expected"),
    [
        (made(), TIMELINE, ""),
        (made(), Timeline(), "720-h264: no picture"),
        (made(video(1280, 720, codec="hevc")), TIMELINE, "720-h264: codec: hevc, not h264"),
        (made(video(1280, 718)), TIMELINE, "720-h264: size: (1280, 718), not (1280, 720)"),
        (made(video(1280, 720, rotation=90)), TIMELINE, "720-h264: turned: (90, False), not (0, False)"),
        (made(video(1280, 720, hdr="hlg")), TIMELINE, "720-h264: light: hlg, not none"),
        (made(video(1280, 720, bit_depth=10)), TIMELINE, "720-h264: bits: 10, not 8"),
        (made(video(1280, 720, colour=Colour(full_range=True))), TIMELINE, "720-h264: range: True, not False"),
        (made(streams=2), TIMELINE, "720-h264: tracks: 2, not 1"),
        (made(has_location=True), TIMELINE, "720-h264: location: True, not False"),
        (made(), replace(TIMELINE, start_s=1.0), "720-h264: first picture is a keyframe: False, not True"),
        (made(), replace(TIMELINE, packets=200), "720-h264: frame rate: False, not True"),
        (made(), replace(TIMELINE, keyframes=(0.0, 6.0)), "720-h264: 6.00 s without a keyframe"),
    ],
)
def test_a_rung(facts: Source, timeline: Timeline, expected: str) -> None:
    assert refused(verify.verify_rung, TOP, RECIPE, facts, timeline) == expected


SOUND = AudioStream(index=0, codec="aac", channels=2, sample_rate=48_000)


@pytest.mark.parametrize(
    ("sound", "streams", "timeline", "expected"),
    [
        (SOUND, 1, TIMELINE, ""),
        (None, 1, TIMELINE, "audio: no sound"),
        (SOUND, 1, Timeline(), "audio: no sound"),
        (replace(SOUND, channels=6), 1, TIMELINE, "audio: aac with 6 channels at 48000"),
        (SOUND, 2, TIMELINE, "audio: more than sound in the file"),
        (SOUND, 1, replace(TIMELINE, end_s=20.0), "audio: 20.00 s long instead of 10.01 s"),
    ],
)
def test_the_sound(sound: AudioStream | None, streams: int, timeline: Timeline, expected: str) -> None:
    facts = replace(source(sound=sound), video=None, streams=streams)
    assert refused(verify.verify_audio, AudioPlan(1), facts, timeline, 10.01) == expected


def lasting(top: float, low: float) -> dict[Rung, Timeline]:
    return {TOP: replace(TIMELINE, end_s=top), LOW: replace(TIMELINE, end_s=low)}


@pytest.mark.parametrize(
    ("top", "low", "expected"),
    [
        (10.0, 10.03, ""),
        (9.5, 9.5, ""),
        (10.0, 9.5, "rungs: from 9.50 s to 10.00 s long"),
        (5.0, 5.0, "rungs: 5.00 s long instead of 10.00 s"),
        (11.0, 11.0, "rungs: 11.00 s long instead of 10.00 s"),
    ],
)
def test_lengths(top: float, low: float, expected: str) -> None:
    assert refused(verify.verify_lengths, RECIPE, lasting(top, low)) == expected


COMPLAINT = "[h264 @ 0x7f00] error while decoding MB 0 1, bytestream -5"


def test_damaged_originals_may_end_early() -> None:
    cut = replace(RECIPE, warnings=(WarningCode.PARTIAL,))
    assert verify.verify_lengths(cut, lasting(5.0, 5.0)) == (5.0, (WarningCode.PARTIAL,))
    assert verify.verify_lengths(RECIPE, lasting(5.0, 5.0), COMPLAINT) == (
        5.0,
        (WarningCode.DAMAGED, WarningCode.PARTIAL),
    )
    assert verify.verify_lengths(RECIPE, lasting(10.0, 10.0), COMPLAINT) == (10.0, (WarningCode.DAMAGED,))


def test_other_words_on_stderr_are_no_damage() -> None:
    said = "Svt[info]: SVT [version]: SVT-AV1 Encoder Lib v4.2.0\n[aost#1:0/aac @ 0x1] something"
    assert verify.verify_lengths(RECIPE, lasting(10.0, 10.0), said) == (10.0, ())


COPY = Rung("copy", 1920, 1080, Fraction(30))
SPARSE, SMALL = Rung("av1", 1280, 720, Fraction(30)), Rung("av1", 426, 240, Fraction(30))


@pytest.mark.parametrize(
    ("timelines", "expected"),
    [
        ({TOP: TIMELINE, LOW: replace(TIMELINE, keyframes=(0.0, 2.01, 4.0, 6.0, 8.0))}, ""),
        (
            {TOP: TIMELINE, LOW: replace(TIMELINE, keyframes=(0.0, 2.1, 4.0, 6.0, 8.0))},
            "240-h264: keyframes are not where they should be",
        ),
        (
            {TOP: TIMELINE, LOW: replace(TIMELINE, keyframes=(0.0, 4.0))},
            "240-h264: keyframes are not where they should be",
        ),
        ({COPY: replace(TIMELINE, keyframes=tuple(map(float, range(10)))), LOW: TIMELINE}, ""),
        (
            {COPY: replace(TIMELINE, keyframes=(0.0, 3.0)), LOW: TIMELINE},
            "1080-copy: keyframes are not where they should be",
        ),
        ({COPY: TIMELINE}, ""),
        (
            {TOP: replace(TIMELINE, keyframes=(0.1, 2.1, 4.1, 6.1, 8.1)), LOW: TIMELINE},
            "720-h264: keyframes are not where they should be",
        ),
        ({SPARSE: replace(TIMELINE, keyframes=(0.0, 4.0, 8.01)), TOP: TIMELINE}, ""),
        ({SPARSE: TIMELINE, TOP: TIMELINE}, "720-av1: keyframes are not where they should be"),
        (
            {SPARSE: replace(TIMELINE, keyframes=(0.0, 6.0, 8.0)), TOP: TIMELINE},
            "720-av1: keyframes are not where they should be",
        ),
        (
            {SPARSE: replace(TIMELINE, keyframes=(0.0, 4.0, 8.0)), SMALL: replace(TIMELINE, keyframes=(0.0, 4.0, 8.0))},
            "",
        ),
    ],
)
def test_alignment(timelines: dict[Rung, Timeline], expected: str) -> None:
    recipe = replace(RECIPE, keyframe_s=Fraction(0), keyframes=TIMELINE.keyframes) if COPY in timelines else RECIPE
    assert refused(verify.verify_aligned, recipe, timelines) == expected


COARSE = replace(SPARSE, quality=CUTS_FROM)


@pytest.mark.parametrize(
    ("rung", "keyframes", "expected"),
    [
        (COARSE, (0.0, 2.9, 4.0, 8.0), ""),
        (COARSE, (0.0, 4.0, 8.0), "720-av1: keyframes are not where they should be"),
        (COARSE, (0.0, 3.1, 4.0, 8.0), "720-av1: keyframes are not where they should be"),
        (SPARSE, (0.0, 2.9, 4.0, 8.0), "720-av1: keyframes are not where they should be"),
        (SPARSE, (0.0, 4.0, 8.0), ""),
    ],
    ids=["at the cut", "missing", "late", "not wanted", "none"],
)
def test_alignment_at_cuts(rung: Rung, keyframes: tuple[float, ...], expected: str) -> None:
    """The last cuts lie beyond what the film turned out to be, one by less than its clock is rounded."""
    cut = replace(RECIPE, cuts=(87, 300, 345))
    timelines = {rung: replace(TIMELINE, keyframes=keyframes, end_s=10.000001), TOP: TIMELINE}
    assert refused(verify.verify_aligned, cut, timelines) == expected


def edited(name: str, old: str, new: str) -> dict[str, str]:
    assert old in TEXTS[name]
    return {**TEXTS, name: TEXTS[name].replace(old, new)}


AV1, SOUND_FILE = "240-av1.m3u8", "audio.mp4"
SILENT = {name: text for name, text in TEXTS.items() if name != "audio.m3u8"}
UNEVEN = {**TEXTS, AV1: TEXTS[AV1].replace("#EXTINF:4.004", "#EXTINF:3.604", 1)}
NO_SOUND_FILE = {name: size for name, size in SIZES.items() if name != SOUND_FILE}


@pytest.mark.parametrize(
    ("texts", "sizes", "expected"),
    [
        (TEXTS, SIZES, ""),
        ({**TEXTS, "720-h264.m3u8": ""}, SIZES, "not a media playlist: no #EXTM3U"),
        (SILENT, SIZES, "missing audio.m3u8"),
        (edited("720-h264.m3u8", "#EXT-X-ENDLIST", ""), SIZES, "720-h264.mp4: the playlist has no end"),
        (TEXTS, {**SIZES, "720-h264.mp4": 9_000}, "720-h264.mp4: a range is outside of its 9000 bytes"),
        (TEXTS, {**SIZES, "720-h264.mp4": 1_800_000}, "720-h264.mp4: ends at byte 1785851 of 1800000"),
        (TEXTS, NO_SOUND_FILE, "audio.mp4: a range is outside of its 0 bytes"),
        (edited(AV1, "#EXTINF:4.004", "#EXTINF:9.004"), SIZES, "240-av1.mp4: a segment is longer than the target"),
        (UNEVEN, SIZES, "package: segment 0 is 3.60 s or 4.00 s long"),
        (edited(AV1, "#EXTINF:1.735", "#EXTINF:3.735"), SIZES, "240-av1.mp4: segments of 11.74 s for 9.74 s"),
        (edited("audio.m3u8", "\naudio.mp4", "\nother.mp4"), SIZES, "audio.mp4: the playlist names another file"),
        (edited("240-av1-iframes.m3u8", "#EXT-X-I-FRAMES-ONLY\n", ""), SIZES, "240-av1.mp4: not a list of pictures"),
    ],
)
def test_a_package(texts: dict[str, str], sizes: dict[str, int], expected: str) -> None:
    assert refused(package.verify_package, PACKAGED, texts, sizes, 9.743) == expected


@pytest.mark.parametrize(
    ("facts", "timeline", "head", "expected"),
    [
        (source(video(1280, 720)), TIMELINE, HEAD, ""),
        (source(video(426, 240)), TIMELINE, HEAD, "download: not the picture that was planned"),
        (source(video(1280, 720), streams=3), TIMELINE, HEAD, "download: 3 tracks"),
        (source(video(1280, 720), None), TIMELINE, HEAD, "download: 1 tracks"),
        (source(video(1280, 720), has_location=True), TIMELINE, HEAD, "download: metadata came along"),
        (source(video(1280, 720)), replace(TIMELINE, end_s=5.0), HEAD, "download: 5.00 s instead of 10.00 s"),
        (source(video(1280, 720)), TIMELINE, b"....ftypisom....mdat", "download: the index is not at the front"),
    ],
)
def test_the_download(facts: Source, timeline: Timeline, head: bytes, expected: str) -> None:
    assert refused(verify.verify_download, RECIPE, facts, timeline, head, 10.0) == expected
