"""A transcript from captions: cues joined to sentences and paragraphs. Pure.

Cues are cut for the eye that also watches: by lines and seconds. Here a paragraph ends where a sentence ends and
somebody else speaks, pauses, or has spoken for a while; what is heard but not line stands by itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape

SENTENCE_PAUSE_MS = 2_000  # after a sentence, this long a silence begins another paragraph
LONG_PAUSE_MS = 5_000  # and this long even within one
TARGET_PARAGRAPH_MS, TARGET_PARAGRAPH_CHARS = (
    40_000,
    450,
)  # how long a paragraph grows before its next full stop ends it: time, characters
MAX_PARAGRAPH_CHARS = 1_200  # characters after which it ends without any full stop, as in captions that machines wrote
TIME_MARK_INTERVAL_MS = 20_000
MAX_REPEAT_GAP_MS = 100  # captions that roll repeat their last line at once

# The question marks of Greek and Arabic among them; a Greek one is often typed as a semicolon.
_ENDS = {"": ".!?…؟۔\u037e", "el": ".!?…;\u037e"}
_CLOSING = "\"'”’“»›)]"
_VOICE = re.compile(r"(<v(?:\.[^<> ]*)?(?: [^<>]*)?>|</v>)")
_DASH = re.compile(r"^[-‐–—] ?(?=\S)")
# Sounds as captions write them, the whole of a line: [door], (laughter), ♪ song ♪.
_SOUND = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|[♪♫].*")


@dataclass(frozen=True)
class SpeakerTurn:
    """What one voice says in one cue. Milliseconds; ``speaker`` is empty where the cue names nobody.

    ``dashed`` marks a line that begins with a dash, as subtitles write a change of speakers.
    """

    start_ms: int
    end_ms: int
    speaker: str
    words: str
    dashed: bool
    sound: bool


@dataclass(frozen=True)
class Paragraph:
    """A piece of the text. ``marked`` says that its time is worth showing, ``sound`` that nobody speaks."""

    start_ms: int
    speaker: str
    text: str
    sound: bool
    marked: bool


def join_paragraphs(cues: Iterable[tuple[int, int, str]], language: str = "") -> tuple[Paragraph, ...]:
    """The text of cues ``(start_ms, end_ms, canonical text)``, in their order; ``language`` is that of the text."""
    ends = _ENDS.get(language.partition("-")[0], _ENDS[""])
    groups: list[list[SpeakerTurn]] = []
    for turn in _without_repeats(turn for cue in cues for turn in speaker_turns(*cue)):
        if groups and not _starts_paragraph(groups[-1], turn, ends):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return tuple(_with_marks(groups))


def speaker_turns(start_ms: int, end_ms: int, text: str) -> Iterator[SpeakerTurn]:
    """The voices of one cue, each with its words in one line."""
    speaker = ""
    for part in _VOICE.split(text):
        if _VOICE.fullmatch(part):
            speaker = " ".join(unescape(part[:-1].partition(" ")[2]).split())
            continue
        for line in _by_dashes(unescape(re.sub(r"<[^<>]*>", "", part))):
            words = _DASH.sub("", line)
            yield SpeakerTurn(start_ms, end_ms, speaker, words, words != line, _SOUND.fullmatch(words) is not None)


def _by_dashes(text: str) -> list[str]:
    """Lines joined, except those that begin with a dash."""
    found: list[list[str]] = []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        if not found or _DASH.match(line):
            found.append([])
        found[-1].append(line)
    return [" ".join(lines) for lines in found]


def _without_repeats(turns: Iterable[SpeakerTurn]) -> Iterator[SpeakerTurn]:
    last: SpeakerTurn | None = None
    for turn in turns:
        again = last is not None and (last.speaker, last.words) == (turn.speaker, turn.words)
        if last and again and last.start_ms < turn.start_ms <= last.end_ms + MAX_REPEAT_GAP_MS:
            last = replace(turn, end_ms=max(turn.end_ms, last.end_ms))
            continue
        yield turn
        last = turn


def _starts_paragraph(group: list[SpeakerTurn], turn: SpeakerTurn, ends: str) -> bool:
    last = group[-1]
    if turn.sound or last.sound or turn.dashed or turn.speaker != last.speaker:
        return True
    pause, length = turn.start_ms - last.end_ms, sum(len(each.words) for each in group)
    if pause >= LONG_PAUSE_MS or length >= MAX_PARAGRAPH_CHARS:
        return True
    if not last.words.rstrip(_CLOSING).endswith(tuple(ends)):
        return False
    spoken_ms = turn.start_ms - group[0].start_ms
    return (
        last.dashed
        or pause >= SENTENCE_PAUSE_MS
        or length >= TARGET_PARAGRAPH_CHARS
        or spoken_ms >= TARGET_PARAGRAPH_MS
    )


def _with_marks(groups: list[list[SpeakerTurn]]) -> Iterator[Paragraph]:
    shown: int | None = None
    for group in groups:
        first = group[0]
        marked = shown is None or first.start_ms - shown >= TIME_MARK_INTERVAL_MS
        shown = first.start_ms if marked else shown
        text = " ".join(turn.words for turn in group)
        yield Paragraph(first.start_ms, first.speaker, f"– {text}" if first.dashed else text, first.sound, marked)
