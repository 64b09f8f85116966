"""Files that were joined byte by byte, cut off, or padded by their cameras: nothing is lost without a word, and nobody
is warned without reason."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect import probe, timeline
from media_pipeline.ffmpeg.inspect.cut_files import with_cut_end
from media_pipeline.ffmpeg.inspect.film_timeline import with_film_timeline
from media_pipeline.ffmpeg.inspect.unread_parts import with_unread_parts
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.relatives import ffmpeg
from tests.media_pipeline.ffmpeg.test_relatives_clock import film_of, join, record
from tests.sampling import sampled

pytestmark = pytest.mark.slow
REST = "relatives of files that were joined or cut"
PART_UNREAD, PARTIAL = WarningCode.PART_UNREAD, WarningCode.PARTIAL
FUNCTION_SCOPED = [HealthCheck.function_scoped_fixture]

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-c:a", "aac")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "mp2", "-ar", "48000")
BROADCAST = (*MPEG2, "-r", "25", "-c:a", "pcm_s16le")
KINDS: dict[str, tuple[str, ...]] = {
    "mp4": (*H264, "-f", "mp4"),
    "mp4 index first": (*H264, "-movflags", "+faststart", "-f", "mp4"),
    "mp4 fragmented": (*H264, "-movflags", "+frag_keyframe+empty_moov", "-f", "mp4"),
    "mov": (*H264, "-f", "mov"),
    "mov picture alone": (*H264, "-an", "-f", "mov"),
    "flv": (*H264, "-f", "flv"),
    "asf": (*H264, "-f", "asf"),
    "ogg": ("-c:v", "libtheora", "-c:a", "libvorbis", "-f", "ogg"),
    "mxf": (*BROADCAST, "-f", "mxf"),
    "wav": ("-vn", "-c:a", "pcm_s16le", "-f", "wav"),
    "m4a": ("-vn", "-c:a", "aac", "-f", "ipod"),
    "avi": (*H264, "-f", "avi"),
    "avi other": ("-c:v", "mjpeg", "-c:a", "pcm_s16le", "-f", "avi"),
    "mkv": (*H264, "-f", "matroska"),
    "mkv high": ("-c:v", "libx264", "-bf", "3", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "matroska"),
    "mkv other": ("-c:v", "mpeg4", "-c:a", "mp3", "-f", "matroska"),
    "mpegts": (*H264, "-f", "mpegts"),
    "m2ts": (*H264, "-mpegts_m2ts_mode", "1", "-f", "mpegts"),
    "vob": (*MPEG2, "-f", "vob"),
}


@cache
def film(kind: str, seconds: float = 2, freq: int = 440) -> bytes:
    """A drawn film of one kind, with a tone."""
    picture = ("-f", "lavfi", "-i", f"testsrc2=s=160x128:r=10:d={seconds}")
    sound = ("-f", "lavfi", "-i", f"sine={freq}:d={seconds}:r=48000")
    with NamedTemporaryFile() as file:  # most formats are finished at their beginning: a pipe is not enough
        ffmpeg(*picture, *sound, *KINDS[kind], file.name)
        return Path(file.name).read_bytes()


def notes(tools: Toolchain, path: Path, content: bytes) -> set[WarningCode]:
    """What is said of a file's bytes, by the looks that read packets."""
    path.write_bytes(content)
    said = process.run_process(probe.probe_command(tools, path))
    source = probe.parse_probe(said.stdout, said.stderr_tail, audio_only_allowed=True)
    source = replace(source, size_bytes=len(content))
    said = process.run_process(timeline.timeline_command(tools, path, demuxer=source.container))
    packets = timeline.parse_packets(said.stdout)
    source = with_film_timeline(source, packets, said.stderr_tail)
    return set(with_unread_parts(with_cut_end(source, path, packets), path, packets).warnings)


PAIRS = [
    *((kind, kind) for kind in (*list(KINDS)[:8], "wav", "m4a")),
    *(("mp4", "flv"), ("mov", "mkv"), ("mp4", "mpegts"), ("flv", "mp4"), ("mkv", "mp4"), ("asf", "flv")),
]
QUICK_PAIRS = {("mp4", "mp4"), ("flv", "flv"), ("ogg", "ogg"), ("mkv", "mp4")}


@pytest.mark.parametrize("pair", sampled(PAIRS, QUICK_PAIRS.__contains__, REST, name=" and ".join))
@pytest.mark.parametrize("seconds", sampled([2, 0.5, 8], {2}.__contains__, REST))
def test_joined_files_are_noticed(tools: Toolchain, tmp_path: Path, pair: tuple[str, str], seconds: float) -> None:
    first, second = film(pair[0], 4), film(pair[1], seconds, 660)
    assert PART_UNREAD in notes(tools, tmp_path / "joined", first + second)
    assert PART_UNREAD in notes(tools, tmp_path / "joined", first + second + first)


def test_broadcast_files_of_one_length_are_noticed(tools: Toolchain, tmp_path: Path) -> None:
    """Others are refused: the end of the first contradicts its beginning."""
    assert PART_UNREAD in notes(tools, tmp_path / "joined", film("mxf") + film("mxf", 2, 660))


@pytest.mark.parametrize("kind", sampled(KINDS, {"mp4", "flv", "mpegts", "vob"}.__contains__, REST))
def test_whole_files_are_not(tools: Toolchain, tmp_path: Path, kind: str) -> None:
    assert not {PART_UNREAD, PARTIAL} & notes(tools, tmp_path / "whole", film(kind))


