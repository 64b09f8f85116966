"""WebVTT, read for its cues and written back from them.

Of a file only cues survive: STYLE blocks can fetch (`url()`), REGION blocks move captions about, NOTE blocks
and the header's trailing text are no captions. https://www.w3.org/TR/webvtt1/
"""

import re
from collections.abc import Iterable

from media_pipeline.captions import cue_text, timing
from media_pipeline.captions.cues import CaptionNote, Cue, RawCaptions, RawCue, clean_cue_settings
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

_NOTE = re.compile(r"NOTE(?:[ \t]|$)")
_HEADER = re.compile(r"\s{0,100}WEBVTT(?:[ \t][^\n]*)?(?:\n|$)", re.IGNORECASE)
_TIMESTAMP = re.compile(r"<[0-9:.]{1,20}>")  # when a word of a cue is sung
_PLAIN_CLASS = re.compile(r"</?c>")  # what it is sung in
MAX_COMMENT_LINES = 200


def has_vtt_header(text: str) -> bool:
    """Whether the text starts as every WebVTT file must."""
    return _HEADER.match(text) is not None


def parse_vtt(text: str) -> RawCaptions:
    """Cues as they are in a WebVTT text with `\n` line ends, not yet cleaned or sorted.

    Raises MediaError(caption_no_header).
    """
    header = _HEADER.match(text)
    if header is None:
        raise MediaError(ErrorCode.CAPTION_NO_HEADER)
    lines = text[header.end() :].split("\n")
    found = [each for each in timing.find_timing_lines(lines) if not _is_in_comment(lines, each)]
    starts = {each.index for each in found}
    cues: list[RawCue] = []
    notes: list[CaptionNote] = []
    for each in found:
        times, body = each.timing, _body(lines, each.index + 1, starts)
        sung = _TIMESTAMP.sub("", body)
        cues.append(
            RawCue(times.start_ms, times.end_ms, body if sung == body else _PLAIN_CLASS.sub("", sung), times.rest)
        )
        if not times.is_exact and None not in (times.start_ms, times.end_ms):
            notes.append(CaptionNote(WarningCode.CAPTION_SYNTAX, times.start_ms))
        if sung != body:
            notes.append(CaptionNote(WarningCode.CAPTION_EFFECTS, times.start_ms))
    if any(each.timing.in_frames for each in found):
        notes.append(CaptionNote(WarningCode.CAPTION_FRAME_RATE))
    return RawCaptions(cues, tuple(notes))


def _is_in_comment(lines: list[str], found: timing.TimingLine) -> bool:
    """Whether a line that is not quite one with times is part of a comment: comments may draw arrows.

    One with good times always counts: browsers read what follows as a cue, and what they would show must pass through
    our cleaning.
    """
    if None not in (found.timing.start_ms, found.timing.end_ms) and not _NOTE.match(lines[found.index]):
        return False
    first = found.index
    while first > 0 and lines[first - 1].strip() and found.index - first < MAX_COMMENT_LINES:
        first -= 1
    return _NOTE.match(lines[first]) is not None


def _body(lines: list[str], first: int, starts: set[int]) -> str:
    """The lines of a cue: to the next blank line, or to the next line with times, whose identifier is left out.

    A line of nothing but spaces ends a cue where another cue or a block follows; a video site's automatic captions
    have such lines inside of cues.
    """
    last = first
    while last < len(lines) and last not in starts and lines[last]:
        if not lines[last].strip() and _begins_anew(lines, last + 1, starts):
            break
        last += 1
    return "\n".join(lines[first:last])


def _begins_anew(lines: list[str], index: int, starts: set[int]) -> bool:
    following = lines[index : index + 2]
    opens_block = bool(following) and (_NOTE.match(following[0]) or following[0].strip() in ("STYLE", "REGION"))
    return not following or bool(opens_block) or not starts.isdisjoint((index, index + 1)) or not following[0].strip()


def write_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file of these cues. Text and settings are cleaned again: what is stored may be older than the rules."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        if text := cue_text.clean_cue_text(cue.text):
            span = timing.format_cue_timing(cue.start_ms, cue.end_ms)
            parts.append(f"{span} {clean_cue_settings(cue.settings)}".rstrip() + f"\n{text}\n")
    return "\n".join(parts)
