"""What was understood of an uploaded caption file, shown before it is saved.

Nothing is stored meanwhile: what was read travels with the page, signed for one clip and one person, and comes back
when that person saves it. So what is saved is what was looked at, and nothing has to be cleaned up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.i18n.durations import format_timecode
from home.i18n.languages import direction, native_name
from media_pipeline import api
from media_pipeline.models import Caption, Clip

MAX_AGE_S = 24 * 3600
MAX_SIGNED_CHARS = 2_400_000  # Django takes a form of 2.5 MB; two megabytes of captions are half a million characters
SALT = "home.admin.clips.caption_preview"
FIRST_CUES = 8
FIRST_PLACES = 6
_ENCODING = re.compile(r"(utf-(?:8|16|32))(?:-[lb]e)?|cp(125\d)|iso8859-(\d+)|mac_(\w+)|(.+)")


@dataclass(frozen=True)
class CaptionUpload:
    """A caption file as it was read, with the language and type that were chosen for it."""

    language: str
    kind: str
    filename: str
    found: api.ParsedCaptions


@dataclass(frozen=True)
class CaptionWarning:
    """What was put right, and in words where."""

    text: api.CodeMessage
    places: str


@dataclass(frozen=True)
class CaptionPreview:
    """What the page shows. ``cues`` are times and words; ``signed`` is what comes back when it is saved."""

    summary: str
    language: str
    code: str
    dir: str
    kind: str
    kind_name: str
    filename: str
    format_name: str
    encoding: str
    replaces: str
    warnings: tuple[CaptionWarning, ...]
    cues: tuple[tuple[str, str], ...]
    signed: str


def preview_captions(clip: Clip, upload: CaptionUpload, user_pk: int) -> CaptionPreview:
    """The facts about a file that was read for this clip by this person."""
    found, language = upload.found, native_name(upload.language)
    kind_name = str(Caption.Kind(upload.kind).label)
    exists = clip.captions.filter(language=upload.language, kind=upload.kind).exists()
    replaces = _("When you save, these captions replace the ones you have now: %(language)s, %(type)s.")
    return CaptionPreview(
        summary=_summary(found),
        language=language,
        code=upload.language,
        dir=direction(upload.language),
        kind=upload.kind,
        kind_name=kind_name,
        filename=upload.filename,
        format_name=found.format_name,
        encoding=encoding_name(found.encoding),
        replaces=replaces % {"language": language, "type": kind_name} if exists else "",
        warnings=_warnings(found),
        cues=tuple((format_timecode(cue.start_ms), api.plain_cue_text(cue.text)) for cue in found.cues[:FIRST_CUES]),
        signed=_sign(clip, upload, user_pk),
    )


def _summary(found: api.ParsedCaptions) -> str:
    number, last = len(found.cues), max(cue.end_ms for cue in found.cues)
    words = ngettext(
        "%(number)s caption, from %(start)s to %(end)s", "%(number)s captions, from %(start)s to %(end)s", number
    )
    return words % {"number": number, "start": format_timecode(found.cues[0].start_ms), "end": format_timecode(last)}


def _warnings(found: api.ParsedCaptions) -> tuple[CaptionWarning, ...]:
    places: dict[str, list[int]] = defaultdict(list)
    for note in found.notes:
        if note.at_ms is not None:
            places[note.code].append(note.at_ms)
    return tuple(CaptionWarning(api.warning_message(code), places_in_words(places[code])) for code in found.warnings)


def places_in_words(starts_ms: Iterable[int]) -> str:
    """Where captions are concerned, ``At 0:12 · 0:45 and 3 other places``; empty for the whole file."""
    times = list(dict.fromkeys(format_timecode(max(0, start)) for start in sorted(starts_ms)))
    shown, others = " · ".join(times[:FIRST_PLACES]), len(times) - FIRST_PLACES
    if not times:
        return ""
    if others <= 0:
        return _("At %(times)s") % {"times": shown}
    words = ngettext("At %(times)s and %(number)s other place", "At %(times)s and %(number)s other places", others)
    return words % {"times": shown, "number": others}


def encoding_name(encoding: str) -> str:
    """An encoding as people know it: ``UTF-8``, ``Windows-1252``, ``ISO 8859-2``, ``Mac Greek``, ``CP850``."""
    match = _ENCODING.fullmatch(encoding)
    if match is None:
        return ""
    unicode, windows, iso, mac, other = match.groups(default="")
    names = {"Windows-": windows, "ISO 8859-": iso, "Mac ": mac.capitalize(), "": unicode.upper() or other.upper()}
    return next(f"{prefix}{name}" for prefix, name in names.items() if name)


def _sign(clip: Clip, upload: CaptionUpload, user_pk: int) -> str:
    found = upload.found
    cues = [[cue.start_ms, cue.end_ms, cue.text, cue.settings] for cue in found.cues]
    read = {
        "for": [clip.pk, user_pk],
        "as": [upload.language, upload.kind, upload.filename],
        "cues": cues,
        "warnings": list(found.warnings),
    }
    return signing.dumps(read, salt=SALT, compress=True)


def open_upload(signed: str, clip: Clip, user_pk: int) -> CaptionUpload | None:
    """What was signed for this clip and this person within a day; None for anything else."""
    try:
        read = signing.loads(signed, salt=SALT, max_age=MAX_AGE_S)
    except signing.BadSignature:
        return None
    if read["for"] != [clip.pk, user_pk]:
        return None
    cues = tuple(api.Cue(*row) for row in read["cues"])
    warnings = tuple(api.WarningCode(code) for code in read["warnings"])
    return CaptionUpload(*read["as"], api.ParsedCaptions(cues, warnings))
