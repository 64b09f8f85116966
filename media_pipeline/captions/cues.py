"""Cues: the words of a clip with their times, as every caption format is read into and written from."""

import re
from dataclasses import dataclass, field

from media_pipeline.ffmpeg.errors import WarningCode

MAX_CAPTION_BYTES = 2 << 20  # an hour of dense captions is 150 kB
MAX_CUE_MS = 24 * 3600 * 1000  # clips have 4 h at most; a day leaves space for broadcast time codes
MAX_CUES = 20_000  # five a second for more than an hour
MAX_CUE_CHARS = 4_000  # characters of one cue, markup included
DEFAULT_CUE_MS = 2_000  # how long a cue is shown whose end is not after its start


@dataclass(frozen=True)
class Cue:
    """One caption. Times in milliseconds from the start of the clip, `text` canonical (see `cue_text`),
    `settings` the WebVTT cue settings that are kept ("line:0 align:start"), in fixed order."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""


@dataclass(frozen=True)
class RawCue:
    """A cue as it is in a file: text of any kind; a time is None when the file has none that can be read."""

    start_ms: int | None
    end_ms: int | None
    text: str
    settings: str = ""


@dataclass(frozen=True)
class CaptionNote:
    """What was put right, and the start of the cue concerned in milliseconds; None where it concerns the file."""

    code: WarningCode
    at_ms: int | None = None


@dataclass(frozen=True)
class RawCaptions:
    """What a reader found in a file, in the order of the file."""

    cues: list[RawCue]
    notes: tuple[CaptionNote, ...] = ()


@dataclass(frozen=True)
class ParsedCaptions:
    """A caption file as read: cues sorted by time, what had to be put right (each code once; `notes` say where),
    the encoding it was in and the name of its format."""

    cues: tuple[Cue, ...]
    warnings: tuple[WarningCode, ...] = ()
    encoding: str = "utf-8"
    format_name: str = field(default="", compare=False)
    notes: tuple[CaptionNote, ...] = field(default=(), compare=False)


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
