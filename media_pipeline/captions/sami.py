"""SAMI (`.smi`), an old HTML of Windows: each caption stands behind a `<SYNC Start=milliseconds>`, until the next one.

It was never valid HTML, so nothing parses it as such: the marks are found, and what is between them is words.
"""

import re
from collections.abc import Iterator

from media_pipeline.captions.cues import RawCaptions, RawCue

_TAG = re.compile(r"<(sync|p)\b([^<>]*)>", re.IGNORECASE)
_START = re.compile(r"\bstart {0,9}= {0,9}[\"']?([0-9]{1,9})", re.IGNORECASE)
_CLASS_NAME = re.compile(r"\bclass {0,9}= {0,9}[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_BREAK = re.compile(r"<br {0,9}/?>", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n]+")
_COMMENT = re.compile(r"<!--|-->")
LAST_MS = 4_000  # how long the last caption stays


def has_sami_sync(text: str) -> bool:
    """Whether the text has the marks of the format."""
    return any(start is not None for _tag, start in _sync_tags(text))


def parse_sami(text: str) -> RawCaptions:
    """Cues of a SAMI text; of several languages in one file the one that comes first."""
    found = [(tag, start) for tag, start in _sync_tags(text) if start is not None]
    names = (_class_name(tag) for tag in _TAG.finditer(text) if tag[1].lower() == "p")
    wanted = next((name for name in names if name), "")
    cues = []
    for index, (tag, start) in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        end = following[1] if following else start + LAST_MS
        body = text[tag.end() : following[0].start() if following else len(text)]
        cues.append(RawCue(start, end, _words(body, wanted)))
    return RawCaptions(cues)


def _sync_tags(text: str) -> Iterator[tuple[re.Match[str], int | None]]:
    for tag in _TAG.finditer(text):
        if tag[1].lower() == "sync":
            start = _START.search(tag[2])
            yield tag, int(start[1]) if start else None


def _class_name(tag: re.Match[str]) -> str:
    found = _CLASS_NAME.search(tag[2])
    return found[1].lower() if found else ""


def _words(body: str, wanted: str) -> str:
    """The words of the language that is wanted; of a body without classes all of them."""
    tags = [tag for tag in _TAG.finditer(body) if tag[1].lower() == "p" and _class_name(tag)]
    ends = [tag.start() for tag in tags[1:]] + [len(body)]
    mine = [body[tag.end() : end] for tag, end in zip(tags, ends, strict=False) if _class_name(tag) == wanted]
    chosen = "".join(mine) if tags else body
    return _BREAK.sub("\n", _BLANK.sub(" ", _COMMENT.sub("", chosen)))
