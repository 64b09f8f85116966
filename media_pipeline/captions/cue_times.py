"""Cues as they were in a file become cues that a player can show: cleaned, with possible times, in order.

A time that cannot be right is taken from the cues around it: the words are worth more than the typing error.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from media_pipeline.captions import cue_text
from media_pipeline.captions.cues import (
    DEFAULT_CUE_MS,
    MAX_CUE_CHARS,
    MAX_CUE_MS,
    MAX_CUES,
    CaptionNote,
    Cue,
    RawCue,
    clean_cue_settings,
)
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

MAX_ALONE_MS = 10 * 60 * 1000
"""How long a cue may stay when others come meanwhile: a longer one has a wrong end."""

STRAY_MS = 3600 * 1000
"""How much later than its neighbours in the file a cue starts whose times are wrong, and which is not out of order."""

_BY_TIME = attrgetter("start_ms", "end_ms")


def normalise_cues(raw: list[RawCue]) -> tuple[tuple[Cue, ...], tuple[CaptionNote, ...]]:
    """Clean, check and sort cues as they were in a file; a note for each whose time had to be repaired.

    Cues may overlap, two people may speak.

    Raises MediaError: caption_times when most cues have no possible time, caption_too_large, caption_empty.
    """
    cleaned = (replace(cue, text=cue_text.clean_cue_text(cue.text)) for cue in raw)
    spoken = list(islice((cue for cue in cleaned if cue.text), MAX_CUES + 1))  # one too many is enough to refuse them
    if not spoken:
        raise MediaError(ErrorCode.CAPTION_EMPTY)
    if len(spoken) > MAX_CUES or any(len(cue.text) > MAX_CUE_CHARS for cue in spoken):
        raise MediaError(ErrorCode.CAPTION_TOO_LARGE, f"at most {MAX_CUES} cues of {MAX_CUE_CHARS} characters")
    spoken, strayed = _without_strays(spoken)
    starts, moved = _plausible_starts(spoken)
    if 2 * sum(start is None for start in starts) > len(starts):
        raise MediaError(ErrorCode.CAPTION_TIMES, "most cues have no time, or are more than a day into the clip")
    known = _filled(starts, spoken)
    ends, cut = _plausible_ends(spoken, known)
    cues = [
        Cue(start, end, cue.text, clean_cue_settings(cue.settings))
        for cue, start, end in zip(spoken, known, ends, strict=True)
    ]
    late = (index for index in range(1, len(known)) if known[index] < known[index - 1])
    notes = tuple(
        CaptionNote(WarningCode.CAPTION_TIMES, known[index]) for index in sorted({*strayed, *moved, *cut, *late})
    )
    return tuple(sorted(cues, key=_BY_TIME)), notes


def _without_strays(cues: list[RawCue]) -> tuple[list[RawCue], set[int]]:
    """The cues, without the times of those that are hours later than their neighbours on both sides in the file."""
    kept, strayed = list(cues), set()
    for index in range(1, len(cues) - 1):
        before, start, after = (each.start_ms for each in cues[index - 1 : index + 2])
        if before is None or start is None or after is None:
            continue
        if before <= after < start - STRAY_MS:
            kept[index] = replace(cues[index], start_ms=None, end_ms=None)
            strayed.add(index)
    return kept, strayed


def _plausible_starts(cues: list[RawCue]) -> tuple[list[int | None], set[int]]:
    """The start of each cue, None where it must be taken from its neighbours; which of them were changed."""
    starts: list[int | None] = []
    moved: set[int] = set()
    for index, cue in enumerate(cues):
        start, end = cue.start_ms, _possible(cue.end_ms)
        if start is not None and start < 0 <= (end or 0):
            start = 0
        elif start is None or start > MAX_CUE_MS or _is_misplaced(cues, index):
            start = None
        if start != cue.start_ms or start is None:
            moved.add(index)
        starts.append(start)
    return starts, moved


def _possible(time: int | None) -> int | None:
    return time if time is not None and 0 <= time <= MAX_CUE_MS else None


def _is_misplaced(cues: list[RawCue], index: int) -> bool:
    """Whether the end of a cue fits between its neighbours in the file, and its start is later than that end."""
    start, end = cues[index].start_ms, _possible(cues[index].end_ms)
    if start is None or end is None or start <= end or not 0 < index < len(cues) - 1:
        return False
    before, after = cues[index - 1].end_ms, cues[index + 1].start_ms
    return before is not None and after is not None and before < end <= after < start


def _filled(starts: list[int | None], cues: list[RawCue]) -> list[int]:
    """Starts without gaps: shortly before the cue's own end where that is known, else behind the cue before."""
    filled: list[int] = []
    for start, cue in zip(starts, cues, strict=True):
        if start is None:
            end, index = _possible(cue.end_ms), len(filled)
            earliest = filled[-1] + 1 if filled else 0
            previous_end = _possible(cues[index - 1].end_ms) if filled else None
            if previous_end is not None and (end is None or previous_end < end):
                earliest = max(earliest, previous_end)
            start = earliest if end is None else max(earliest, end - DEFAULT_CUE_MS)
        filled.append(min(start, MAX_CUE_MS))
    return filled


def _plausible_ends(cues: list[RawCue], starts: list[int]) -> tuple[list[int], set[int]]:
    """The end of each cue, and which of them were changed.

    An end that is impossible becomes the start of the next cue, at most two seconds after the own start.
    """
    following = _next_later(starts)
    ends: list[int] = []
    changed: set[int] = set()
    for index, cue in enumerate(cues):
        start, end, after = starts[index], cue.end_ms, following(starts[index])
        stays_too_long = end is not None and after is not None and end - start > MAX_ALONE_MS and after < end
        if end is None or not start < end <= MAX_CUE_MS or stays_too_long:
            changed.add(index)
            end = min(start + DEFAULT_CUE_MS, start + DEFAULT_CUE_MS if after is None else after)
        ends.append(end)
    return ends, changed


def _next_later(starts: list[int]) -> Callable[[int], int | None]:
    """A function that tells the first start after a time."""
    ordered = sorted(set(starts))
    later = dict(zip(ordered, [*ordered[1:], None], strict=True))
    return later.__getitem__
