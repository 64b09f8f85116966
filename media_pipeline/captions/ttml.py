"""TTML, which is also called DFXP, IMSC, EBU-TT and SMPTE-TT: XML, read with defusedxml and without its entities.

Read by ourselves: the library that knows all of it needs time that grows with the square of the cues, and does not know
the older namespaces (see ARCHITECTURE.md). https://www.w3.org/TR/ttml2/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from media_pipeline.captions.cue_text import escape_cue_text
from media_pipeline.captions.cues import CaptionNote, RawCaptions, RawCue
from media_pipeline.captions.ttml_style import StyleSheet, attributes, local_name, markup
from media_pipeline.captions.ttml_time import TtmlClock, parse_ttml_clock
from media_pipeline.captions.xml_repair import balance_tags, escape_stray_entities
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

MAX_DEPTH = 40  # elements within elements; real files have eight
MAX_STEPS = 60  # moments at which what a paragraph shows changes
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?tt[\s>]")
_BLANK = re.compile(r"[ \t\r\n]+")
_FRAMES = re.compile(r"(?:begin|end|dur)=[\"'](?:[0-9]{1,9}:[0-9]{2}:[0-9]{2}:[0-9]|[0-9]{1,12}f)")
_SKIPPED = frozenset({"head", "metadata", "set", "style", "region", "layout", "styling"})


@dataclass(frozen=True)
class TimeSpan:
    """When an element is active, in milliseconds; an end of None is that of the film. `is_readable`: it was said so."""

    start: int
    end: int | None
    is_readable: bool = True


@dataclass(frozen=True)
class TextPart:
    """A piece of a paragraph as cue text, and when it is shown."""

    span: TimeSpan
    text: str


class _RootKeeper(TreeBuilder):
    """Keeps the root, so that what stands before a broken place can be used."""

    root: Element | None = None

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        element = super().start(tag, attrs)
        self.root = element if self.root is None else self.root
        return element


def has_ttml_root(text: str) -> bool:
    """Whether the text begins as XML and has the root element of TTML."""
    return text.lstrip()[:1] == "<" and _ROOT.search(text[:8192]) is not None


def parse_ttml(text: str) -> RawCaptions:
    """Cues of a TTML text, with the times that they inherit.

    Raises MediaError: xml_unsafe, caption_format.
    """
    root, whole = _read_xml(text)
    if local_name(root.tag) != "tt":
        raise MediaError(ErrorCode.CAPTION_FORMAT)
    clock = parse_ttml_clock(attributes(root))
    reader = TtmlReader(clock, StyleSheet(root.iter()))
    cues = list(reader.cues(root, TimeSpan(0, None), {}, MAX_DEPTH))
    notes = [] if whole else [CaptionNote(WarningCode.CAPTION_SYNTAX)]
    if not clock.says_rate and _FRAMES.search(text):
        notes.append(CaptionNote(WarningCode.CAPTION_FRAME_RATE))
    return RawCaptions(cues, tuple(notes))


def _read_xml(text: str) -> tuple[Element, bool]:
    """The root element, and whether the file could be read as it is.

    What is not well-formed is read again with its tags balanced, and in the end as far as it goes.
    """
    original = text.lstrip()
    cleaned = escape_stray_entities(original)
    root, whole = _parsed(cleaned)
    if not whole:
        root = max((_parsed(balance_tags(cleaned))[0], root), key=lambda each: -1 if each is None else _size(each))
    if root is None:
        raise MediaError(ErrorCode.CAPTION_FORMAT)
    return root, whole and cleaned == original


def _size(root: Element) -> int:
    return sum(1 for _element in root.iter())


def _parsed(text: str) -> tuple[Element | None, bool]:
    """The root element as far as the text is well-formed; True beside it when it is to its end."""
    target = _RootKeeper()
    try:
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        raise MediaError(ErrorCode.XML_UNSAFE) from None
    except (ParseError, ValueError, AssertionError):
        return target.root, False
    return target.root, True


class TtmlReader:
    """Walks through a document. Raises nothing: what is too deep or unknown has no cues."""

    def __init__(self, clock: TtmlClock, sheet: StyleSheet) -> None:
        self.clock = clock
        self.sheet = sheet

    def cues(self, element: Element, around: TimeSpan, inherited: dict[str, str], depth: int) -> Iterator[RawCue]:
        """The cues of an element that is active within ``around``; ``inherited`` are `region` and `space`."""
        own = attributes(element)
        passed = inherited | {name: own[name] for name in ("region", "space") if name in own}
        if local_name(element.tag) == "p":
            yield from self._paragraph(element, around, passed)
        elif depth:
            for child, span in self._timed_children(element, around):
                yield from self.cues(child, span, passed, depth - 1)

    def _timed_children(self, element: Element, span: TimeSpan) -> Iterator[tuple[Element, TimeSpan]]:
        """The children of an element and when they are active: together, or in a sequence one after the other."""
        in_turn = attributes(element).get("timeContainer") == "seq"
        start = span.start
        for child in element:
            if not isinstance(child.tag, str) or local_name(child.tag) in _SKIPPED:
                continue
            active = self._active(attributes(child), TimeSpan(start, span.end, span.is_readable), in_turn=in_turn)
            if in_turn:
                start = active.start if active.end is None else active.end
            yield child, active

    def _active(self, own: dict[str, str], around: TimeSpan, *, in_turn: bool = False) -> TimeSpan:
        said = {name: self.clock.milliseconds(own[name]) for name in ("begin", "end", "dur") if name in own}
        start = around.start + (said.get("begin") or 0)
        ends = [around.end] if around.end is not None else []
        if said.get("end") is not None:
            ends.append(around.start + (said["end"] or 0))
        if said.get("dur") is not None:
            ends.append(start + (said["dur"] or 0))
        if in_turn and not said:  # in a sequence, what has no length takes no time
            ends.append(start)
        return TimeSpan(start, min(ends, default=None), around.is_readable and said.get("begin", 0) is not None)

    def _paragraph(self, element: Element, span: TimeSpan, passed: dict[str, str]) -> Iterator[RawCue]:
        style = self.sheet.style_of(attributes(element))
        settings = self.sheet.settings(style, passed.get("region", ""))
        parts = list(self._parts(element, span, passed, MAX_DEPTH))
        spoken = [part for part in parts if part.text.strip()]
        spans = {part.span for part in spoken}
        if len(spans) <= 1:
            whole = [(next(iter(spans), span), "".join(part.text for part in parts))]
        elif len(spans) > MAX_STEPS:
            whole = [(part.span, part.text) for part in spoken]
        else:
            whole = list(_steps(parts, spans))
        for shown, text in whole:
            yield RawCue(shown.start if shown.is_readable else None, shown.end, text, settings)

    def _parts(self, element: Element, span: TimeSpan, passed: dict[str, str], depth: int) -> Iterator[TextPart]:
        """The pieces of text of a paragraph or of a span in it, with their tags."""
        names = markup(self.sheet.style_of(attributes(element)))
        yield TextPart(span, "".join(f"<{name}>" for name in names) + _words(element.text, passed))
        for child, active in self._timed_children(element, span):
            if local_name(child.tag) == "br":
                yield TextPart(span, "\n")
            elif depth:
                space = attributes(child).get("space")
                yield from self._parts(child, active, passed | ({"space": space} if space else {}), depth - 1)
            yield TextPart(span, _words(child.tail, passed))
        yield TextPart(span, "".join(f"</{name}>" for name in reversed(names)))


def _words(text: str | None, passed: dict[str, str]) -> str:
    if not text:
        return ""
    return escape_cue_text(text if passed.get("space") == "preserve" else _BLANK.sub(" ", text))


def _steps(parts: list[TextPart], spans: set[TimeSpan]) -> Iterator[tuple[TimeSpan, str]]:
    """What a paragraph shows from each moment to the next, where its spans have times of their own."""
    moments = sorted({span.start for span in spans} | {span.end for span in spans if span.end is not None})
    for start, end in zip(moments, [*moments[1:], None], strict=True):
        active = [
            part.text if part.span.start <= start and (part.span.end is None or part.span.end > start) else ""
            for part in parts
        ]
        if "".join(active).strip():
            yield TimeSpan(start, end), "".join(active)
