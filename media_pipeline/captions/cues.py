"""Cues: the words of a clip with their times, as every caption format is read into and written from."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from media_pipeline.captions import cue_text
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

MAX_CAPTION_BYTES = 2 << 20  # an hour of dense captions is 150 kB
MAX_CUE_MS = 24 * 3600 * 1000  # clips have 4 h at most; a day leaves space for broadcast time codes
MAX_CUES = 20_000  # five a second for more than an hour
MAX_CUE_CHARS = 4_000  # characters of one cue, markup included
DEFAULT_CUE_MS = 2_000  # how long a cue is shown whose end is not after its start
_BY_TIME = attrgetter("start_ms", "end_ms")


@dataclass(frozen=True)
class Cue:
    """One caption. Times in milliseconds from the start of the clip, `text` canonical (see `cue_text`),
    `settings` the WebVTT cue settings that are kept ("line:0 align:start"), in fixed order."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""


@dataclass(frozen=True)
class ParsedCaptions:
    """A caption file as read: cues sorted by time, what had to be put right, and the encoding it was in."""

    cues: tuple[Cue, ...]
    warnings: tuple[WarningCode, ...] = ()
    encoding: str = "utf-8"


def normalise_cues(raw: Iterable[Cue]) -> tuple[tuple[Cue, ...], bool]:
    """Clean, check and sort cues as they were in a file; True beside them when times had to be repaired.

    A cue that ends before it starts keeps its start and its words, until the next cue or for two seconds:
    the words are worth more than the typing error. Cues may overlap, two people may speak.

    Raises MediaError: caption_times beyond a day, caption_too_large, caption_empty.
    """
    cleaned = (
        replace(cue, text=cue_text.clean_cue_text(cue.text), settings=clean_cue_settings(cue.settings)) for cue in raw
    )
    cues = [cue for cue in cleaned if cue.text]
    if not cues:
        raise MediaError(ErrorCode.CAPTION_EMPTY)
    if len(cues) > MAX_CUES or any(len(cue.text) > MAX_CUE_CHARS for cue in cues):
        raise MediaError(ErrorCode.CAPTION_TOO_LARGE, f"at most {MAX_CUES} cues of {MAX_CUE_CHARS} characters")
    if any(cue.start_ms > MAX_CUE_MS or cue.end_ms > MAX_CUE_MS for cue in cues):
        raise MediaError(ErrorCode.CAPTION_TIMES, "a cue is more than a day into the clip")
    starts = sorted(cue.start_ms for cue in cues)
    repaired = starts != [cue.start_ms for cue in cues]
    cues.sort(key=_BY_TIME)
    for index, cue in enumerate(cues):
        if cue.end_ms <= cue.start_ms:
            after = bisect_right(starts, cue.start_ms)
            cues[index] = replace(cue, end_ms=min([cue.start_ms + DEFAULT_CUE_MS, *starts[after : after + 1]]))
            repaired = True
    return tuple(sorted(cues, key=_BY_TIME)), repaired


_PERCENT = r"(?:100(?:\.0{1,3})?|[0-9]{1,2}(?:\.[0-9]{1,3})?)%"
# https://www.w3.org/TR/webvtt1/#webvtt-cue-settings without `region`, whose blocks are dropped.
_SETTINGS = {
    "vertical": re.compile(r"rl|lr"),
    "line": re.compile(rf"(?:-?[0-9]{{1,3}}|{_PERCENT})(?:,(?:start|center|end))?"),
    "position": re.compile(rf"{_PERCENT}(?:,(?:line-left|center|line-right))?"),
    "size": re.compile(_PERCENT),
    "align": re.compile(r"start|center|end|left|right"),
}


def clean_cue_settings(settings: str) -> str:
    """The WebVTT cue settings that the standard knows, each once, in fixed order."""
    found: dict[str, str] = {}
    for part in settings.split():
        name, _, value = part.partition(":")
        value = "center" if (name, value) == ("align", "middle") else value  # the name of 2013's draft
        if name in _SETTINGS and _SETTINGS[name].fullmatch(value):
            found[name] = value
    return " ".join(f"{name}:{found[name]}" for name in _SETTINGS if name in found)
