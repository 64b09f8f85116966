"""The line with the two times of a cue: `00:00:01.000 --> 00:00:02.500 align:start`, and what people type instead.

Digits of any alphabet, marks of writing direction around the times, `->`, `=>`, `–>`, `→`, `<--` or a single dash for
the arrow, any of `:.,;` between the numbers.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from media_pipeline.ffmpeg.timestamps import format_timestamp, parse_timestamp

CUE_ARROW = "-->"
# Digits of every alphabet, and what stands around times without being seen.
_PLAIN: dict[int, str | int | None] = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, sys.maxunicode + 1)
    if unicodedata.category(chr(code)) == "Nd"
}
_PLAIN |= dict.fromkeys((0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_PLAIN |= {
    0x66B: ",",
    0x60C: ",",
    0xFF1A: ":",
    0xFF0C: ",",
    0xFF0E: ".",
    0xA0: " ",
    0x2009: " ",
    0x202F: " ",
    0x09: " ",
}
_ARROW = re.compile(r"[-=~‐-―−]{0,4} ?(?:>|›|»|→|⟶|➔|➜|⇒|&gt;)|(?:<|‹|«|←|⟵|⇐|&lt;) ?[-=~‐-―−]{0,4}|[-=~‐-―−]{1,4}")
_TIME = re.compile(r"(-?)([0-9]{1,12}(?: ?[:.,;'] ?[0-9]{1,12}){1,3})(?![0-9:])")
_COMMA_TIMES = re.compile(
    r"([0-9]{1,3}:[0-9]{1,2}:[0-9]{1,2}[.,][0-9]{1,3}) ?[,;] ?([0-9]{1,3}:[0-9]{1,2}:[0-9]{1,2}[.,][0-9]{1,3})"
)
_NUMBER = re.compile(r"[0-9]+")
MAX_TIME = 40  # characters before an arrow that may be meant as a time
FRAME_MS = 40  # at 25 pictures a second, which is what `00:00:01:12` counts where nobody says more
MAX_LINE = 1_000  # characters of a line that may hold times; settings and coordinates behind them need fewer


@dataclass(frozen=True)
class CueTiming:
    """Start and end in milliseconds, None for one that cannot be read, and the rest of the line (cue settings in
    WebVTT). `is_exact` tells whether the line is written as the standard wants it, `in_frames` whether a time counts
    pictures after the seconds."""

    start_ms: int | None
    end_ms: int | None
    rest: str
    is_exact: bool = True
    in_frames: bool = False


@dataclass(frozen=True)
class TimingLine:
    """A line of a file that holds the times of a cue, by its number from 0."""

    index: int
    timing: CueTiming


def parse_cue_timing(line: str) -> CueTiming | None:
    """The times of a line that has two; None when it has not. One of them may be unreadable, then it is None."""
    if len(line) > MAX_LINE:
        return None
    plain = line.translate(_PLAIN).strip()
    first = _TIME.match(plain)
    if first is None:
        before, arrow, behind = plain.partition(CUE_ARROW)
        second = _TIME.match(behind.strip()) if arrow and len(before) < MAX_TIME else None
        return CueTiming(None, _milliseconds(second), _rest(behind.strip(), second), False) if second else None
    behind = plain[first.end() :].lstrip()
    arrow_match = _ARROW.match(behind)
    if arrow_match is None:
        return None
    behind = behind[arrow_match.end() :].lstrip()
    second = _TIME.match(behind)
    if second is None and arrow_match.group() != CUE_ARROW:
        return None
    start, end = _milliseconds(first), _milliseconds(second)
    if start is not None and end is not None and start > end and arrow_match.group()[0] in "<‹«←⟵⇐&":
        start, end = end, start  # typed from right to left
    is_exact = arrow_match.group() == CUE_ARROW and None not in (start, end) and plain == line.strip(" \t")
    return CueTiming(start, end, _rest(behind, second), is_exact, _counts_frames(first) or _counts_frames(second))


def parse_any_time(text: str) -> int | None:
    """The time that a short text is, whatever is between its numbers; None when it is none."""
    return _milliseconds(_match_time(text))


def counts_frames(text: str) -> bool:
    """Whether a time (`parse_any_time`) counts pictures after the seconds."""
    return _counts_frames(_match_time(text))


def _match_time(text: str) -> re.Match[str] | None:
    return _TIME.fullmatch(text[:MAX_TIME].translate(_PLAIN).strip())


def parse_comma_timing(line: str) -> tuple[int | None, int | None] | None:
    """The two times of a line that is nothing else, with a comma between them: `0:00:01.000,0:00:02.000`."""
    if len(line) > MAX_LINE:
        return None
    match = _COMMA_TIMES.fullmatch(line.translate(_PLAIN).strip())
    return (parse_timestamp(match[1]), parse_timestamp(match[2])) if match else None


def _rest(behind: str, second: re.Match[str] | None) -> str:
    return behind[second.end() :].strip() if second else ""


def _milliseconds(match: re.Match[str] | None) -> int | None:
    """A time whose numbers are separated by any of `:.,;'`; below 0 with a minus before it; None for no time."""
    if match is None:
        return None
    text = match.group(2).replace(" ", "")
    time = parse_timestamp(text)
    numbers = _NUMBER.findall(text)
    if _counts_frames(match):
        seconds = parse_timestamp(":".join(numbers[:3]))
        time = None if seconds is None else seconds + min(int(numbers[3]) * FRAME_MS, 999)
    if time is None and (len(numbers) == 4 or (len(numbers) == 3 and len(numbers[2]) == 3)):
        time = parse_timestamp(f"{':'.join(numbers[:-1])}.{numbers[-1][:9]}")
    if time is None and len(numbers) in (2, 3):
        time = parse_timestamp(":".join(numbers))
    return -time if time and match.group(1) else time


def _counts_frames(match: re.Match[str] | None) -> bool:
    """Whether a time has four numbers of which the last are pictures: `00:00:01:12`."""
    text = match.group(2).replace(" ", "") if match else ""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 4 or parse_timestamp(text) is not None:
        return False
    return len(numbers[3]) < 3 and text[-len(numbers[3]) - 1] in ":;"


def find_timing_lines(lines: list[str]) -> list[TimingLine]:
    """Every line that holds the times of a cue.

    A line that is not written as the standard wants it counts where a cue begins, behind a blank line or the number of
    a cue; elsewhere only in files that have no such blank lines, since people also type times in captions.
    """
    found = [TimingLine(index, timing) for index, timing in _candidates(lines)]
    sure = [each for each in found if each.timing.is_exact or begins_block(lines, each.index)]
    return sure if 2 * len(sure) >= len(found) else found


def _candidates(lines: list[str]) -> Iterator[tuple[int, CueTiming]]:
    for index, line in enumerate(lines):
        timing = parse_cue_timing(line)
        if timing is not None:
            yield index, timing
        elif CUE_ARROW in line and begins_block(lines, index):
            yield index, CueTiming(None, None, "", False)


def begins_block(lines: list[str], index: int) -> bool:
    """Whether a cue can begin at this line: behind a blank line, or behind one and a number."""
    if index == 0 or not lines[index - 1].strip():
        return True
    return is_cue_number(lines[index - 1]) and (index == 1 or not lines[index - 2].strip())


def is_cue_number(line: str) -> bool:
    """Whether a line is nothing but a number, in the digits of any alphabet."""
    return len(line) < 40 and line.translate(_PLAIN).strip().isdecimal()


def format_cue_timing(start_ms: int, end_ms: int, point: str = ".") -> str:
    """The arrow line of a cue; `point` is written before the milliseconds."""
    return f"{format_timestamp(start_ms, point)} {CUE_ARROW} {format_timestamp(end_ms, point)}"
