"""What pictures say of themselves, against what their header says."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.inspect.first_frames import judge_fields
from media_pipeline.ffmpeg.inspect.pictures import (
    FEW_SAMPLES,
    MOST_KEYFRAMES,
    SAMPLES,
    PictureFormat,
    decode_options,
    parse_pictures,
    pictures_command,
    with_pictures,
)
from media_pipeline.ffmpeg.inspect.source import ClockRun, VideoStream
from tests.media_pipeline.ffmpeg.samples import TOOLS, source, video

WIDE, TALL, TINY = PictureFormat(640, 360), PictureFormat(360, 640), PictureFormat(160, 90)
TURNED_MATRIX = "\n00000000:  0  -65536  0\n00000001:  65536  0  0\n00000002:  0  0  1073741824\n"


def seen(pictures: list[PictureFormat], header: VideoStream | None = None) -> VideoStream:
    found = with_pictures(source(header or video(640, 360)), pictures).video
    assert found is not None
    return found


def test_frames_as_ffprobe_prints_them() -> None:
    turned = {"side_data_type": "3x3 displaymatrix", "displaymatrix": TURNED_MATRIX}
    frames = [
        {"width": 720, "height": 576, "sample_aspect_ratio": "16:15"},
        {"width": 640, "height": 360, "sample_aspect_ratio": "N/A", "side_data_list": [turned]},
        {"width": 0, "height": 0},
    ]
    found = parse_pictures(json.dumps({"frames": frames}).encode())
    assert found == [PictureFormat(720, 576, Fraction(16, 15)), PictureFormat(640, 360, Fraction(1), 270, matrices=1)]


@pytest.mark.parametrize("output", [b"", b"{", b"[]", b'{"frames": []}'])
def test_a_decoder_that_says_nothing_changes_nothing(output: bytes) -> None:
    assert with_pictures(source(), parse_pictures(output)) == source()


@pytest.mark.parametrize(
    ("pictures", "size", "resized"),
    [
        ([WIDE], (640, 360), False),
        ([TINY, WIDE, WIDE], (640, 360), True),
        ([WIDE, TINY, TINY], (640, 360), True),
        ([WIDE, TALL, TALL], (360, 640), True),
        ([PictureFormat(1280, 720)], (1280, 720), False),
        ([PictureFormat(720, 576, Fraction(64, 45)), PictureFormat(720, 576, Fraction(16, 15))], (1024, 576), True),
    ],
)
def test_sizes_are_what_the_pictures_have(pictures: list[PictureFormat], size: tuple[int, int], resized: bool) -> None:
    found = seen(pictures)
    assert ((found.display_width, found.display_height), found.resized) == (size, resized)


def test_a_note_in_the_stream_turns_where_the_container_does_not() -> None:
    turned = [PictureFormat(640, 360, Fraction(1), 270, matrices=1)]
    assert (seen(turned).rotation, seen(turned).display_width) == (270, 360)
    container = video(640, 360, rotation=90, display_width=360, display_height=640)
    assert (seen(turned, container).rotation, seen(turned, container).display_width) == (90, 360)


def test_what_the_container_cuts_off_is_cut_off() -> None:
    cut = seen([PictureFormat(426, 240)], video(320, 180, cropped=(106, 60)))
    assert (cut.width, cut.height, cut.display_width, cut.display_height) == (320, 180, 320, 180)


def test_of_many_keyframes_a_sample_is_taken() -> None:
    keyframes = tuple(float(second) for second in range(1000))
    steady = source(video(clock=(ClockRun(5.0, 1005.0, -5.0),)), keyframes=keyframes, container="mpegts")
    jumping = source(video(clock=(ClockRun(5.0, 15.0, -5.0), ClockRun(5.0, 15.0, 5.0))), keyframes=keyframes)
    few = source(keyframes=keyframes[:MOST_KEYFRAMES], container="mpegts")
    found = [pictures_command(TOOLS, each, TOOLS.ffmpeg).argv for each in (steady, jumping, few)]
    intervals = [argv[argv.index("-read_intervals") + 1] if "-read_intervals" in argv else "" for argv in found]
    assert intervals[0].split(",")[:2] == ["5.000%+#1", "30.000%+#1"]
    assert (len(intervals[0].split(",")), intervals[1:]) == (SAMPLES, ["%+#60", ""])
    camera = pictures_command(TOOLS, replace(steady, container="mov"), TOOLS.ffmpeg).argv
    assert len(camera[camera.index("-read_intervals") + 1].split(",")) == FEW_SAMPLES


@pytest.mark.parametrize(
    ("height", "declared", "fields", "expected"),
    [
        (576, False, {"tff": 24}, (True, "tff")),
        (1080, False, {"bff": 20, "progressive": 4}, (True, "bff")),
        (720, False, {"tff": 24}, (False, "")),  # nobody films so: a fine pattern that moves
        (1080, True, {"progressive": 24}, (False, "")),
        (1080, True, {"undetermined": 24}, (True, "")),
        (576, False, {"undetermined": 24}, (False, "")),
        (576, False, {"tff": 5}, (False, "")),
        (576, True, {"tff": 12, "progressive": 12}, (True, "tff")),
    ],
)
def test_interlacing_is_measured(
    height: int, declared: bool, fields: dict[str, int], expected: tuple[bool, str]
) -> None:
    found = judge_fields(video(720, height, interlaced=declared), fields)
    assert (found.interlaced, found.field_order) == expected


@pytest.mark.parametrize(
    ("codec", "matrices", "expected"),
    [
        ("h264", 2, {"bsf:0": "h264_metadata=display_orientation=remove"}),
        ("hevc", 2, {"bsf:0": "filter_units=remove_types=39"}),
        ("h264", 1, {}),
        ("mjpeg", 2, {}),
    ],
)
def test_a_turn_named_by_container_and_pictures(codec: str, matrices: int, expected: dict[str, str]) -> None:
    turned = seen([PictureFormat(640, 360, rotation=90, matrices=matrices)], video(640, 360, codec=codec, rotation=180))
    assert (turned.rotation, decode_options(source(turned))) == (180, expected)
