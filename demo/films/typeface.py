"""Big type for the demo films: the site's own fonts, every script, fitted into a box.

The fonts are the WOFF2 files that the front end's packages carry, one per subset; each character is drawn from the
subset that has it. Arabic is shaped by Raqm, which Pillow's wheels contain.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

_PACKAGES = {"headline": "sofia-sans-extra-condensed", "text": "sofia-sans", "arabic": "readex-pro"}
_WEIGHTS = {"headline": 850, "text": 700, "arabic": 700}
_LEADING = {"headline": 0.84, "text": 1.1, "arabic": 1.22}
_BASELINE = {"headline": 0.86, "text": 0.86, "arabic": 0.8}
_ROOM = 0.45  # of the size, above and below the lines
_CYRILLIC_SHAPING = {"language": "ru"}
"""Sofia Sans draws Bulgarian letters unless told otherwise, and has the common forms under Russian alone."""
_ACUTE = "\u0301"
_RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")


class FontsMissingError(Exception):
    """The front end's packages are not installed."""


@dataclass(frozen=True)
class TextStyle:
    """How a text is set. `face` is "headline" or "text"; `language` decides script, direction and capitals."""

    language: str
    face: str = "headline"
    colour: str = "#1a1410"
    align: str = "start"  # start, middle or end, in reading direction

    @property
    def family(self) -> str:
        """The face that covers the language's script."""
        return "arabic" if settings.LANGUAGE_SCRIPTS[self.language] == "arabic" else self.face


def is_rtl(language: str) -> bool:
    """Whether the language is read from the right."""
    return language in settings.LANGUAGES_BIDI


def capitals(text: str, language: str) -> str:
    """Upper case as the language writes it: Greek without accents, Turkish with its two i's, Arabic unchanged."""
    if language == "tr":
        text = text.replace("i", "İ")
    text = text.upper()
    if language == "el":
        bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if sign != _ACUTE)
        return unicodedata.normalize("NFC", bare)
    return text


@lru_cache(maxsize=256)
def fit_text(text: str, width: int, height: int, style: TextStyle, largest: int = 400) -> Image.Image:
    """The text as an RGBA picture, as big as fits into width x height pixels, in as many lines as suit it.

    The picture is higher than the box, equally above and below: accents and tails may leave the box.
    """
    words = (capitals(text, style.language) if style.face == "headline" else text).split(" ")
    size, lines = max(
        (_size(lines, width, height, style.family, largest), lines)
        for lines in (_broken(words, count, style.family) for count in range(1, len(words) + 1))
    )
    return _drawn(lines, size, (width, height), style)


def text_line(text: str, size: int, style: TextStyle) -> Image.Image:
    """One line of the given size, as wide as the text, with room above and below."""
    text = capitals(text, style.language) if style.face == "headline" else text
    size = round(size * 0.85) if style.family == "arabic" else size
    width = round(_length(text, style.family, size)) + 2
    return _drawn((text,), size, (width, round(size * 0.9)), style)


def _size(lines: tuple[str, ...], width: int, height: int, family: str, largest: int) -> int:
    widest = max(_length(each, family, 100) for each in lines)
    tall = (len(lines) - 1) * _LEADING[family] + 1.0
    return int(min(largest, width / widest * 100, height / tall))


def _broken(words: list[str], count: int, family: str) -> tuple[str, ...]:
    """The words in at most `count` lines, the longest of them as short as possible."""
    widths = [_length(word, family, 100) for word in words]
    space = _length(" ", family, 100) or 20
    low, high = max(widths), sum(widths) + space * len(words)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(words, widths, space, middle)) <= count else (middle, high)
    return _filled(words, widths, space, high)


def _filled(words: list[str], widths: list[float], space: float, limit: float) -> tuple[str, ...]:
    lines, used = [[words[0]]], widths[0]
    for word, width in zip(words[1:], widths[1:], strict=True):
        if used + space + width <= limit:
            lines[-1].append(word)
            used += space + width
        else:
            lines.append([word])
            used = width
    return tuple(" ".join(each) for each in lines)


def _drawn(lines: tuple[str, ...], size: int, box: tuple[int, int], style: TextStyle) -> Image.Image:
    room = round(size * _ROOM)
    # Transparent in the text's own colour: a turned picture gets no dark rim.
    picture = Image.new("RGBA", (box[0], box[1] + 2 * room), f"{style.colour}00")
    pen = ImageDraw.Draw(picture)
    step = size * _LEADING[style.family]
    first = room + (box[1] - step * (len(lines) - 1) - size) / 2 + size * _BASELINE[style.family]
    at_end = (style.align == "end") != is_rtl(style.language)
    part = 0.5 if style.align == "middle" else float(at_end)  # of what is left beside a line, before it
    for number, text in enumerate(lines):
        x = (box[0] - _length(text, style.family, size)) * part
        _draw_line(pen, text, (x, first + step * number), size, style)
    return picture


def _draw_line(pen: ImageDraw.ImageDraw, text: str, at: tuple[float, float], size: int, style: TextStyle) -> None:
    x, baseline = at
    runs, shaping = _runs(text, style.family), {}
    if is_rtl(style.language):
        runs, shaping = runs[::-1], {"direction": "rtl", "language": style.language}
    elif settings.LANGUAGE_SCRIPTS[style.language] == "cyrillic":
        shaping = _CYRILLIC_SHAPING
    for subset, signs in runs:
        font = _font(style.family, subset, size)
        pen.text((x, baseline), signs, font=font, fill=style.colour, anchor="ls", **shaping)
        x += font.getlength(signs, **shaping)


def _length(text: str, family: str, size: int) -> float:
    return sum(_font(family, subset, size).getlength(signs) for subset, signs in _runs(text, family))


def _runs(text: str, family: str) -> list[tuple[str, str]]:
    """The text in pieces of one subset each, in the order of reading; a space stays with what precedes it."""
    runs: list[tuple[str, str]] = []
    for sign in text:
        subset = runs[-1][0] if sign == " " and runs else _subset_of(sign, family)
        if runs and runs[-1][0] == subset:
            runs[-1] = (subset, runs[-1][1] + sign)
        else:
            runs.append((subset, sign))
    return runs


@cache
def _subset_of(sign: str, family: str) -> str:
    for subset, ranges in _subsets(family):
        if any(first <= ord(sign) <= last for first, last in ranges):
            return subset
    return "latin"


@cache
def _subsets(family: str) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    ranges = json.loads((_package(family) / "unicode.json").read_text())
    known = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "arabic")
    return tuple(
        (name, tuple((int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(ranges[name])))
        for name in known
        if name in ranges
    )


@lru_cache(maxsize=128)
def _font(family: str, subset: str, size: int) -> ImageFont.FreeTypeFont:
    path = _package(family) / "files" / f"{_PACKAGES[family]}-{subset}-wght-normal.woff2"
    font = ImageFont.truetype(path, size)
    font.set_variation_by_axes([_WEIGHTS[family]])
    return font


def _package(family: str) -> Path:
    folder = Path(settings.BASE_DIR) / "node_modules" / "@fontsource-variable" / _PACKAGES[family]
    if not folder.is_dir():
        raise FontsMissingError(f"{folder.name} is not installed; run `make setup`.")
    return folder
