"""The caption formats we read and write, in one table: uploads, downloads, forms and help texts all read it.

A further format is a module with a `parse_...` or `write_...` function and one entry in `CAPTION_FORMATS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from babel import Locale
from babel.lists import format_list

from media_pipeline.captions import ass, one_line, sami, sbv, srt, ttml, vtt
from media_pipeline.captions.cues import Cue, RawCaptions
from media_pipeline.captions.plain_text import write_plain_text
from media_pipeline.captions.ttml_write import write_ttml
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError


@dataclass(frozen=True)
class CaptionFormat:
    """One file format.

    `recognise` says whether a text may be in this format, `parse` gives its cues as they are in the file; both are None
    for a format that is only written. `write` makes a file of cues in a language; None for one that is only read.
    """

    name: str  # as in every language
    extensions: tuple[str, ...]  # without a dot, the usual one first
    media_type: str
    recognise: Callable[[str], bool] | None = None
    parse: Callable[[str], RawCaptions] | None = None
    write: Callable[[Iterable[Cue], str], str] | None = None
    has_signature: bool = False  # recognised by its first lines, whatever the name of the file
    mismatch: ErrorCode = ErrorCode.CAPTION_FORMAT  # of a file that has the extension and is in no format

    @property
    def extension(self) -> str:
        return self.extensions[0]


# The best known ones first. Files are tried in this order, too, behind formats with a signature.
CAPTION_FORMATS = (
    CaptionFormat(
        "WebVTT",
        ("vtt", "webvtt"),
        "text/vtt",
        vtt.has_vtt_header,
        vtt.parse_vtt,
        lambda cues, _language: vtt.write_vtt(cues),
        has_signature=True,
        mismatch=ErrorCode.CAPTION_NO_HEADER,
    ),
    CaptionFormat(
        "SubRip", ("srt",), "application/x-subrip",
        srt.has_subrip_timing, srt.parse_srt, lambda cues, _language: srt.write_srt(cues),
    ),
    CaptionFormat(
        "TTML", ("ttml", "dfxp", "xml", "imsc", "itt"), "application/ttml+xml",
        ttml.has_ttml_root, ttml.parse_ttml, write_ttml, has_signature=True,
    ),
    CaptionFormat(
        "SubStation Alpha", ("ass", "ssa"), "text/x-ssa", ass.has_ass_section, ass.parse_ass, has_signature=True
    ),
    CaptionFormat("SAMI", ("smi", "sami"), "text/html", sami.has_sami_sync, sami.parse_sami, has_signature=True),
    CaptionFormat("SBV", ("sbv", "sub"), "text/plain", sbv.has_sbv_timing, sbv.parse_sbv),
    CaptionFormat("MicroDVD", ("sub",), "text/plain", one_line.has_microdvd_line, one_line.parse_microdvd),
    CaptionFormat("MPL2", ("mpl", "mpl2"), "text/plain", one_line.has_mpl2_line, one_line.parse_mpl2),
    CaptionFormat("SubViewer", ("sub",), "text/plain", sbv.has_subviewer_time, sbv.parse_subviewer),
    CaptionFormat("LRC", ("lrc",), "text/plain", one_line.has_lrc_line, one_line.parse_lrc),
    CaptionFormat("TMPlayer", ("tmp",), "text/plain", one_line.has_tmplayer_line, one_line.parse_tmplayer),
    CaptionFormat(
        "TXT", ("txt",), "text/plain", write=lambda cues, _language: write_plain_text(cues)
    ),
)  # fmt: skip
UPLOAD_FORMATS = tuple(each for each in CAPTION_FORMATS if each.parse)
DOWNLOAD_FORMATS = tuple(each for each in CAPTION_FORMATS if each.write)
WELL_KNOWN_FORMATS = CAPTION_FORMATS[:4]
RECOMMENDED_FORMATS = tuple(each for each in DOWNLOAD_FORMATS if each.extension in ("vtt", "srt"))


def recognise_format(text: str, filename: str) -> tuple[CaptionFormat, bool]:
    """The format of a caption file, and whether its name says so or names none of ours. What is in the file decides.

    Raises MediaError: caption_format, caption_no_header.
    """
    extension = PurePath(filename.lower()).suffix.removeprefix(".")
    named = [each for each in UPLOAD_FORMATS if extension in each.extensions]
    signed = [each for each in UPLOAD_FORMATS if each.has_signature]
    for caption_format in dict.fromkeys((*signed, *named, *UPLOAD_FORMATS)):
        if caption_format.recognise and caption_format.recognise(text):
            return caption_format, caption_format in named or not named
    raise MediaError(named[0].mismatch if named else ErrorCode.CAPTION_FORMAT)


def caption_format_of(extension: str) -> CaptionFormat:
    """The format that is written with this extension (without a dot). Raises KeyError for an unknown one."""
    return {each.extension: each for each in DOWNLOAD_FORMATS}[extension]


def caption_format_list(language: str | None, formats: Iterable[CaptionFormat] = RECOMMENDED_FORMATS) -> str:
    """Formats as a phrase: "WebVTT (.vtt) or SubRip (.srt)". `language` is a code of Django; None means English."""
    locale = Locale.parse(language or "en", sep="-")
    return format_list(_names(formats, locale), style="or", locale=locale)


def well_known_formats(language: str | None) -> str:
    """Those that people know by name: "WebVTT (.vtt) · SubRip (.srt) · ..."."""
    names = _names(WELL_KNOWN_FORMATS, Locale.parse(language or "en", sep="-"))
    return " · ".join(name.replace(" ", "\u00a0") for name in names)


def _names(formats: Iterable[CaptionFormat], locale: Locale) -> list[str]:
    names = [f"{each.name} (.{each.extension})" for each in formats]
    if locale.text_direction == "rtl":
        return [f"\u2068{name}\u2069" for name in names]  # isolated, or the dot moves to the other side
    return names
