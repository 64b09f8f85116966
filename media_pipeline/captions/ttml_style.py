"""Styles and regions of TTML: the little of them that WebVTT can say."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

STYLE_NAMES = ("fontStyle", "fontWeight", "textDecoration", "textAlign", "displayAlign", "origin", "extent")
MAX_STYLE_DEPTH = 8  # styles that refer to styles
_PAIR = re.compile(r"(-?[0-9]{1,4}(?:\.[0-9]{1,6})?)% +(-?[0-9]{1,4}(?:\.[0-9]{1,6})?)%")
_ALIGN = {"left": "align:left", "right": "align:right", "start": "align:start", "end": "align:end"}

Style = dict[str, str]


def local_name(name: str) -> str:
    """A tag or attribute without its namespace: TTML's changed four times, and what is meant did not."""
    return name.rpartition("}")[2]


def attributes(element: Element) -> dict[str, str]:
    """The attributes of an element by their names without a namespace."""
    return {local_name(name): value for name, value in element.attrib.items()}


class StyleSheet:
    """The styles and regions of one document, by their ids."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._own: dict[str, dict[str, str]] = {}
        self._resolved: dict[str, Style] = {}
        self._regions: dict[str, Style] = {}
        regions = []
        for element in elements:
            own = attributes(element)
            if local_name(element.tag) == "style" and "id" in own:
                self._own[own["id"]] = own
            elif local_name(element.tag) == "region" and "id" in own:
                inside = [attributes(child) for child in element if local_name(child.tag) == "style"]
                regions.append((own["id"], [*inside, own]))
        for key, parts in regions:
            style: Style = {}
            for part in parts:
                style |= self.style_of(part)
            self._regions[key] = style

    def style_of(self, own: dict[str, str], depth: int = MAX_STYLE_DEPTH) -> Style:
        """What the attributes of an element say, and the styles they refer to."""
        style: Style = {}
        for key in own.get("style", "").split()[:MAX_STYLE_DEPTH] if depth else ():
            if key in self._own and key not in self._resolved:
                self._resolved[key] = {}  # a style that refers to itself adds nothing
                self._resolved[key] = self.style_of(self._own[key], depth - 1)
            style |= self._resolved.get(key, {})
        return style | {name: own[name] for name in STYLE_NAMES if name in own}

    def settings(self, style: Style, region: str) -> str:
        """WebVTT cue settings for a paragraph of this style in this region; empty for the usual place."""
        place = self._regions.get(region, {}) | style
        align = _ALIGN.get(place.get("textAlign", ""), "")
        return f"{_line(place)} {align}".strip()


def _line(place: Style) -> str:
    """Top, middle or bottom, from the region's box and the side of it where text begins."""
    origin, extent = _PAIR.fullmatch(place.get("origin", "")), _PAIR.fullmatch(place.get("extent", ""))
    side = place.get("displayAlign", "after" if origin is None else "before")
    top = float(origin[2]) if origin else 0.0
    height = float(extent[2]) if extent else 100.0 - top
    at = top + {"before": 0.0, "center": height / 2}.get(side, height)
    if at < 34:
        return "line:0"
    return f"line:{round(at)}%" if at < 67 else ""


def markup(style: Style) -> list[str]:
    """The tags of cue text that this style means."""
    return [
        name
        for name, wanted in (
            ("i", style.get("fontStyle") in ("italic", "oblique")),
            ("b", style.get("fontWeight") == "bold"),
            ("u", "underline" in style.get("textDecoration", "").split()),
        )
        if wanted
    ]
