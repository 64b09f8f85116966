"""Formats that have a cue on each line: MicroDVD, MPL2, TMPlayer and LRC.

None of them was ever written down as a standard. `|` divides the lines of a cue, MicroDVD has tags in braces, and where
a format has no ends a cue stays until the next one, or as long as it takes to read it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from media_pipeline.captions.cues import CaptionNote, RawCaptions, RawCue
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.timestamps import parse_timestamp

FRAME_RATE = Fraction(25)  # pictures a second of a MicroDVD file that does not say
READ_MS_PER_CHAR = 70  # 14 characters a second are read with ease
READ_MS = 1_500

_MICRODVD = re.compile(r"\{([0-9]{1,9})\}\{([0-9]{0,9})\}(.*)")
_MICRODVD_TAG = re.compile(r"\{([A-Za-z]):([^{}]{0,200})\}")
_RATE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")
_MPL2 = re.compile(r"\[([0-9]{1,9})\]\[([0-9]{0,9})\](.*)")
_TMPLAYER = re.compile(r"([0-9]{1,2}:[0-9]{2}:[0-9]{2})(?:,[0-9])?[:=](.*)")
_LRC_TIME = re.compile(r"\[([0-9]{1,3}:[0-9]{1,2}(?:[.:][0-9]{1,3})?)\]")
_LRC_WORD = re.compile(r"<[0-9]{1,3}:[0-9]{1,2}(?:[.:][0-9]{1,3})?>")
_LRC_OFFSET = re.compile(r"\[offset: {0,3}([+-]?[0-9]{1,7})\]", re.IGNORECASE)


def has_microdvd_line(text: str) -> bool:
    """Whether a line begins with two numbers in braces."""
    return any(_MICRODVD.match(line.strip()) for line in text.split("\n"))


def has_mpl2_line(text: str) -> bool:
    """Whether a line begins with two numbers in brackets."""
    return any(_MPL2.match(line.strip()) for line in text.split("\n"))


def has_tmplayer_line(text: str) -> bool:
    """Whether a line begins with a time and a colon."""
    return any(_TMPLAYER.match(line.strip()) for line in text.split("\n"))


def has_lrc_line(text: str) -> bool:
    """Whether a line begins with a time in brackets."""
    return any(_LRC_TIME.match(line.strip()) for line in text.split("\n"))


def parse_microdvd(text: str) -> RawCaptions:
    """Cues of a MicroDVD text. Times are pictures; `{1}{1}23.976` as the first cue says how many make a second."""
    rate: Fraction | None = None
    cues: list[tuple[int, int | None, str]] = []
    for line in text.split("\n"):
        match = _MICRODVD.match(line.strip())
        if match is None:
            continue
        start, end, words = match.groups()
        said = _RATE.fullmatch(words.strip()) if not cues and int(start) < 2 else None
        if said and 1 <= Fraction(said.group().replace(",", ".")) <= 300:
            rate = Fraction(said.group().replace(",", "."))
            continue
        cues.append((int(start), int(end) if end else None, "\n".join(map(_microdvd_line, words.split("|")))))
    frame_ms = float(1000 / (rate or FRAME_RATE))  # as exact as milliseconds, and much quicker than a fraction
    raw = [
        RawCue(round(start * frame_ms), None if end is None else round(end * frame_ms), body)
        for start, end, body in cues
    ]
    return RawCaptions(raw, () if rate else (CaptionNote(WarningCode.CAPTION_FRAME_RATE),))


def _microdvd_line(line: str) -> str:
    styles = [match[2].lower() for match in _MICRODVD_TAG.finditer(line) if match[1].lower() == "y"]
    line = _MICRODVD_TAG.sub("", line)
    line = f"<i>{line[1:]}</i>" if line.startswith("/") else line
    for name in ("i", "b", "u"):
        line = f"<{name}>{line}</{name}>" if any(name in style for style in styles) else line
    return line


def parse_mpl2(text: str) -> RawCaptions:
    """Cues of an MPL2 text. Times are tenths of a second; a line that begins with `/` is italic."""
    cues = []
    for match in filter(None, (_MPL2.match(line.strip()) for line in text.split("\n"))):
        lines = (f"<i>{line[1:]}</i>" if line.startswith("/") else line for line in match[3].split("|"))
        cues.append(RawCue(int(match[1]) * 100, int(match[2]) * 100 if match[2] else None, "\n".join(lines)))
    return RawCaptions(cues)


def parse_tmplayer(text: str) -> RawCaptions:
    """Cues of a TMPlayer text: whole seconds, no ends."""
    found = filter(None, (_TMPLAYER.match(line.strip()) for line in text.split("\n")))
    return RawCaptions(_with_ends(RawCue(parse_timestamp(each[1]), None, each[2].replace("|", "\n")) for each in found))


def parse_lrc(text: str) -> RawCaptions:
    """Cues of an LRC text: a line may have several times, `[offset:+500]` lets all come half a second earlier."""
    offset_tag = _LRC_OFFSET.search(text)
    offset = int(offset_tag[1]) if offset_tag else 0
    cues: list[RawCue] = []
    notes: list[CaptionNote] = []
    for line in text.split("\n"):
        rest, times = line.strip(), []
        position = 0
        while match := _LRC_TIME.match(rest, position):
            times.append(_lrc_time(match[1]) - offset)
            position = match.end()
        words = _LRC_WORD.sub("", rest[position:])
        cues += [RawCue(time, None, words) for time in times]
        if times and words != rest[position:]:
            notes.append(CaptionNote(WarningCode.CAPTION_EFFECTS, times[0]))
    return RawCaptions(_with_ends(sorted(cues, key=lambda cue: cue.start_ms or 0)), tuple(notes))


def _lrc_time(text: str) -> int:
    """Milliseconds of `mm:ss`, `mm:ss.xx` or `mm:ss:xx`, with more than an hour of minutes."""
    minutes, seconds, *fraction = text.replace(".", ":").split(":")
    return (int(minutes) * 60 + int(seconds)) * 1000 + int((fraction[0] if fraction else "0").ljust(3, "0"))


def _with_ends(cues: Iterable[RawCue]) -> list[RawCue]:
    """Cues with ends: the start of the next cue, an empty one included, at most the time it takes to read."""
    found = list(cues)
    following = [*(cue.start_ms for cue in found[1:]), None]
    return [_with_end(cue, after) for cue, after in zip(found, following, strict=False)]


def _with_end(cue: RawCue, following: int | None) -> RawCue:
    if cue.start_ms is None:
        return cue
    read = cue.start_ms + READ_MS + READ_MS_PER_CHAR * len(cue.text)
    return replace(cue, end_ms=min(read, following) if following is not None and following > cue.start_ms else read)
