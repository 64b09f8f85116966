"""ffprobe's real output, captured from real files, as sources."""

import json
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.probe import (
    is_iso_bmff,
    missing_decoder,
    parse_probe,
    parse_probe_json,
    probe_command,
)
from media_pipeline.ffmpeg.inspect.source import Colour, Source
from media_pipeline.ffmpeg.run.command import input_name
from tests.media_pipeline.ffmpeg.conftest import GOLDEN
from tests.media_pipeline.ffmpeg.samples import TOOLS

FTYP = (32).to_bytes(4) + b"ftypisom" + bytes(20)


def captured(name: str) -> Source:
    return parse_probe((GOLDEN / f"probe_{name}.json").read_bytes())


def refusal(output: bytes, stderr: str = "", **given: bytes) -> MediaError:
    with pytest.raises(MediaError) as refused:
        parse_probe(output, stderr, **given)
    return refused.value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("phone_hlg_dolby_vision", (0, "hevc", 1080, 1920, 90, False)),
        ("two_videos_two_sounds", (3, "h264", 480, 270, 0, False)),
        ("motion_photo", (0, "hevc", 768, 1024, 90, False)),
        ("fragmented_surround", (0, "h264", 1080, 1920, 90, False)),
        ("webm_without_duration", (0, "vp8", 480, 270, 0, False)),
        ("mirrored", (0, "h264", 720, 1080, 270, True)),
    ],
)
def test_the_main_video_as_it_is_seen(name: str, expected: tuple[object, ...]) -> None:
    video = captured(name).video
    assert video is not None
    shown = (video.display_width, video.display_height, video.rotation, video.flipped)
    assert (video.index, video.codec, *shown) == expected


def test_light_and_depth_of_a_phones_video() -> None:
    video = captured("phone_hlg_dolby_vision").video
    assert video is not None
    assert (video.hdr, video.bit_depth, video.chroma, video.is_vfr) == ("dv84", 10, "420", True)
    assert video.colour == Colour("bt2020nc", "bt2020", "arib-std-b67")
    photo = captured("motion_photo").video
    assert photo is not None
    assert photo.colour.full_range


def test_the_main_sound() -> None:
    source = captured("two_videos_two_sounds")
    assert (source.audio and source.audio.index, len(source.audios)) == (4, 2)
    surround = captured("fragmented_surround").audio
    assert surround is not None
    assert surround.channels == 6


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gps", (WarningCode.GPS_REMOVED,)),
        ("motion_photo", (WarningCode.NO_AUDIO, WarningCode.EXTRA_TRACKS_DROPPED)),
        ("unknown_audio", (WarningCode.AUDIO_DROPPED,)),
        ("webm_without_duration", (WarningCode.NO_AUDIO,)),
        ("bad_utf8", ()),
        ("two_videos_two_sounds", (WarningCode.EXTRA_TRACKS_DROPPED,)),
    ],
)
def test_warnings(name: str, expected: tuple[WarningCode, ...]) -> None:
    assert captured(name).warnings == expected


def test_a_tracks_length_is_its_own_and_not_the_files() -> None:
    source = captured("matroska_tags")  # sound of six seconds under a picture of two
    assert (round(source.duration_s), round(source.audio_end_s)) == (2, 6)


def test_encryption_shows_in_the_packets() -> None:
    assert captured("encrypted").encrypted


def test_sound_alone_is_no_video() -> None:
    output = (GOLDEN / "probe_gps.json").read_bytes()
    data = json.loads(output)
    data["streams"] = [stream for stream in data["streams"] if stream["codec_type"] == "audio"]
    only_sound = json.dumps(data).encode()
    assert parse_probe_json(only_sound).video is None
    assert refusal(only_sound).code is ErrorCode.NO_VIDEO_STREAM


@pytest.mark.parametrize(
    ("stderr", "head", "expected"),
    [
        ("[mov,mp4 @ 0x1] moov atom not found", FTYP, ErrorCode.DAMAGED_NO_INDEX),
        ("[mov,mp4 @ 0x1] moov atom not found", bytes(4096), ErrorCode.NOT_A_VIDEO),
        ("[mov,mp4 @ 0x1] moov atom not found", FTYP + (7).to_bytes(4) + b"moov", ErrorCode.NOT_A_VIDEO),
        ("Broken file, trak/mdat not at top-level\nmoov atom not found", FTYP, ErrorCode.NOT_A_VIDEO),
        ("[h264 @ 0x1] Codec (foo) not on whitelist 'h264'", FTYP, ErrorCode.UNSUPPORTED_CODEC),
        ("[matroska @ 0x1] Number of tracks exceeds max_streams (33)", b"", ErrorCode.TOO_MANY_STREAMS),
        ("[tty @ 0x1] Format not on whitelist 'mov'", b"", ErrorCode.NOT_A_VIDEO),
        ("", b"", ErrorCode.NOT_A_VIDEO),
    ],
)
def test_why_there_is_nothing(stderr: str, head: bytes, expected: ErrorCode) -> None:
    error = refusal(b"{}", stderr, head=head)
    assert (error.code, error.permanent) == (expected, True)


@pytest.mark.parametrize("output", [b"", b"[]", b"\xff\xfe", b'{"streams": [], "format": {}}'])
def test_output_that_says_nothing(output: bytes) -> None:
    assert refusal(output).code is ErrorCode.NOT_A_VIDEO


def test_boxes() -> None:
    endless = FTYP + (1).to_bytes(4) + b"mdat"
    assert [is_iso_bmff(head) for head in (FTYP, endless, bytes(64), b"\xe8E" * 32)] == [True, True, False, False]


def test_nothing_is_opened_but_containers() -> None:
    command = probe_command(TOOLS, Path("/masters/a.mp4"))
    options = dict(zip(command.argv, command.argv[1:], strict=False))
    assert options["-protocol_whitelist"] == "file"
    assert {"hls", "dash", "concat", "image2", "tty", "lavfi", "sdp", "imf"}.isdisjoint(
        options["-format_whitelist"].split(",")
    )
    assert (command.argv[-1], command.inputs, command.outdir) == (input_name(0), (Path("/masters/a.mp4"),), None)


@pytest.mark.parametrize(
    ("kind", "codec", "expected"),
    [
        ("subtitle", "subrip", ErrorCode.NOT_A_VIDEO),
        ("audio", "s302m", ErrorCode.UNSUPPORTED_CODEC),
        ("video", "hap", ErrorCode.UNSUPPORTED_CODEC),
    ],
)
def test_without_a_picture_there_must_be_sound_to_ask_about(kind: str, codec: str, expected: ErrorCode) -> None:
    stream = {"index": 0, "codec_type": kind, "codec_name": codec, "width": 640, "height": 360}
    heard = {"channels": 2, "sample_rate": "48000", "disposition": {}}
    output = json.dumps({"format": {"format_name": "matroska"}, "streams": [stream | heard]}).encode()
    assert refusal(output).code is expected


@pytest.mark.parametrize(
    ("output", "stderr", "expected"),
    [
        (b"{", "[gif @ 0x7f] Codec (gif) not on whitelist 'h264,aac'", "gif"),
        (b'{"streams": [], "format": {}}', "[gif @ 0x7f] Codec (gif) not on whitelist 'h264,aac'", ""),
        (b"{", "moov atom not found", ""),
    ],
)
def test_the_decoder_that_ffprobe_wants(output: bytes, stderr: str, expected: str) -> None:
    assert missing_decoder(output, stderr) == expected
