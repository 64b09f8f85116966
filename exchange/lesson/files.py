"""The files of a clip for a lesson, and what its licence allows a class to do with them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.lesson.lesson import Lesson, TranscriptLanguage, lesson_url, reread_lesson
from home.api import (
    SwitchEntry,
    captions_url,
    current_language,
    direction,
    download_url,
    interface_languages,
    native_name,
)
from home.models import Licence
from media_pipeline import api
from media_pipeline.models import Caption

PERMITTED_USES: dict[str, Promise] = {
    Licence.CC0: _("No rights reserved: you may download, show, change and share it."),
    Licence.BY: _("You may download, show, change and share it if you credit it as shown below."),
    Licence.BY_SA: _(
        "You may download, show, change and share it if you credit it as shown below. Your own "
        "versions need the same licence."
    ),
    Licence.BY_NC: _(
        "You may download, show, change and share it if you credit it as shown below. You may not use it to earn money."
    ),
    Licence.BY_NC_SA: _(
        "You may download, show, change and share it if you credit it as shown below. You may not "
        "use it to earn money. Your own versions need the same licence."
    ),
    Licence.ALL_RIGHTS: _(
        "The people who made this clip don’t allow downloads. You may watch it in the archive with "
        "your class and embed it in your own page."
    ),
}
"""What each licence allows a teacher to do."""


@dataclass(frozen=True)
class CaptionFile:
    """A caption track as a file; ``format`` is its extension as a word ("VTT")."""

    format: str
    url: str


@dataclass(frozen=True)
class TranscriptFiles:
    """The transcript in one language: a page, and where the licence allows it, files to download."""

    language: TranscriptLanguage
    page_url: str
    text_url: str
    caption_files: tuple[CaptionFile, ...]


@dataclass(frozen=True)
class AttributionLine:
    """The attribution in one language, with a switch to the others."""

    language: str
    dir: str
    text: str
    html: SafeString
    languages: tuple[SwitchEntry, ...]


def transcript_files(lesson: Lesson, languages: list[TranscriptLanguage]) -> list[TranscriptFiles]:
    """The clip's languages with their addresses; those of files are empty where the licence forbids downloads."""
    return [_files_in(lesson, language) for language in languages]


def _files_in(lesson: Lesson, language: TranscriptLanguage) -> TranscriptFiles:
    clip, here = lesson.clip, current_language()
    page_url = lesson_url("transcript", clip.public_id, cc=language.code, lang=here)
    if not lesson.licence.allows_download:
        return TranscriptFiles(language, page_url, "", ())
    text_url = lesson_url("transcript_text", clip.public_id, cc=language.code, lang=here) + "&save"
    track = Caption(language=language.code, kind=language.kind)
    files = tuple(
        CaptionFile(each.extension.upper(), f"{captions_url(clip, track, each.extension)}?save&lang={here}")
        for each in api.CAPTION_FORMATS
    )
    return TranscriptFiles(language, page_url, text_url, files)


def mp4_url(lesson: Lesson) -> str:
    """The MP4 download; empty where the licence forbids it."""
    if not lesson.licence.allows_download:
        return ""
    return f"{download_url(lesson.clip)}?save&lang={current_language()}"


def attribution_line(lesson: Lesson, language: str) -> AttributionLine:
    """The attribution for readers of ``language``; an unknown one falls back to the page's."""
    offered, here = interface_languages(), current_language()
    chosen = language if language in offered else here
    with override(chosen):
        line = (lesson if chosen == here else reread_lesson(lesson)).attribution()
        text, html = line.text(), line.html()
    switch = tuple(
        SwitchEntry(
            code,
            native_name(code),
            direction(code),
            lesson_url("lesson_files", lesson.clip.public_id, lang=here, line=code) + "#attribution",
            code == chosen,
            has_content=True,
        )
        for code in offered
    )
    return AttributionLine(chosen, direction(chosen), text, html, switch)
