"""Content sniffing: a file's first bytes, checked before any media parser reads it.

Refuses what certainly is no video (a playlist, a script, an archive, an image, a page, text) with its own code.
A known container passes, and so does an unknown one: ffprobe decides.
"""

import re

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError

SNIFF_BYTES = 4096
"""How many bytes from the start of a file `refuse_non_video` reads."""

_SMALLEST = 16  # no container has a header of fewer bytes

# Type field of the first box of an MP4 or MOV; old cameras start with wide, free, skip or pnot.
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof", b"sidx", b"uuid"})
# Major brands of pictures, still or moving, in the same box format (HEIC from iPhones, AVIF).
_PICTURE_BRANDS = frozenset(
    (
        *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"),
        *(b"mif1", b"mif2", b"msf1", b"avif", b"avis"),
    )
)

_CONTAINERS = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"OggS",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF
    *(b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),  # MPEG
    b"\x06\x0e\x2b\x34\x02\x05\x01\x01",  # MXF
    *(b"fLaC", b"ID3", b"#!AMR", b"FORM", b"riff\x2e\x91\xcf\x11"),  # audio: FLAC, MP3, AMR, AIFF, W64
)

_NOT_VIDEOS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("archive", (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")),
    ("compressed", (b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"BZh")),
    ("picture", (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"8BPS")),
    ("picture", (b"\xff\x0a", b"\x00\x00\x00\x0cJXL ", b"\x00\x00\x00\x0cjP  ")),  # JPEG XL, JPEG 2000
    ("document", (b"%PDF-", b"%!PS", b"\xc5\xd0\xd3\xc6", b"{\\rtf")),
    ("program", (b"\x7fELF", b"MZ\x90\x00")),
)

# Text that names other files or addresses, and that ffmpeg or a player would follow.
_PLAYLIST = re.compile(
    rb"#EXT|ffconcat|v=0[\r\n]|\[playlist\]|\[reference\]|rtsptext|smiltext|(?:https?|rtsp|rtmp|mms|file)://|file\s+['\"]",
    re.IGNORECASE,
)
_PLAYLIST_XML = re.compile(rb"<(?:\w+:)?(?:MPD|SmoothStreamingMedia|smil|asx|playlist|wpl)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:[!?/]?[a-zA-Z]|!--)")


def refuse_non_video(head: bytes, size: int) -> None:
    """Raise MediaError when the first bytes (up to SNIFF_BYTES of them) are certainly not those of a video.

    `size` is that of the whole file, bytes. Codes: empty_file, playlist_not_allowed, not_a_video.
    """
    if size == 0 or not head:
        raise MediaError(ErrorCode.EMPTY_FILE)
    box, riff = head[4:8], head[8:12] if head[:4] in (b"RIFF", b"RF64") else b""
    if (box == b"ftyp" and head[8:12] in _PICTURE_BRANDS) or riff == b"WEBP":
        raise MediaError(ErrorCode.NOT_A_VIDEO, "picture")
    if is_container_start(head):
        return
    for kind, signatures in _NOT_VIDEOS:
        if head.startswith(signatures):
            raise MediaError(ErrorCode.NOT_A_VIDEO, kind)
    text = _as_text(head[:SNIFF_BYTES])
    if text is not None:
        start = text.lstrip()
        if _PLAYLIST.match(start) or (_MARKUP.match(start) and _PLAYLIST_XML.search(start)):
            raise MediaError(ErrorCode.PLAYLIST_NOT_ALLOWED)
        raise MediaError(ErrorCode.NOT_A_VIDEO, "markup" if _MARKUP.match(start) else "text")
    if size < _SMALLEST:
        raise MediaError(ErrorCode.NOT_A_VIDEO, "too few bytes")


def is_container_start(head: bytes) -> bool:
    """Whether bytes are the beginning of a container of films or sounds that we know."""
    riff = head[8:12] if head[:4] in (b"RIFF", b"RF64") else b""
    # Sync bytes at three packets' starts: 188 bytes a packet, 192 in camcorders' M2TS with its time code first.
    transport = any(
        head[offset : offset + 2 * packet + 1 : packet] == b"GGG" for offset, packet in ((0, 188), (4, 192))
    )
    known = head[4:8] in _BOXES or riff in (b"WAVE", b"AVI ", b"AVIX")
    return known or transport or head.startswith(_CONTAINERS)


def _as_text(head: bytes) -> bytes | None:
    """The bytes as UTF-8 without a byte order mark, when they are text in UTF-8, UTF-16 or a code page.

    Text has no control characters but white space and escape (terminal colours, which ffmpeg renders as video).
    Markup and playlists are recognised by their first words alone, whatever bytes follow.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = head.decode("utf-16", "replace")
        return None if re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f]", decoded) else decoded.encode("utf-8", "replace")
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _PLAYLIST.match(start.lstrip()) or _MARKUP.match(start.lstrip()):
        return start
    return None if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", start) else start
