"""The text inside a cue: what is kept of a caption file, and nothing else.

Canonical cue text is WebVTT: lines joined by one newline, `&`, `<` and `>` as entities, and the tags of
`CUE_TAGS` only, closed and properly nested. So it can be part of a .vtt file or, as it is, in a transcript that
renders the same few tags, and it can never hold an arrow, a blank line or a script. `clean_cue_text` makes it from
anything; cleaning twice changes nothing.
"""

import html
import re

CUE_TAGS = frozenset({"b", "i", "u", "c", "v", "lang", "ruby", "rt"})
ANNOTATED_TAGS = frozenset({"v", "lang"})  # the tags that mean something only with a value behind them
MAX_TAG_DEPTH = 12  # tags within tags; people use two
MAX_SPEAKER_CHARS = 100  # characters of a speaker's name

# The text of these elements is code, never speech; of every other unknown tag the words are kept.
_CODE = tuple(
    (re.compile(rf"<{name}\b[^<>]*>", re.IGNORECASE), re.compile(rf"</{name}\s{{0,20}}>", re.IGNORECASE))
    for name in ("script", "style")
)
# {\an8}: positioning that SubRip borrowed from SubStation. What a second reading would take for one is broken up.
_ASS_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_ASS_OPENING = re.compile(r"\{\\+")
# Tags and WebVTT time stamps. Any other "<" is a character: "a < b", "I <3 you".
_TOKEN = re.compile(r"<([A-Za-z/!?][^<>]*|[0-9:.]+)>")
_TAG = re.compile(r"(/?)([A-Za-z]+)((?:\.[^\s./>]*)*)(?:[ \t\n/](.*))?", re.DOTALL)
_CLASS = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# Controls (tab and newline are handled apart), byte order marks, zero width space, non-characters, and the
# embeddings, overrides and isolates that make text read otherwise than it is stored. The plain marks U+200E,
# U+200F and U+061C and the joiners U+200C and U+200D stay: Arabic needs them.
_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[ \t\u2028\u2029]+")


def clean_cue_text(text: str) -> str:
    """Canonical cue text from the text of any caption format. Empty when nothing readable is left."""
    text = _ASS_OVERRIDE.sub("", _without_code(text.replace("\r\n", "\n").replace("\r", "\n")))
    out: list[str] = []
    stack: list[str] = []
    position = 0
    for match in _TOKEN.finditer(text):
        out.append(_words(text[position : match.start()]))
        out.extend(_tag(match.group(1), stack))
        position = match.end()
    out.append(_words(text[position:]))
    out.extend(f"</{name}>" for name in reversed(stack))
    lines = (_SPACES.sub(" ", line).strip() for line in _ASS_OPENING.sub("{", "".join(out)).split("\n"))
    cleaned = "\n".join(line for line in lines if line)
    return cleaned if plain_cue_text(cleaned).strip() else ""


def plain_cue_text(text: str) -> str:
    """The words of canonical cue text, for search, transcripts and SRT: no tags, no entities."""
    return _decoded(re.sub(r"<[^<>]*>", "", text))


def escape_cue_text(words: str) -> str:
    """Words as they are in canonical cue text. `>` too, so that no arrow can appear."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(text: str) -> str:
    # Entities first: "&#x202E;" is an override as well as the character itself.
    return escape_cue_text(_plain_characters(_decoded(text)))


def _decoded(text: str) -> str:
    """Text without entities. Python's own function fails at numbers of thousands of digits."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _plain_characters(text: str) -> str:
    return _UNWANTED.sub("", text.replace("\r", "\n"))


def _without_code(text: str) -> str:
    """Text without whole script and style elements. Linear: one that is never closed ends the search."""
    for opening, closing in _CODE:
        kept: list[str] = []
        position = 0
        while (start := opening.search(text, position)) and (end := closing.search(text, start.end())):
            kept.append(text[position : start.start()])
            position = end.end()
        text = "".join(kept) + text[position:]
    return text


def _tag(inside: str, stack: list[str]) -> list[str]:
    """What one tag becomes: opened on `stack`, closed together with those left open inside it, or nothing."""
    match = _TAG.match(inside)
    name = match.group(2).lower() if match else ""
    if match is None or name not in CUE_TAGS:
        return []
    if match.group(1):
        closed: list[str] = []
        while name in stack and f"</{name}>" not in closed:
            closed.append(f"</{stack.pop()}>")
        return closed
    if len(stack) >= MAX_TAG_DEPTH or (name == "rt" and "ruby" not in stack):
        return []
    annotation = _annotation(name, match.group(4) or "")
    if name in ANNOTATED_TAGS and not annotation:
        return []
    stack.append(name)
    classes = _CLASS.findall(match.group(3))[:4]
    return [f"<{name}{''.join('.' + each for each in classes)}{annotation}>"]


def _annotation(name: str, value: str) -> str:
    """The value behind `v` (a speaker) or `lang` (a language tag), with its leading space; else empty."""
    value = _decoded(value).strip()
    if name == "lang":
        return f" {value}" if _LANGUAGE.fullmatch(value) else ""
    if name == "v":
        speaker = " ".join(_plain_characters(value).split())[:MAX_SPEAKER_CHARS].strip()
        return f" {escape_cue_text(speaker)}" if speaker else ""
    return ""
