"""Boxes of hostile files, and holes between packets."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.clock import Packet
from media_pipeline.ffmpeg.inspect.cut_files import with_cut_end
from media_pipeline.ffmpeg.inspect.track_headers import read_track_headers
from media_pipeline.ffmpeg.inspect.unread_parts import MAX_BOXES, Box, walk_boxes, with_unread_parts
from tests.media_pipeline.ffmpeg.samples import source


def boxes(content: bytes) -> list[Box]:
    return list(walk_boxes(BytesIO(content), len(content)))


def test_boxes_of_every_size() -> None:
    large = b"\x00\x00\x00\x01mdat" + (20).to_bytes(8) + b"four"
    to_the_end = b"\x00\x00\x00\x00mdat" + b"rest"
    found = boxes(b"\x00\x00\x00\x0cftypisom" + large + to_the_end)
    assert found == [Box(b"ftyp", 8, 12), Box(b"mdat", 28, 32), Box(b"mdat", 40, 44)]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x00\x00\x07free", b"\x00\x00\x00\x01free\x00", b"\x00\x00\x00\x01mdat" + bytes(8), b"\x00" * 99],
)
def test_what_is_no_box(content: bytes) -> None:
    assert boxes(content) == []


def test_boxes_without_end_are_left() -> None:
    assert len(boxes(b"\x00\x00\x00\x08free" * (MAX_BOXES + 10))) == MAX_BOXES


@given(st.binary(max_size=200))
def test_boxes_follow_each_other(content: bytes) -> None:
    end = 0
    for found in boxes(content):
        assert end < found.start <= found.end
        end = found.end


@given(
    st.sampled_from(["mov", "matroska", "avi", "flv", "asf", "ogg", "mpeg", "mpegts", "mxf", "wav"]),
    st.binary(max_size=600) | st.binary(max_size=40).map(lambda part: part * 40),
    st.lists(st.tuples(st.integers(-1, 2000), st.integers(0, 2000)), max_size=5),
)
def test_any_bytes_are_looked_at(
    tmp_path_factory: pytest.TempPathFactory, container: str, content: bytes, places: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    packets = {0: [Packet(0, 0.0, 0.0, 0.04, size, keyframe=True, position=place) for place, size in places]}
    looked_at = source(container=container, size_bytes=len(content))
    looked_at = with_unread_parts(with_cut_end(looked_at, path, packets), path, packets)
    assert set(looked_at.warnings) <= {WarningCode.PARTIAL, WarningCode.PART_UNREAD}


def element(name: str, content: bytes, width: int = 1) -> bytes:
    size = (len(content) | 1 << 7 * width).to_bytes(width)
    return bytes.fromhex(name) + size + content


@pytest.mark.parametrize("width", [1, 2, 8])
def test_tracks_of_matroska(width: int) -> None:
    picture = element("ae", element("86", b"V_VP9\0") + element("63a2", b"its own"), width)
    sound = element("ae", element("d7", b"\2") + element("86", b"A_OPUS") + element("63a2", b"samples"), width)
    tracks = element("1654ae6b", element("bf", b"crc.") + picture + sound, width)
    endless = bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7
    for segment in (element("18538067", tracks, width), endless + tracks):
        head = element("1a45dfa3", b"anything", width) + segment
        assert read_track_headers("matroska", head) == ((b"V_VP9", b"its own"), (b"A_OPUS", b""))
    assert read_track_headers("matroska", endless + element("1f43b675", b"") + tracks) == ()


@given(st.sampled_from(["matroska", "avi", "flv"]), st.binary(max_size=300))
def test_tracks_of_any_bytes(container: str, head: bytes) -> None:
    for start in (head, bytes.fromhex("18538067ff1654ae6bffaeff") + head, head + b"strh\x38\0\0\0vids" + head):
        assert len(read_track_headers(container, start)) <= len(start)


def test_a_film_in_front_of_which_another_was_read(tmp_path: Path) -> None:
    """The beginning of a file is no hole: every file has its header there."""
    path = tmp_path / "film"
    path.write_bytes(b"FLV\x01\x05\x00\x00\x00\x09" + bytes(4000))
    packets = {0: [Packet(0, 0.0, 0.0, 0.04, 9, keyframe=True, position=4000)]}
    assert with_unread_parts(source(container="flv", size_bytes=4009), path, packets).warnings == ()
