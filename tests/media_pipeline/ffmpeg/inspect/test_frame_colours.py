"""What the first frame names is believed; what it leaves out, and an answer that is none, leaves the header's."""

import json
from typing import Any

import pytest

from media_pipeline.ffmpeg.inspect.frame_colours import with_frame_colours
from media_pipeline.ffmpeg.inspect.source import Colour, VideoStream
from media_pipeline.ffmpeg.inspect.streams import parse_colour
from tests.media_pipeline.ffmpeg.samples import source, video


def seen(header: VideoStream, *frames: dict[str, Any]) -> VideoStream:
    found = with_frame_colours(source(header), json.dumps({"frames": frames}).encode()).video
    assert found is not None
    return found


def test_the_frame_is_believed() -> None:
    frame = {"pix_fmt": "yuv420p10le", "color_space": "bt2020nc", "color_transfer": "smpte2084", "color_range": "pc"}
    found = seen(video(colour=Colour("bt709", "bt2020", "bt709")), frame)
    assert found.colour == Colour("bt2020nc", "bt2020", "smpte2084", full_range=True)
    assert (found.hdr, found.header_colour) == ("pq", Colour("bt709", "bt2020", "bt709"))


def test_a_frame_that_says_the_same_changes_nothing() -> None:
    frame = {"pix_fmt": "yuv420p", "color_space": "bt709", "color_transfer": "unknown"}
    assert seen(video(), frame) == video()


def test_dolby_vision_stays_what_the_header_says() -> None:
    frame = {"pix_fmt": "yuv420p10le", "color_space": "bt2020nc", "color_transfer": "bt709"}
    assert seen(video(hdr="dv84"), frame).hdr == "dv84"


def test_alpha_that_was_multiplied_already() -> None:
    assert seen(video(), {"pix_fmt": "rgba", "alpha_mode": "premultiplied"}).premultiplied


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"null", b'{"frames": null}', b'{"frames": [1, {}]}', b"\xff"])
def test_no_answer_leaves_the_header(said: bytes) -> None:
    assert with_frame_colours(source(), said) == source()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"pix_fmt": "yuv420p", "color_space": "unknown"}, Colour()),
        ({"pix_fmt": "yuv420p", "color_space": "reserved"}, Colour("reserved")),
        ({"pix_fmt": "yuvj420p", "color_range": "tv"}, Colour(full_range=True)),
        ({"pix_fmt": "gray10le"}, Colour(full_range=True)),
        ({"pix_fmt": "gray10le", "color_range": "tv"}, Colour()),
        ({"pix_fmt": "yuv420p", "color_range": "pc"}, Colour(full_range=True)),
    ],
)
def test_colours_as_read(raw: dict[str, str], expected: Colour) -> None:
    assert parse_colour(raw) == expected
