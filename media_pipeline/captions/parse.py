"""Caption files: the bytes of an upload in, clean cues out.

    data -> decode_captions -> recognise_format -> its parse -> normalise_cues -> merge_rolling_cues -> ParsedCaptions

Uploaded text is never served: everything that is stored was parsed, and is written again by us. What people's files get
wrong is put right with a note; what cannot be captions is refused.
"""

from media_pipeline.captions.cue_times import normalise_cues
from media_pipeline.captions.cues import CaptionNote, Cue, ParsedCaptions
from media_pipeline.captions.encodings import ExpectedText, decode_captions
from media_pipeline.captions.formats import recognise_format
from media_pipeline.captions.rolling import merge_rolling_cues
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode


def parse_captions(
    data: bytes, filename: str = "", *, expected: ExpectedText | None = None, duration_ms: int | None = None
) -> ParsedCaptions:
    """Cues of a caption file in any of our formats.

    ``expected`` is what is known of its language, for files that are not Unicode; ``duration_ms`` the length of the
    clip, behind which captions are kept and noted.

    Raises MediaError: caption_empty, caption_encoding, caption_format, caption_no_header, caption_times,
    caption_too_large, xml_unsafe.
    """
    decoded = decode_captions(data, expected)
    text = decoded.text.replace("\x00", "")
    head = text.lstrip()[:4096].lower()
    if head.startswith("<?xml") and ("<!doctype" in head or "<!entity" in head):
        raise MediaError(ErrorCode.XML_UNSAFE)  # whichever format the file is in: nobody's captions need them
    caption_format, is_named_so = recognise_format(text, filename)
    raw = caption_format.parse(text) if caption_format.parse else None
    if raw is None or not raw.cues:
        raise MediaError(ErrorCode.CAPTION_EMPTY)
    cues, time_notes = normalise_cues(raw.cues)
    merged, repeat_notes = merge_rolling_cues(cues)
    notes = (
        *(CaptionNote(code) for code in decoded.warnings),
        *(() if is_named_so else (CaptionNote(WarningCode.CAPTION_OTHER_FORMAT),)),
        *raw.notes,
        *time_notes,
        *repeat_notes,
        *notes_beyond(merged, duration_ms),
    )
    warnings = tuple(dict.fromkeys(note.code for note in notes))
    return ParsedCaptions(merged, warnings, decoded.encoding, caption_format.name, notes)


def notes_beyond(cues: tuple[Cue, ...], duration_ms: int | None) -> tuple[CaptionNote, ...]:
    """A note for each cue that starts after the end of the clip; none while its length is not known."""
    if duration_ms is None:
        return ()
    return tuple(
        CaptionNote(WarningCode.CAPTION_BEYOND_CLIP, cue.start_ms) for cue in cues if cue.start_ms >= duration_ms
    )
