"""SubStation Alpha: `.ass` and the older `.ssa`.

Read by ourselves: the usual library refuses a whole file for one time or number that it cannot read, and takes the
columns for fixed (see ARCHITECTURE.md). Of the markup WebVTT can say bold, italic, underlined and where on the picture
a cue stands; karaoke, drawings and animations are left out with a note.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from media_pipeline.captions.cues import CaptionNote, RawCaptions, RawCue
from media_pipeline.captions.timing import counts_frames, parse_any_time
from media_pipeline.ffmpeg.errors import WarningCode

_SECTION = re.compile(r"\[(Script Info|V4\+? Styles|Events|Fonts|Graphics)\]", re.IGNORECASE)
_BLOCK = re.compile(r"\{([^{}]*)\}")
_TAG = re.compile(r"\\(an?[0-9]{1,2}|[ibu][0-9]{1,3}|p[0-9]{1,2}|r(?![a-z])|k|K|t\(|move|pos|clip|iclip|org|fad)")
_EVENT_COLUMNS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_STYLE_COLUMNS = ("name", "fontname")
# Where the numbers of the older format and of `\a` are on the keypad of `\an`.
_KEYPAD = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}
_LINES = {1: "", 4: "line:50%", 7: "line:0"}
_SIDES = ("align:left", "", "align:right")


@dataclass(frozen=True)
class AssStyle:
    """What of a style WebVTT can show: its place as on a keypad, 2 is the middle of the bottom."""

    keypad: int = 2
    letters: str = ""  # those of b, i and u that are on, in this order


@dataclass(frozen=True)
class _Markup:
    """What holds at a place of a cue's text: as `AssStyle`, and whether what follows draws or moves."""

    keypad: int
    letters: str
    drawing: bool = False
    effects: bool = False  # of the whole cue, so far


def has_ass_section(text: str) -> bool:
    """Whether the text has the sections of the format; the first lines may be notes of an editor."""
    return any(_SECTION.match(line.strip()) for line in text.split("\n"))


def parse_ass(text: str) -> RawCaptions:
    """Cues of a SubStation text. What several layers say at the same time counts once."""
    section, styles = "", {"default": AssStyle()}
    columns = {"events": _EVENT_COLUMNS, "styles": _STYLE_COLUMNS}
    cues: dict[RawCue, None] = {}
    notes: list[CaptionNote] = []
    in_frames = False
    for line in map(str.strip, text.split("\n")):
        if heading := _SECTION.match(line):
            section = heading[1].lower()
            continue
        key, colon, value = line.partition(":")
        part = "styles" if section.endswith("styles") else section
        if not colon or part not in columns:
            continue
        if key == "Format":
            columns[part] = tuple(name.strip().lower() for name in value.split(","))
        elif key == "Style" and part == "styles":
            fields = _fields(value, columns[part])
            styles[fields.get("name", "").lstrip("*").lower()] = _style(fields, is_old="+" not in section)
        elif key == "Dialogue" and part == "events":
            fields = _fields(value, columns[part])
            cue, effects = _cue(fields, styles)
            cues[cue] = None
            in_frames = in_frames or any(counts_frames(fields.get(name, "")) for name in ("start", "end"))
            if effects:
                notes.append(CaptionNote(WarningCode.CAPTION_EFFECTS, cue.start_ms))
    if in_frames:
        notes.append(CaptionNote(WarningCode.CAPTION_FRAME_RATE))
    return RawCaptions(list(cues), tuple(notes))


def _fields(value: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The values of a line by the names of their columns; the last one takes all the commas that are left."""
    return dict(zip(columns, (part.strip() for part in value.split(",", len(columns) - 1)), strict=False))


def _style(fields: dict[str, str], *, is_old: bool) -> AssStyle:
    number = fields.get("alignment", "")
    keypad = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 2
    keypad = _KEYPAD.get(keypad, 2) if is_old else keypad
    letters = (name[0] for name in ("bold", "italic", "underline") if fields.get(name, "0") not in ("0", ""))
    return AssStyle(keypad if 1 <= keypad <= 9 else 2, "".join(letters))


def _cue(fields: dict[str, str], styles: dict[str, AssStyle]) -> tuple[RawCue, bool]:
    """A cue, and whether effects of it were left out."""
    style = styles.get(fields.get("style", "").lstrip("*").lower(), styles["default"])
    state = _Markup(style.keypad, style.letters)
    runs: list[tuple[str, str]] = []  # the letters that are on, and the words
    # Words and blocks of commands take turns.
    for place, part in enumerate(_BLOCK.split(fields.get("text", ""))):
        if place % 2:
            state = _after_commands(state, part, style)
        elif part and not state.drawing:
            runs.append((state.letters, part))
    words = _with_tags(runs).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0")
    row = _LINES[1 + (state.keypad - 1) // 3 * 3]
    start, end = (parse_any_time(fields.get(name, "")) for name in ("start", "end"))
    return RawCue(start, end, words, f"{row} {_SIDES[(state.keypad - 1) % 3]}".strip()), state.effects


def _after_commands(state: _Markup, block: str, style: AssStyle) -> _Markup:
    """What holds behind a block of commands such as `\\an8\\i1`."""
    for tag in _TAG.findall(block):
        name, number = tag.rstrip("0123456789"), tag.lstrip("abcdefghijklmnopqrstuvwxyzK(")
        if name == "an" and 1 <= int(number) <= 9:
            state = replace(state, keypad=int(number))
        elif name == "a" and number:
            state = replace(state, keypad=_KEYPAD.get(int(number), state.keypad))
        elif name == "p" and number:
            drawing = int(number) > 0
            state = replace(state, drawing=drawing, effects=state.effects or drawing)
        elif name in ("i", "b", "u"):
            others = set(state.letters) - {name}
            state = replace(state, letters="".join(sorted(others | {name} if int(number) else others)))
        elif name == "r":
            state = replace(state, letters=style.letters)
        else:
            state = replace(state, effects=True)
    return state


def _with_tags(runs: Iterable[tuple[str, str]]) -> str:
    """Words with the tags that are on while they are said, nested as WebVTT wants them."""
    out = []
    for letters, same in groupby(runs, key=itemgetter(0)):
        opened = "".join(f"<{letter}>" for letter in letters)
        closed = "".join(f"</{letter}>" for letter in reversed(letters))
        out.append(opened + "".join(words for _, words in same) + closed)
    return "".join(out)
