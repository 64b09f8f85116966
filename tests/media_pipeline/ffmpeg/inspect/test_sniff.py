"""First bytes: what is refused before any media parser sees it, and what must pass."""

import os

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.sniff import SNIFF_BYTES, refuse_non_video

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
TS = b"".join(b"\x47" + bytes(187) for _ in range(4))
M2TS = b"".join(bytes(4) + b"\x47" + bytes(187) for _ in range(4))


@pytest.mark.parametrize(
    "head",
    [
        MP4,
        b"\x00\x00\x00\x27free<html><script>1</script></html>" + MP4,
        b"\x00\x00\x00\x08wide\x00\x00\x00\x08mdat",
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81",
        b"RIFF\xff\xff\xff\xffAVI LIST\x0c\x01\x00\x00",
        b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00",
        TS,
        M2TS,
        b"\x00\x00\x01\xba\x21\x00\x01\x00\x01\xc3\x33\x67\x00\x00\x01\xbb",
        b"OggS\x00\x02" + bytes(20),
        b"ID3\x04" + bytes(20),
        bytes(64),
        b"\x00\x01\x02",  # a short head of a long file is not called small
        b"\x00\x01\x02G" + bytes(range(200)),
    ],
)
def test_containers_and_unknown_bytes_pass(head: bytes) -> None:
    refuse_non_video(head, 1_000_000)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", ErrorCode.EMPTY_FILE),
        (b"\x00", ErrorCode.NOT_A_VIDEO),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"\xef\xbb\xbf\n #EXTM3U\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        ("#EXTM3U\nx.ts".encode("utf-16"), ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"#EXTM3U\n\x00\x01\x02binary", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"ffconcat version 1.0\nfile x.mp4\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"file 'x.mp4'\nfile 'y.mp4'\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"[playlist]\nFile1=http://x/", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"[Reference]\nRef1=http://x/", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"https://example.org/video.mp4\n", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"<?xml version='1.0'?>\n<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"<!-- x --><smil>", ErrorCode.PLAYLIST_NOT_ALLOWED),
        (b"<?xml version='1.0'?><CompositionPlaylist xmlns='x'>", ErrorCode.NOT_A_VIDEO),
        (b"<!doctype html><script>1</script>", ErrorCode.NOT_A_VIDEO),
        (b"\n<svg xmlns='x' onload='1'/>", ErrorCode.NOT_A_VIDEO),
        (b"PK\x03\x04" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"\x1f\x8b\x08" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"\xff\xd8\xff\xe0" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"GIF89a" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ErrorCode.NOT_A_VIDEO),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", ErrorCode.NOT_A_VIDEO),
        (b"\x00\x00\x00\x18ftyphevs\x00\x00\x00\x00msf1hevs", ErrorCode.NOT_A_VIDEO),
        (b"%PDF-1.7\n%\xe2\xe3", ErrorCode.NOT_A_VIDEO),
        (b"\x7fELF\x02\x01\x01" + bytes(20), ErrorCode.NOT_A_VIDEO),
        (b"\x1b[31mhello\x1b[0m\n" * 10, ErrorCode.NOT_A_VIDEO),
        ("Grüße aus Köln, nur Text".encode("cp1252"), ErrorCode.NOT_A_VIDEO),
        ("Grüße aus Köln, nur Text".encode("utf-16"), ErrorCode.NOT_A_VIDEO),
    ],
)
def test_what_is_no_video_is_refused(head: bytes, code: ErrorCode) -> None:
    with pytest.raises(MediaError) as error:
        refuse_non_video(head, len(head))
    assert (error.value.code, error.value.refused) == (code, True)


def test_noise_passes() -> None:
    for _ in range(50):
        refuse_non_video(b"\x00" + os.urandom(SNIFF_BYTES), 1 << 20)
