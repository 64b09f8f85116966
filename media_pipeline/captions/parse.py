"""Caption files: bytes that somebody uploaded in, clean cues out, and the two formats we write.

    data -> decode -> vtt or srt -> normalise_cues (clean, check, sort) -> Captions

Only WebVTT and SubRip are read. Everything that is kept has been parsed and is written again by us.
"""

from pathlib import PurePath

from media_pipeline.captions import srt, timing, vtt
from media_pipeline.captions.cues import Cue, ParsedCaptions, normalise_cues
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

__all__ = [
    "MAX_CAPTION_BYTES",
    "Cue",
    "ParsedCaptions",
    "decode_captions",
    "parse_captions",
    "parse_srt",
    "parse_vtt",
    "write_srt",
    "write_vtt",
]

MAX_CAPTION_BYTES = 2 << 20  # an hour of dense captions is 150 kB

WESTERN_EUROPEAN = "cp1252"
"""The code page of a file that is not Unicode, unless its language has another (setting LEGACY_ENCODINGS)."""

write_vtt = vtt.write
write_srt = srt.write


def parse_captions(data: bytes, filename: str = "", *, legacy_encoding: str = WESTERN_EUROPEAN) -> ParsedCaptions:
    """Cues of a caption file in either format. `filename` (its ending) decides what a file without a WebVTT
    header must be; a file that is not Unicode is read in the code page `legacy_encoding`.

    Raises MediaError: caption_empty, caption_encoding, caption_format, caption_no_header, caption_times,
    caption_too_large, xml_unsafe.
    """
    text, encoding = decode_captions(data, legacy_encoding)
    _refuse_xml_with_doctype(text)
    if vtt.has_vtt_header(text):
        return _captions(vtt.read(text), encoding)
    ending = PurePath(filename.lower()).suffix
    if ending == ".vtt":
        raise MediaError(ErrorCode.CAPTION_NO_HEADER)
    if ending not in ("", ".srt", ".txt") or not any(timing.parse_cue_timing(line) for line in text.split("\n")):
        raise MediaError(ErrorCode.CAPTION_FORMAT)
    return _captions(srt.read(text), encoding)


def parse_vtt(data: bytes, *, legacy_encoding: str = WESTERN_EUROPEAN) -> ParsedCaptions:
    """Cues of a WebVTT file. Raises MediaError as `parse_captions` does."""
    text, encoding = decode_captions(data, legacy_encoding)
    return _captions(vtt.read(text), encoding)


def parse_srt(data: bytes, *, legacy_encoding: str = WESTERN_EUROPEAN) -> ParsedCaptions:
    """Cues of a SubRip file. Raises MediaError as `parse_captions` does."""
    text, encoding = decode_captions(data, legacy_encoding)
    return _captions(srt.read(text), encoding)


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
    for encoding in _candidates(data, legacy_encoding):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        return text, encoding.removesuffix("-sig")
    raise MediaError(ErrorCode.CAPTION_ENCODING)


def _candidates(data: bytes, legacy_encoding: str) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return ("utf-32",)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\x00" in data:
        return ("utf-8-sig",)  # no code page writes NUL: this is Unicode, or it is not text
    return ("utf-8-sig", legacy_encoding)


def _captions(found: tuple[list[Cue], bool], encoding: str) -> ParsedCaptions:
    raw, unreadable = found
    if unreadable and not raw:
        raise MediaError(ErrorCode.CAPTION_TIMES)
    cues, repaired = normalise_cues(raw)
    warnings = []
    if encoding.startswith("cp"):
        warnings.append(WarningCode.CAPTION_ENCODING_GUESSED)
    if repaired or unreadable:
        warnings.append(WarningCode.CAPTION_TIMES)
    return ParsedCaptions(cues, tuple(warnings), encoding)


def _refuse_xml_with_doctype(text: str) -> None:
    """Nothing here parses XML; the code tells the sender why, before anyone thinks of adding a parser."""
    head = text.lstrip()[:4096].lower()
    if head.startswith("<?xml") and ("<!doctype" in head or "<!entity" in head):
        raise MediaError(ErrorCode.XML_UNSAFE)
