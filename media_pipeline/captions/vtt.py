"""WebVTT, read for its cues and written back from them.

Of a file only cues survive: STYLE blocks can fetch (`url()`), REGION blocks move captions about, NOTE blocks
and the header's trailing text are no captions. https://www.w3.org/TR/webvtt1/
"""

import re
from collections.abc import Iterable, Iterator

from media_pipeline.captions import cue_text, timing
from media_pipeline.captions.cues import Cue, clean_cue_settings
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError

_NOTE = re.compile(r"NOTE(?:[ \t]|$)")
_HEADER = re.compile(r"WEBVTT(?:[ \t][^\n]*)?(?:\n|$)")


def has_vtt_header(text: str) -> bool:
    """Whether the text starts as every WebVTT file must."""
    return _HEADER.match(text) is not None


def parse_vtt(text: str) -> tuple[list[Cue], bool]:
    """Cues as they are in a WebVTT text with `\\n` line ends, not yet cleaned or sorted; True beside them
    when an arrow line could not be read and its cue was left out.

    Raises MediaError(caption_no_header).
    """
    header = _HEADER.match(text)
    if header is None:
        raise MediaError(ErrorCode.CAPTION_NO_HEADER)
    cues: list[Cue] = []
    unreadable = False
    for block in _blocks(text[header.end() :]):
        arrow = next((index for index, line in enumerate(block) if timing.CUE_ARROW in line), None)
        if arrow is None:
            continue  # NOTE, STYLE, REGION, header metadata, or words without a time
        times = timing.parse_cue_timing(block[arrow])
        if times is None:
            unreadable = unreadable or not _NOTE.match(block[0])  # a comment may draw arrows
            continue
        cues.append(Cue(times.start_ms, times.end_ms, "\n".join(block[arrow + 1 :]), times.rest))
    return cues, unreadable


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines between blank ones; a second arrow line starts a new block, as in the standard.

    NOTE, STYLE and REGION blocks may hold anything but an arrow, so one that does is cut there, too: browsers
    read what follows as a cue, and what they would show must pass through our cleaning.
    """
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if not line.strip() or (timing.CUE_ARROW in line and any(timing.CUE_ARROW in held for held in block)):
            if block:
                yield block
            block = []
        if line.strip():
            block.append(line)


def write_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file of these cues. Text and settings are cleaned again: what is stored may be older than the rules."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        if text := cue_text.clean_cue_text(cue.text):
            span = timing.format_cue_timing(cue.start_ms, cue.end_ms)
            parts.append(f"{span} {clean_cue_settings(cue.settings)}".rstrip() + f"\n{text}\n")
    return "\n".join(parts)
