"""Formats with times above each cue: SBV of a video site, and SubViewer.

SBV and SubViewer 2 have two times with a comma, SubViewer 1 has one in brackets, and a second one without text where
the cue ends.
"""

import re

from media_pipeline.captions.cues import RawCaptions, RawCue
from media_pipeline.captions.timing import parse_comma_timing
from media_pipeline.ffmpeg.timestamps import parse_timestamp

_SINGLE = re.compile(r"\[([0-9]{1,2}:[0-9]{2}:[0-9]{2})\]")
_BREAK = re.compile(r"\[br\]", re.IGNORECASE)
_SUBVIEWER_TAG = re.compile(r"\[(?:COLF|SIZE|FONT|STYLE|INFORMATION|SUBTITLE|END)\b[^\[\]]{0,200}\][^\[\]\n]{0,200}")


def has_sbv_timing(text: str) -> bool:
    """Whether a line is two times with a comma between them."""
    return any(parse_comma_timing(line) for line in text.split("\n"))


def parse_sbv(text: str) -> RawCaptions:
    """Cues of an SBV or SubViewer text: each reaches from its times to the next blank line before other times."""
    lines = text.split("\n")
    found = [(index, times) for index, line in enumerate(lines) if (times := parse_comma_timing(line))]
    cues = []
    for (index, (start, end)), following in zip(found, [*(later for later, _ in found[1:]), None], strict=False):
        body = "\n".join(lines[index + 1 : following])
        cues.append(RawCue(start, end, _BREAK.sub("\n", _SUBVIEWER_TAG.sub("", body))))
    return RawCaptions(cues)


def has_subviewer_time(text: str) -> bool:
    """Whether a line is one time of hours, minutes and seconds in brackets."""
    return any(_SINGLE.fullmatch(line.strip()) for line in text.split("\n"))


def parse_subviewer(text: str) -> RawCaptions:
    """Cues of a SubViewer 1 text."""
    lines = [line.strip() for line in text.split("\n")]
    found = [
        (index, parse_timestamp(match[1])) for index, line in enumerate(lines) if (match := _SINGLE.fullmatch(line))
    ]
    cues = []
    for (index, start), (following, end) in zip(found, [*found[1:], (None, None)], strict=False):
        body = "\n".join(lines[index + 1 : following]).replace("|", "\n")
        cues.append(RawCue(start, end, _SUBVIEWER_TAG.sub("", body)))
    return RawCaptions(cues)
