"""SubRip, which nobody standardised: read tolerantly, written so that every player reads it.

SubRip knows the tags b, i and u (and font, which we drop), no escapes and no settings.
"""

import re
from collections.abc import Iterable

from media_pipeline.captions import cue_text, timing
from media_pipeline.captions.cues import CaptionNote, Cue, RawCaptions, RawCue
from media_pipeline.ffmpeg.errors import WarningCode

_SHARED_TAG = re.compile(r"(</?[biu]>)")
_OTHER_TAG = re.compile(r"<(?!/?[biu]>)[^<>]*>")
_ENTITY_LIKE = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?]|[0-9:.]+>)")


def has_subrip_timing(text: str) -> bool:
    """Whether a line has the two times of a cue: SubRip has no header."""
    return any(timing.parse_cue_timing(line) for line in text.split("\n"))


def parse_srt(text: str) -> RawCaptions:
    """Cues as they are in a SubRip text with `\n` line ends, not yet cleaned or sorted.

    A cue reaches from its times to the next ones: files with blank lines inside a cue, or with none between two cues,
    are common. A number right above the times is the number of their cue, where numbers are expected.
    """
    lines = text.split("\n")
    found = timing.find_timing_lines(lines)
    cues: list[RawCue] = []
    notes: list[CaptionNote] = []
    number = _number_above(lines, found[0].index, -1) if found else None  # above the first is no text
    for each, following in zip(found, [*(later.index for later in found[1:]), None], strict=False):
        times = each.timing
        body, number = lines[each.index + 1 : following], None if number is None else number + 1
        if following is not None:
            above = _number_above(lines, following, number)
            body = body if above is None else body[: len(body) - 1 - _blank_lines(body)]
            number = above if above is not None else number
        cues.append(
            RawCue(times.start_ms, times.end_ms, "\n".join(body).strip("\n"))
        )  # X1:.. Y1:.. behind the times is dropped
        if not times.is_exact and None not in (times.start_ms, times.end_ms):
            notes.append(CaptionNote(WarningCode.CAPTION_SYNTAX, times.start_ms))
    if any(each.timing.in_frames for each in found):
        notes.append(CaptionNote(WarningCode.CAPTION_FRAME_RATE))
    return RawCaptions(cues, tuple(notes))


def _number_above(lines: list[str], index: int, expected: int | None) -> int | None:
    """The number of the cue whose times are at this line; None where the line above is none, or is part of a text."""
    blank = _blank_lines(lines[max(0, index - 3) : index])
    above = index - 1 - blank
    if above < 0 or not timing.is_cue_number(lines[above]):
        return None
    value = int(lines[above].strip("\ufeff\u200e\u200f\u202a\u202b\u202c "))
    stands_alone = above == 0 or not lines[above - 1].strip()
    return value if value == expected or (stands_alone and (not blank or expected is not None)) else None


def _blank_lines(lines: list[str]) -> int:
    """How many of the last lines are blank."""
    count = 0
    while count < len(lines) and not lines[-1 - count].strip():
        count += 1
    return count


def write_srt(cues: Iterable[Cue]) -> str:
    """A SubRip file of these cues, with b, i and u; speakers, classes, languages and positions are left out."""
    parts: list[str] = []
    for cue in cues:
        if text := _body(cue_text.clean_cue_text(cue.text)):
            span = timing.format_cue_timing(cue.start_ms, cue.end_ms, ",")
            parts.append(f"{len(parts) + 1}\n{span}\n{text}\n")
    return "\n".join(parts)


def _body(text: str) -> str:
    """Canonical cue text as SubRip. Players show entities as they are, so words are unescaped wherever they
    cannot be taken for markup; there the entity stays, for a player that renders HTML must not get a tag."""
    parts = _SHARED_TAG.split(cue_text.clean_cue_text(_OTHER_TAG.sub("", text)))  # words and tags in turn
    for index in range(0, len(parts), 2):
        words = _ENTITY_LIKE.sub("&amp;", cue_text.plain_cue_text(parts[index]))
        parts[index] = _TAG_LIKE.sub("&lt;", words).replace(timing.CUE_ARROW, "--&gt;")
    return "".join(parts)
