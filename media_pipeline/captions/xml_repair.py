"""XML that people edited by hand: tags closed in the wrong order or never, `&` and `<` typed as they are.

Nothing is parsed here: the outcome is text that goes to defusedxml like any other.
"""

import html
import re
from collections import Counter

_ENTITY = re.compile(r"&(?!#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(?:(/)([A-Za-z_][\w.:-]{0,100})\s{0,100}|([A-Za-z_][\w.:-]{0,100})(?:\s[^<>]*)?|[?!][^<>]*)>")


def escape_stray_entities(text: str) -> str:
    """The text without control characters; `&` typed as it is and entities that only HTML knows become characters."""
    return _ENTITY.sub(_character, _CONTROL.sub("", text))


def _character(match: re.Match[str]) -> str:
    known = html.unescape(match.group()) if match[1] else ""
    return known if known and known[0] not in "&<" else "&amp;" + (match[1] or "")


def balance_tags(text: str) -> str:
    """The text with every tag closed where its parent ends, and `<` that begins no tag escaped."""
    out: list[str] = []
    open_tags: list[str] = []
    counts: Counter[str] = Counter()
    position = 0
    for match in _TAG.finditer(text):
        out.append(text[position : match.start()].replace("<", "&lt;"))
        position = match.end()
        closing, opening = match[2] if match[1] else None, match[3]
        if opening and opening.rpartition(":")[2] == "br":
            out.append(f"<{opening}/>")  # as HTML has it; its end tag is left out below
            continue
        if opening and not match.group().endswith("/>"):
            open_tags.append(opening)
            counts[opening] += 1
        elif closing:
            while counts[closing]:
                name = open_tags.pop()
                counts[name] -= 1
                out.append(f"</{name}>")
                if name == closing:
                    break
            continue
        out.append(match.group())
    out.append(text[position:].partition("<")[0])
    return "".join(out) + "".join(f"</{name}>" for name in reversed(open_tags))
