"""SAMI (`.smi`), an old HTML of Windows: each caption stands behind a `<SYNC Start=milliseconds>`, until the next one.

It was never valid HTML, so nothing parses it as such: the marks are found, and what is between them is words.
"""

import re

from media_pipeline.captions.cues import RawCaptions, RawCue

_SYNC = re.compile(r"<sync\b[^<>]{0,100}?start {0,9}= {0,9}[\"']?([0-9]{1,9})[^<>]{0,200}>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b[^<>]{0,100}?class {0,9}= {0,9}[\"']?([A-Za-z0-9_-]{1,40})[^<>]{0,200}>", re.IGNORECASE)
_BREAK = re.compile(r"<br {0,9}/?>", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n]+")
_COMMENT = re.compile(r"<!--|-->")
LAST_MS = 4_000  # how long the last caption stays


def has_sami_sync(text: str) -> bool:
    """Whether the text has the marks of the format."""
    return _SYNC.search(text) is not None


def parse_sami(text: str) -> RawCaptions:
    """Cues of a SAMI text; of several languages in one file the one that comes first."""
    found = list(_SYNC.finditer(text))
    first = _PARAGRAPH.search(text)
    wanted = first[1].lower() if first else ""
    cues = []
    for index, match in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        start = int(match[1])
        end = int(following[1]) if following else start + LAST_MS
        body = text[match.end() : following.start() if following else len(text)]
        cues.append(RawCue(start, end, _words(body, wanted)))
    return RawCaptions(cues)


def _words(body: str, wanted: str) -> str:
    """The words of the language that is wanted; of a body without classes all of them."""
    parts = _PARAGRAPH.split(body)  # words, class, words, class, words ...
    mine = [words for name, words in zip(parts[1::2], parts[2::2], strict=True) if name.lower() == wanted]
    chosen = "".join(mine) if len(parts) > 1 else parts[0]
    return _BREAK.sub("\n", _BLANK.sub(" ", _COMMENT.sub("", chosen)))
