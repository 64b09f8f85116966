"""SubStation Alpha: `.ass` and the older `.ssa`.

Read by ourselves: the usual library refuses a whole file for one time or number that it cannot read, and takes the
columns for fixed (see ARCHITECTURE.md). Of the markup WebVTT can say bold, italic, underlined and where on the picture
a cue stands; karaoke, drawings and animations are left out with a note.
"""

import re
from dataclasses import dataclass

from media_pipeline.captions.cues import CaptionNote, RawCaptions, RawCue
from media_pipeline.captions.timing import parse_any_time
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
    italic: bool = False


def has_ass_section(text: str) -> bool:
    """Whether the text has the sections of the format; the first lines may be notes of an editor."""
    return any(_SECTION.match(line.strip()) for line in text.split("\n"))


def parse_ass(text: str) -> RawCaptions:
    """Cues of a SubStation text. What several layers say at the same time counts once."""
    section, styles = "", {"default": AssStyle()}
    columns = {"events": _EVENT_COLUMNS, "styles": _STYLE_COLUMNS}
    cues: dict[RawCue, None] = {}
    notes: list[CaptionNote] = []
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
            cue, effects = _cue(_fields(value, columns[part]), styles)
            cues[cue] = None
            if effects:
                notes.append(CaptionNote(WarningCode.CAPTION_EFFECTS, cue.start_ms))
    return RawCaptions(list(cues), tuple(notes))


def _fields(value: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The values of a line by the names of their columns; the last one takes all the commas that are left."""
    return dict(zip(columns, (part.strip() for part in value.split(",", len(columns) - 1)), strict=False))


def _style(fields: dict[str, str], *, is_old: bool) -> AssStyle:
    number = fields.get("alignment", "")
    keypad = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 2
    keypad = _KEYPAD.get(keypad, 2) if is_old else keypad
    return AssStyle(keypad if 1 <= keypad <= 9 else 2, fields.get("italic", "0") in ("-1", "1"))


def _cue(fields: dict[str, str], styles: dict[str, AssStyle]) -> tuple[RawCue, bool]:
    """A cue, and whether effects of it were left out."""
    style = styles.get(fields.get("style", "").lstrip("*").lower(), styles["default"])
    keypad, drawing, effects = style.keypad, False, False
    out, position, text = ["<i>"] if style.italic else [], 0, fields.get("text", "")
    for block in _BLOCK.finditer(text):
        out.append("" if drawing else text[position : block.start()])
        position = block.end()
        for tag in _TAG.findall(block[1]):
            name, number = tag.rstrip("0123456789"), tag.lstrip("abcdefghijklmnopqrstuvwxyzK(")
            if name == "an" and 1 <= int(number) <= 9:
                keypad = int(number)
            elif name == "a" and number:
                keypad = _KEYPAD.get(int(number), keypad)
            elif name == "p" and number:
                drawing = int(number) > 0
                effects = effects or drawing
            elif name in ("i", "b", "u"):
                out.append(f"<{name}>" if int(number) else f"</{name}>")
            elif name == "r":
                out.append("</b></i></u>")
            else:
                effects = True
    out.append("" if drawing else text[position:])
    words = "".join(out).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0")
    row = _LINES[1 + (keypad - 1) // 3 * 3]
    start, end = (parse_any_time(fields.get(name, "")) for name in ("start", "end"))
    return RawCue(start, end, words, f"{row} {_SIDES[(keypad - 1) % 3]}".strip()), effects
