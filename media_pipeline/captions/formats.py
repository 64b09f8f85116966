"""The caption formats we read and write, in one table: uploads, downloads, forms and help texts all read it.

A further format is a module with `parse_...` and `write_...` functions and one line in `CAPTION_FORMATS`. `parse` gives
cues with ends: a format without them sets them, else each file gets the warning `caption_times`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from babel import Locale
from babel.lists import format_list

from media_pipeline.captions.cues import Cue
from media_pipeline.captions.srt import has_subrip_timing, parse_srt, write_srt
from media_pipeline.captions.vtt import has_vtt_header, parse_vtt, write_vtt
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError


@dataclass(frozen=True)
class CaptionFormat:
    """One file format.

    `recognise` says whether a text may be in this format, `parse` gives its cues as they are in the file, and whether
    times were left out as unreadable. `write` makes a file of cues.
    """

    name: str  # as in every language
    extension: str  # without a dot
    media_type: str
    recognise: Callable[[str], bool]
    parse: Callable[[str], tuple[list[Cue], bool]]
    write: Callable[[Iterable[Cue]], str]
    has_signature: bool = False  # recognised by its first line, whatever the name of the file
    mismatch: ErrorCode = ErrorCode.CAPTION_FORMAT  # of a file that has the extension and is not recognised


CAPTION_FORMATS = (
    CaptionFormat(
        "WebVTT",
        "vtt",
        "text/vtt",
        has_vtt_header,
        parse_vtt,
        write_vtt,
        has_signature=True,
        mismatch=ErrorCode.CAPTION_NO_HEADER,
    ),
    CaptionFormat("SubRip", "srt", "application/x-subrip", has_subrip_timing, parse_srt, write_srt),
)

_BY_EXTENSION = {each.extension: each for each in CAPTION_FORMATS}
_UNSPECIFIC = ("", "txt")  # extensions of files that may be in any format


def recognise_format(text: str, filename: str) -> CaptionFormat:
    """The format of a caption file. Its extension decides, except for formats with a signature.

    Raises MediaError: caption_format, caption_no_header.
    """
    extension = PurePath(filename.lower()).suffix.removeprefix(".")
    for caption_format in CAPTION_FORMATS:
        possible = caption_format.has_signature or extension in (caption_format.extension, *_UNSPECIFIC)
        if possible and caption_format.recognise(text):
            return caption_format
    raise MediaError(_BY_EXTENSION[extension].mismatch if extension in _BY_EXTENSION else ErrorCode.CAPTION_FORMAT)


def caption_format_of(extension: str) -> CaptionFormat:
    """The format with this extension (without a dot). Raises KeyError for an unknown one."""
    return _BY_EXTENSION[extension]


def caption_format_list(language: str | None) -> str:
    """The formats as a phrase: "WebVTT (.vtt) or SubRip (.srt)". `language` is a code of Django; None means English."""
    locale = Locale.parse(language or "en", sep="-")
    names = [f"{each.name} (.{each.extension})" for each in CAPTION_FORMATS]
    if locale.text_direction == "rtl":
        names = [f"\u2068{name}\u2069" for name in names]  # isolated, or the dot moves to the other side
    return format_list(names, style="or", locale=locale)
