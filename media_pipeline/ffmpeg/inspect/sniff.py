"""Content sniffing: a file's first bytes, checked before any media parser reads it.

Refuses what certainly is no video (a playlist, a script, an archive, an image, a page, text) with its own code.
A known container passes, and so does an unknown one: ffprobe decides.
"""

import re

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError

SNIFF_BYTES = 4096
"""How many bytes from the start of a file `sniff_container` reads."""

UNKNOWN_CONTAINER = "unknown"
_SMALLEST = 16  # no container has a header of fewer bytes

# Type field of the first box of an MP4 or MOV; old cameras start with wide, free, skip or pnot.
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof", b"sidx", b"uuid"})
# Major brands of pictures, still or moving, in the same box format (HEIC from iPhones, AVIF).
_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})

_CONTAINERS: tuple[tuple[str, bytes], ...] = (
    ("matroska", b"\x1a\x45\xdf\xa3"),
    ("ogg", b"OggS"),
    ("flv", b"FLV\x01"),
    ("asf", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ("mpeg", b"\x00\x00\x01\xba"),
    ("mpeg", b"\x00\x00\x01\xb3"),
    ("mxf", b"\x06\x0e\x2b\x34\x02\x05\x01\x01"),
    ("flac", b"fLaC"),
    ("mp3", b"ID3"),
    ("amr", b"#!AMR"),
    ("aiff", b"FORM"),
    ("w64", b"riff\x2e\x91\xcf\x11"),
)

_NOT_FILMS: tuple[tuple[str, bytes], ...] = (
    ("zip", b"PK\x03\x04"),
    ("zip", b"PK\x05\x06"),
    ("gzip", b"\x1f\x8b"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("rar", b"Rar!\x1a\x07"),
    ("xz", b"\xfd7zXZ\x00"),
    ("zstd", b"\x28\xb5\x2f\xfd"),
    ("bzip2", b"BZh"),
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF87a"),
    ("gif", b"GIF89a"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("photoshop", b"8BPS"),
    ("jpeg-xl", b"\xff\x0a"),
    ("jpeg-xl", b"\x00\x00\x00\x0cJXL "),
    ("jpeg-2000", b"\x00\x00\x00\x0cjP  "),
    ("pdf", b"%PDF-"),
    ("postscript", b"%!PS"),
    ("postscript", b"\xc5\xd0\xd3\xc6"),
    ("program", b"\x7fELF"),
    ("program", b"MZ\x90\x00"),
    ("rtf", b"{\\rtf"),
)

# Text that names other files or addresses, and that ffmpeg or a player would follow.
_PLAYLIST = re.compile(
    rb"#EXT|ffconcat|v=0[\r\n]|\[playlist\]|\[reference\]|rtsptext|smiltext|(?:https?|rtsp|rtmp|mms|file)://|file\s+['\"]",
    re.IGNORECASE,
)
_PLAYLIST_XML = re.compile(rb"<(?:\w+:)?(?:MPD|SmoothStreamingMedia|smil|asx|playlist|wpl)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:[!?/]?[a-zA-Z]|!--)")


def sniff_container(head: bytes, size: int) -> str:
    """The container that the first bytes (up to HEAD_BYTES of them) show, by ffmpeg's demuxer name, or "unknown".

    `size` is that of the whole file, bytes. Raises MediaError: empty_file, playlist_not_allowed, not_a_video.
    """
    if size == 0 or not head:
        raise MediaError(ErrorCode.EMPTY_FILE)
    if kind := _container(head):
        return kind
    for kind, magic in _NOT_FILMS:
        if head.startswith(magic):
            raise MediaError(ErrorCode.NOT_A_VIDEO, kind)
    _refuse_text(head[:SNIFF_BYTES])
    if size < _SMALLEST:
        raise MediaError(ErrorCode.NOT_A_VIDEO, "too few bytes")
    return UNKNOWN_CONTAINER


def _container(head: bytes) -> str:
    if head[4:8] in _BOXES:
        if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
            raise MediaError(ErrorCode.NOT_A_VIDEO, "picture")
        return "mov"
    if head[:4] in (b"RIFF", b"RF64"):
        return _riff(head[8:12])
    if _is_transport_stream(head):
        return "mpegts"
    return next((kind for kind, magic in _CONTAINERS if head.startswith(magic)), "")


def _riff(form: bytes) -> str:
    if form == b"WEBP":
        raise MediaError(ErrorCode.NOT_A_VIDEO, "picture")
    return {b"WAVE": "wav", b"AVI ": "avi", b"AVIX": "avi"}.get(form, "")


def _is_transport_stream(head: bytes) -> bool:
    """Sync bytes at three packets' starts: 188 bytes a packet, 192 in camcorders' M2TS with its time code first."""
    return any(head[offset : offset + 2 * packet + 1 : packet] == b"GGG" for offset, packet in ((0, 188), (4, 192)))


def _refuse_text(head: bytes) -> None:
    text = _as_text(head)
    if text is None:
        return
    start = text.lstrip()
    if _PLAYLIST.match(start) or (_MARKUP.match(start) and _PLAYLIST_XML.search(start)):
        raise MediaError(ErrorCode.PLAYLIST_NOT_ALLOWED)
    raise MediaError(ErrorCode.NOT_A_VIDEO, "markup" if _MARKUP.match(start) else "text")


def _as_text(head: bytes) -> bytes | None:
    """The bytes as UTF-8 without a byte order mark, when they are text in UTF-8, UTF-16 or a code page.

    Text has no control characters but white space and escape (terminal colours, which ffmpeg renders to film).
    Markup and playlists are recognised by their first words alone, whatever bytes follow.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = head.decode("utf-16", "replace")
        return None if re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f]", decoded) else decoded.encode("utf-8", "replace")
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _PLAYLIST.match(start.lstrip()) or _MARKUP.match(start.lstrip()):
        return start
    return None if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", start) else start