@pytest.mark.parametrize("container", sampled(["matroska", "avi"], "matroska".__eq__, REST))
def test_parts_that_can_be_read_are_all_published(tools: Toolchain, tmp_path: Path, container: str) -> None:
    parts = [record(tmp_path / f"{letters}.part", letters, container=container) for letters in ("rgb", "ymc")]
    shown = film_of(tools, join(tmp_path / "joined", *parts), tmp_path / "made")
    assert shown.seen.letters() == "".join(letter for _, letter in shown.seen.tones) == "rgbymc"
    assert shown.seen.length_s == pytest.approx(6, abs=0.1)
    assert shown.seen.off_sync_s() < 0.1
    assert PART_UNREAD not in shown.warnings


@pytest.mark.parametrize("seconds", sampled([2, 5], {2}.__contains__, REST))
def test_parts_that_were_encoded_differently_are_noticed(tools: Toolchain, tmp_path: Path, seconds: float) -> None:
    for one, other in (("mkv", "mkv high"), ("mkv high", "mkv"), ("mkv", "mkv other"), ("avi", "avi other")):
        joined = film(one, 4) + film(other, seconds)
        assert PART_UNREAD in notes(tools, tmp_path / "joined", joined)
    for kind in ("mkv", "mkv high", "mkv other", "avi", "avi other"):
        assert PART_UNREAD not in notes(tools, tmp_path / "joined", film(kind, 4) + film(kind, seconds, 660))


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content


BOXES = st.builds(
    box,
    st.sampled_from([b"free", b"skip", b"wide", b"uuid", b"udta", b"meta", b"sefd", b"\xa9xyz", b"mfra", b"sidx"]),
    st.binary(min_size=16, max_size=64) | st.just(bytes(300_000)) | st.just(b"\xff\xd8\xff\xe1" * 60_000),
)


@pytest.mark.thorough(REST)
@given(
    st.sampled_from(["mp4", "mp4 index first", "mp4 fragmented", "mov"]),
    st.lists(BOXES, max_size=4),
    st.sampled_from([b"", bytes(200_000), box(b"mdat"), b"\xff\xd8\xff\xe1" + bytes(50_000), b"\x00\x00\x00\x01mdat"]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=FUNCTION_SCOPED)
def test_what_cameras_add_is_no_film(
    tools: Toolchain, tmp_path: Path, kind: str, boxes: list[bytes], end: bytes
) -> None:
    assert PART_UNREAD not in notes(tools, tmp_path / "added", film(kind) + b"".join(boxes) + end)


def test_room_that_a_camera_reserved_is_no_film(tools: Toolchain, tmp_path: Path) -> None:
    whole, reserved = film("mp4"), box(b"mdat", bytes(range(256)) * 2000)
    assert PART_UNREAD not in notes(tools, tmp_path / "reserved", whole + reserved)
    for kind in ("flv", "mpegts"):
        assert PART_UNREAD not in notes(tools, tmp_path / "reserved", film(kind) + bytes(500_000))


def test_a_considerable_rest_is_noticed_whatever_it_is(tools: Toolchain, tmp_path: Path) -> None:
    whole = film("flv", 4)
    half = len(whole) // 2
    broken = whole[:half] + b"\xee" * 64 + whole[half:]
    noise = film("asf") + bytes(range(1, 256)) * 1500
    assert PART_UNREAD in notes(tools, tmp_path / "noise", noise)
    # Where ffmpeg finds its way again nothing is said.
    read = notes(tools, tmp_path / "broken", broken)
    assert PARTIAL not in read


CUT_KINDS = ["flv", "avi", "asf", "ogg", "mpegts", "m2ts", "vob", "mkv", "mp4 index first"]


@pytest.mark.thorough(REST)
@given(st.sampled_from(CUT_KINDS), st.floats(0.4, 0.85), st.integers(0, 187))
@settings(max_examples=60, deadline=None, suppress_health_check=FUNCTION_SCOPED)
def test_files_that_end_within_a_packet(tools: Toolchain, tmp_path: Path, kind: str, part: float, more: int) -> None:
    """A cut between two packets proves nothing where no header has a length, and is left out here."""
    whole = film(kind, 4)
    length = int(len(whole) * part) + more
    packet = {"mpegts": 188, "m2ts": 192}.get(kind)
    if packet and length % packet <= 4:
        length += 5
    if kind == "avi":
        length = min(length, whole.rindex(b"idx1") - 8)
    assert PARTIAL in notes(tools, tmp_path / "cut", whole[:length])


@pytest.mark.parametrize("kind", sampled(CUT_KINDS, {"flv", "mpegts"}.__contains__, REST))
def test_a_cut_in_the_middle(tools: Toolchain, tmp_path: Path, kind: str) -> None:
    whole = film(kind, 4)
    assert PARTIAL in notes(tools, tmp_path / "cut", whole[: len(whole) * 7 // 1000 * 100 + 77])


def test_a_broadcast_that_stops_between_two_packets_is_whole(tools: Toolchain, tmp_path: Path) -> None:
    for kind, packet in (("mpegts", 188), ("m2ts", 192)):
        whole = film(kind, 4)
        stopped = whole[: len(whole) // packet * 2 // 3 * packet]
        assert not {PART_UNREAD, PARTIAL} & notes(tools, tmp_path / kind, stopped)
