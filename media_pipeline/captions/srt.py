"""SubRip, which nobody standardised: read tolerantly, written so that every player reads it.

SubRip knows the tags b, i and u (and font, which we drop), no escapes and no settings.
"""

import re
from collections.abc import Iterable

from media_pipeline.captions import cue_text, timing
from media_pipeline.captions.cues import Cue

_INDEX = re.compile(r"[ \t]*[0-9]{1,9}[ \t]*")
_SHARED_TAG = re.compile(r"(</?[biu]>)")
_OTHER_TAG = re.compile(r"<(?!/?[biu]>)[^<>]*>")
_ENTITY_LIKE = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?]|[0-9:.]+>)")


def has_subrip_timing(text: str) -> bool:
    """Whether a line has the two times of a cue: SubRip has no header."""
    return any(timing.parse_cue_timing(line) for line in text.split("\n"))


def parse_srt(text: str) -> tuple[list[Cue], bool]:
    """Cues as they are in a SubRip text with `\\n` line ends, not yet cleaned or sorted; True beside them
    when an arrow line could not be read and its cue was left out.

    A cue reaches from its arrow line to the next one: files with blank lines inside a cue, or with none between
    two cues, are common. A number right above the next arrow is that cue's index.
    """
    lines = text.split("\n")
    arrows = [index for index, line in enumerate(lines) if timing.CUE_ARROW in line]
    cues: list[Cue] = []
    unreadable = False
    for index, following in zip(arrows, [*arrows[1:], None], strict=True):
        times = timing.parse_cue_timing(lines[index])
        if times is None:
            unreadable = True
            continue
        body = lines[index + 1 : following]
        if following is not None and body and _INDEX.fullmatch(body[-1]):
            body = body[:-1]
        cues.append(Cue(times.start_ms, times.end_ms, "\n".join(body)))  # X1:.. Y1:.. behind the times is dropped
    return cues, unreadable


def write_srt(cues: Iterable[Cue]) -> str:
    """A SubRip file of these cues, with b, i and u; speakers, classes, languages and positions are left out."""
    parts: list[str] = []
    for cue in cues:
        if text := _body(cue_text.clean_cue_text(cue.text)):
            span = timing.format_cue_timing(cue.start_ms, cue.end_ms, ",")
            parts.append(f"{len(parts) + 1}\n{span}\n{text}\n")
    return "\n".join(parts)


def _body(text: str) -> str:
    """Canonical cue text as SubRip. Players show entities as they are, so words are unescaped wherever they
    cannot be taken for markup; there the entity stays, for a player that renders HTML must not get a tag."""
    parts = _SHARED_TAG.split(cue_text.clean_cue_text(_OTHER_TAG.sub("", text)))  # words and tags in turn
    for index in range(0, len(parts), 2):
        words = _ENTITY_LIKE.sub("&amp;", cue_text.plain_cue_text(parts[index]))
        parts[index] = _TAG_LIKE.sub("&lt;", words).replace(timing.CUE_ARROW, "--&gt;")
    return "".join(parts)
