"""Automatic captions that roll: each line comes when it is spoken, again above the next one, and between the two.

A player with its own window shows that as two lines that move up; elsewhere each line is read three times. Here each
line becomes one cue, from when it first appears to when the next one takes its place.
"""

from collections.abc import Sequence
from dataclasses import replace

from media_pipeline.captions.cue_text import plain_cue_text
from media_pipeline.captions.cues import CaptionNote, Cue
from media_pipeline.ffmpeg.errors import WarningCode

MAX_GAP_MS = 150  # between two cues of which the later one continues the earlier
MIN_SHARE = 0.5  # of the cues of a file must go on with the line before, or it does not roll


def merge_rolling_cues(cues: Sequence[Cue]) -> tuple[tuple[Cue, ...], tuple[CaptionNote, ...]]:
    """The cues with each line once, and a note for each that was repeated; the cues as they are if they do not roll.

    ``cues`` are sorted and clean.
    """
    lines = [cue.text.split("\n") for cue in cues]
    words = [[plain_cue_text(line).strip() for line in each] for each in lines]
    if not _rolls(cues, words):
        return tuple(cues), ()
    merged: list[Cue] = []
    notes: list[CaptionNote] = []
    for index, cue in enumerate(cues):
        shown = words[index - 1] if index and _follows(cues[index - 1], cue) else []
        repeated = _repeated(shown, words[index])
        grown = not repeated and _grows(shown, words[index])
        if grown:
            merged[-1] = replace(merged[-1], text=cue.text, end_ms=cue.end_ms)
        elif repeated == len(words[index]):
            merged[-1] = replace(merged[-1], end_ms=max(cue.end_ms, merged[-1].end_ms))
        else:
            merged.append(replace(cue, text="\n".join(lines[index][repeated:]), settings=""))
        if repeated or grown:
            notes.append(CaptionNote(WarningCode.CAPTION_REPEATS, cue.start_ms))
    return tuple(merged), tuple(notes)


def _rolls(cues: Sequence[Cue], words: list[list[str]]) -> bool:
    """Whether most cues go on with a line of the cue before, and some add a line to it: a chorus only repeats."""
    repeats = moves = 0
    for index in range(1, len(cues)):
        if not _follows(cues[index - 1], cues[index]):
            continue
        repeated = _repeated(words[index - 1], words[index])
        grown = _grows(words[index - 1], words[index])
        repeats += bool(repeated) or grown
        moves += 0 < repeated < len(words[index]) or grown
    return moves > 0 and repeats >= 2 and repeats >= MIN_SHARE * (len(cues) - 1)


def _follows(before: Cue, after: Cue) -> bool:
    return abs(after.start_ms - before.end_ms) <= MAX_GAP_MS


def _repeated(before: list[str], after: list[str]) -> int:
    """How many of the first lines of a cue are the last ones of the cue before."""
    for count in range(min(len(before), len(after), 4), 0, -1):
        if before[-count:] == after[:count]:
            return count
    return 0


def _grows(before: list[str], after: list[str]) -> bool:
    """Whether a cue is the one before with more words: live captions come word by word."""
    if not before or len(before) != len(after) or before[:-1] != after[:-1]:
        return False
    return after[-1].startswith(f"{before[-1]} ")
