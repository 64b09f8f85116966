"""Caption tracks: parsed once on upload, stored as cues, written again for every download."""

from typing import Any

from django.db import transaction

from media_pipeline.captions import parse
from media_pipeline.captions.cue_text import plain_cue_text
from media_pipeline.captions.cues import Cue, ParsedCaptions
from media_pipeline.captions.encodings import WESTERN_EUROPEAN, ExpectedText
from media_pipeline.captions.formats import caption_format_of
from media_pipeline.changes import ClipChangeKind, notify_change
from media_pipeline.conf import conf
from media_pipeline.files.names import display_name
from media_pipeline.models import Caption, Clip


def read_captions(clip: Clip, language: str, data: bytes, filename: str = "") -> ParsedCaptions:
    """What a caption file in that language would become as a track of the clip; nothing is stored.

    Raises MediaError with a caption code.
    """
    expected = _expected_text(language)
    return parse.parse_captions(data, filename, expected=expected, duration_ms=_duration_ms(clip))


def _expected_text(language: str) -> ExpectedText:
    """What the settings say about a language, and the letters of all others by their code pages."""
    code = language.lower().partition("-")[0]
    pages, letters = conf().legacy_encodings, conf().alphabets
    others: dict[str, str] = {}
    for each, page in pages.items():
        others[page] = others.get(page, "") + letters.get(each, "")
    return ExpectedText(pages.get(code, WESTERN_EUROPEAN), letters.get(code, ""), others)


def add_caption(clip: Clip, language: str, kind: str, data: bytes, filename: str = "") -> Caption:
    """Store a caption file as the clip's track of that language and kind; an older one is replaced.

    ``kind`` is a ``Caption.Kind`` value, ``filename`` the name of the upload. The track's ``warnings`` are the
    codes of what was repaired. Raises MediaError with a caption code; ValueError for an unknown kind.
    """
    return save_captions(clip, language, kind, read_captions(clip, language, data, filename), filename)


def save_captions(clip: Clip, language: str, kind: str, found: ParsedCaptions, filename: str = "") -> Caption:
    """Store what ``read_captions`` found as the clip's track of that language and kind. Raises ValueError."""
    values: dict[str, Any] = {
        "cues": [[cue.start_ms, cue.end_ms, cue.text, cue.settings] for cue in found.cues],
        "source_name": display_name(filename),
        "warnings": [warning.value for warning in found.warnings],
    }
    with transaction.atomic():
        caption, _ = Caption.objects.update_or_create(
            clip=clip, language=language, kind=Caption.Kind(kind).value, defaults=values
        )
        notify_change(ClipChangeKind.CAPTIONS, clip)
    return caption


def remove_caption(caption: Caption) -> None:
    """Delete a track."""
    with transaction.atomic():
        caption.delete()
        notify_change(ClipChangeKind.CAPTIONS, caption.clip)


def captions_beyond(caption: Caption, clip: Clip) -> tuple[int, ...]:
    """The starts in milliseconds of the captions that begin after the end of the clip, as long as it is now."""
    notes = parse.notes_beyond(track_cues(caption), _duration_ms(clip))
    return tuple(note.at_ms for note in notes if note.at_ms is not None)


def _duration_ms(clip: Clip) -> int | None:
    return None if clip.duration_s is None else round(clip.duration_s * 1000)


def track_cues(caption: Caption) -> tuple[Cue, ...]:
    """The cues of a track, in order."""
    return tuple(Cue(*row) for row in caption.cues)


def spoken_lines(caption: Caption) -> tuple[tuple[int, int, str], ...]:
    """``(start_ms, end_ms, words)`` of each cue without tags, for transcripts and search."""
    return tuple((cue.start_ms, cue.end_ms, plain_cue_text(cue.text)) for cue in track_cues(caption))


def caption_text(caption: Caption, extension: str) -> str:
    """The track as a file of the format with this extension (see ``CAPTION_FORMATS``)."""
    write = caption_format_of(extension).write
    return write(track_cues(caption), caption.language) if write else ""
