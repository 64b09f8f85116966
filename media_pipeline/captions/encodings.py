"""The text of a caption file: which encoding its bytes are in, judged by what the text would look like.

Unicode comes first. Among old encodings the bytes alone do not decide, so each that people of the language have used
is tried, and the one whose letters belong to the language wins. Nothing is refused for a few broken bytes.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from media_pipeline.captions.cues import MAX_CAPTION_BYTES
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

WESTERN_EUROPEAN = "cp1252"
"""The code page of a language that has no other (setting LEGACY_ENCODINGS)."""

REPLACEMENT = "\ufffd"
# What else people have used beside the Windows code page: ISO, Macintosh, DOS. Likelier ones first.
_RELATED = {
    "cp1250": ("iso8859-2", "mac_latin2", "cp852"),
    "cp1251": ("koi8-u", "mac_cyrillic", "iso8859-5", "cp1125", "cp866"),
    "cp1252": ("cp850", "mac_roman", "iso8859-15"),
    "cp1253": ("iso8859-7", "mac_greek", "cp737", "cp869"),
    "cp1254": ("iso8859-9", "mac_turkish", "cp857"),
    "cp1255": ("iso8859-8", "cp862"),
    "cp1256": ("iso8859-6", "mac_arabic", "cp720"),
    "cp1257": ("iso8859-13", "iso8859-4", "cp775"),
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.05  # share of the bytes of what may be a text
_SURE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PUNCTUATION = frozenset("–—−‐‑‘’‚‛“”„«»‹›…¿¡·•♪♫€£§°©®™´¨½¼¾×ºª№\u00a0\u00ad\u200c\u200d\u200e\u200f")
_CASE_CHANGE = re.compile(r"[^\W\d_][^\W\d_]+")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[„‚”“…—™•€°«»¡¿£§‹›](?=[^\W\d_])")  # quotation marks that should be letters
_SAMPLE = 100_000  # characters that are judged
MOSTLY_UTF8 = (
    0.85  # share of the bytes above ASCII in whole letters of UTF-8 that makes it a text with a few broken ones
)
MAYBE_UTF8 = 0.4  # from this share on it may be
FEW_HIGH_BYTES = 12  # bytes above ASCII that say nothing about another language; they may be broken UTF-8
FOREIGN_MARGIN = 0.3  # how much better another language's encoding must look than the declared language's


@dataclass(frozen=True)
class ExpectedText:
    """What is known about a file before it is opened: code page and letters of its language, and those of others."""

    code_page: str = WESTERN_EUROPEAN
    letters: str = ""
    others: Mapping[str, str] = field(default_factory=dict)  # letters of each code page that the site's languages have


@dataclass(frozen=True)
class DecodedText:
    """A text with ``\\n`` line ends, the encoding it was in, and what had to be guessed or replaced."""

    text: str
    encoding: str
    warnings: tuple[WarningCode, ...] = ()


def decode_captions(data: bytes, expected: ExpectedText | None = None) -> DecodedText:
    """The text of a caption file; broken bytes become U+FFFD, with a warning.

    Raises MediaError: caption_empty, caption_too_large, caption_encoding, caption_format.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise MediaError(ErrorCode.CAPTION_EMPTY)
    if len(data) > MAX_CAPTION_BYTES:
        raise MediaError(ErrorCode.CAPTION_TOO_LARGE, f"at most {MAX_CAPTION_BYTES} bytes")
    text, encoding, guessed = _decoded(data, expected or ExpectedText())
    broken = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode()) * (encoding == "utf-8")
    if broken * 4 > len(text):
        raise MediaError(ErrorCode.CAPTION_ENCODING)
    warnings = (WarningCode.CAPTION_ENCODING_GUESSED,) * guessed + (WarningCode.CAPTION_CHARACTERS,) * (broken > 0)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return DecodedText(text, encoding, warnings)


