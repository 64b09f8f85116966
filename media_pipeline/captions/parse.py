"""Caption files: the bytes of an upload in, clean cues out.

    data -> decode_captions -> recognise_format -> its parse -> normalise_cues -> ParsedCaptions

Uploaded text is never served: everything that is stored was parsed, and is written again by us.
"""

from media_pipeline.captions.cues import MAX_CAPTION_BYTES, ParsedCaptions, normalise_cues
from media_pipeline.captions.formats import recognise_format
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

WESTERN_EUROPEAN = "cp1252"
"""The code page of a file that is not Unicode, unless its language has another (setting LEGACY_ENCODINGS)."""


def parse_captions(data: bytes, filename: str = "", *, legacy_encoding: str = WESTERN_EUROPEAN) -> ParsedCaptions:
    """Cues of a caption file in any of our formats; a file that is not Unicode is decoded as `legacy_encoding`.

    Raises MediaError: caption_empty, caption_encoding, caption_format, caption_no_header, caption_times,
    caption_too_large, xml_unsafe.
    """
    text, encoding = decode_captions(data, legacy_encoding)
    head = text.lstrip()[:4096].lower()
    if head.startswith("<?xml") and ("<!doctype" in head or "<!entity" in head):
        # Nothing here parses XML; the code tells the sender why, before anyone thinks of adding a parser.
        raise MediaError(ErrorCode.XML_UNSAFE)
    raw, unreadable = recognise_format(text, filename).parse(text)
    if unreadable and not raw:
        raise MediaError(ErrorCode.CAPTION_TIMES)
    cues, repaired = normalise_cues(raw)
    warnings = []
    if encoding.startswith("cp"):
        warnings.append(WarningCode.CAPTION_ENCODING_GUESSED)
    if repaired or unreadable:
        warnings.append(WarningCode.CAPTION_TIMES)
    return ParsedCaptions(cues, tuple(warnings), encoding)


def decode_captions(data: bytes, legacy_encoding: str = WESTERN_EUROPEAN) -> tuple[str, str]:
    """The text of a caption file with `\\n` line ends, and the encoding it was in.

    UTF-8 with or without a byte order mark, UTF-16 with one, else `legacy_encoding`, which is
    a guess: `parse_captions` then adds a warning.

    Raises MediaError: caption_empty, caption_too_large, caption_encoding.
    """
    if not data.strip():
        raise MediaError(ErrorCode.CAPTION_EMPTY)
    if len(data) > MAX_CAPTION_BYTES:
        raise MediaError(ErrorCode.CAPTION_TOO_LARGE, f"at most {MAX_CAPTION_BYTES} bytes")
    candidates: tuple[str, ...] = ("utf-8-sig", legacy_encoding)
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        candidates = ("utf-32",)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ("utf-16",)
    elif b"\x00" in data:
        candidates = ("utf-8-sig",)  # no code page writes NUL: this is Unicode, or it is not text
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        return text, encoding.removesuffix("-sig")
    raise MediaError(ErrorCode.CAPTION_ENCODING)
