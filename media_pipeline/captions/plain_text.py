"""The words of captions as plain text: a paragraph per cue, for reading and for translating. Written only."""

from collections.abc import Iterable

from media_pipeline.captions.cue_text import clean_cue_text, plain_cue_text
from media_pipeline.captions.cues import Cue


def write_plain_text(cues: Iterable[Cue]) -> str:
    """The words of these cues, with an empty line between two of them."""
    return "\n".join(f"{plain_cue_text(clean_cue_text(cue.text))}\n" for cue in cues)