def _decoded(data: bytes, expected: ExpectedText) -> tuple[str, str, bool]:
    """Text, encoding, and whether the encoding is a guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding, False
    if wide := _wide_encoding(data):
        whole = len(data) - len(data) % (4 if "32" in wide else 2)  # a line end that an editor added is half a letter
        return data[:whole].decode(wide, "replace"), wide, False
    if _is_cut_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8", False
    sure, high = _SURE.findall(data), len(_HIGH.findall(data))
    share = sum(map(len, sure)) / max(1, high)
    if share > MOSTLY_UTF8 or not high:
        return data.decode("utf-8", "replace"), "utf-8", False
    if b"\x00" in data:
        # No code page writes NUL. Where there are more such characters, it is a picture, a film, a program.
        controls = len(_CONTROLS.findall(data[:_SAMPLE]))
        is_text = controls < _MOST_CONTROLS * min(len(data), _SAMPLE)
        raise MediaError(ErrorCode.CAPTION_ENCODING if is_text else ErrorCode.CAPTION_FORMAT)
    if declared := _declared_encoding(data):
        return data.decode(declared, "replace"), declared, False
    encoding = guess_encoding(data, expected, maybe_utf8=share > MAYBE_UTF8 or high < FEW_HIGH_BYTES)
    return data.decode(encoding, "replace"), encoding, encoding != "utf-8"


def _is_cut_utf8(data: bytes) -> bool:
    """Whether the data is UTF-8 to its end, where a letter may be cut off."""
    try:
        return bool(codecs.getincrementaldecoder("utf-8")().decode(data))
    except UnicodeDecodeError:
        return False


def _wide_encoding(data: bytes) -> str:
    """The encoding of UTF-16 or UTF-32 without a byte order mark; empty for others.

    Times and line ends are ASCII in every language, so a quarter of such a file is ASCII when it is read rightly.
    """
    if b"\x00" not in data:
        return ""
    shares: dict[str, float] = {}
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        counts = Counter(data[:_SAMPLE].decode(encoding, "replace"))
        plain = sum(count for letter, count in counts.items() if " " <= letter <= "~" or letter in "\t\r\n")
        wrong = sum(counts[letter] for letter in ("\x00", REPLACEMENT))
        shares[encoding] = (plain - 10 * wrong) / max(1, counts.total())
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.1 else ""


def _declared_encoding(data: bytes) -> str:
    """What an XML declaration says, if it is one of the encodings that we would try; else empty."""
    match = _DECLARED.match(data.lstrip()[:300])
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
    known = {"iso8859-1", *_RELATED, *(each for related in _RELATED.values() for each in related)}
    return name if name in known else ""


def guess_encoding(data: bytes, expected: ExpectedText, *, maybe_utf8: bool = False) -> str:
    """The code page in which these bytes look most like a text in the expected language.

    ``maybe_utf8``: whether broken UTF-8 is among the candidates.
    """
    lines = [line for line in data.splitlines() if _HIGH.search(line)]
    sample = b"\n".join(lines)[:_SAMPLE]
    likely = code_page_family(expected.code_page) if expected.letters else (expected.code_page,)
    candidates = ("utf-8",) * maybe_utf8 + likely
    own = {name: _likeness(sample, name, expected.letters) for name in candidates}
    best = max(own, key=own.__getitem__)
    if len(_HIGH.findall(data)) < FEW_HIGH_BYTES:
        return best
    foreign = {
        name: _likeness(sample, name, letters) - FOREIGN_MARGIN
        for code_page, letters in expected.others.items()
        if code_page != expected.code_page
        for name in code_page_family(code_page)
    }
    other = max(foreign, key=foreign.__getitem__, default=best)
    return other if foreign.get(other, -9.0) > own[best] else best


def code_page_family(code_page: str) -> tuple[str, ...]:
    """A code page and the encodings that people of its languages have used beside it."""
    return (code_page, *_RELATED.get(code_page, ()))


def _likeness(sample: bytes, encoding: str, letters: str) -> float:
    """How much the text looks like one with these letters: 1 when all above ASCII fits, below 0 when little does."""
    text = sample.decode(encoding, "replace")
    own = frozenset(letters) | frozenset(letters.upper())
    points, total = 0.0, 0
    for letter, count in Counter(text).items():
        if letter < "\x80":
            continue
        total += count
        if letter in own or letter in _PUNCTUATION:
            points += count
        elif letter.isalpha():
            points -= count * (0.5 if letters else -0.5)  # a foreign name; or a language whose letters nobody said
        else:
            points -= count * (1 if letter.isprintable() or encoding == "utf-8" else 3)
    points -= sum(_wrong_case(word) for word in _CASE_CHANGE.findall(text)) + 2 * len(_INSIDE_WORD.findall(text))
    return points / max(1, total)


def _wrong_case(word: str) -> bool:
    """Capitals inside a word that is not all capitals: what letters look like in a related encoding."""
    return not word.isascii() and word[1:] != word[1:].lower() and word != word.upper()
