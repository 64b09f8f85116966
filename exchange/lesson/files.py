"""The files of a clip for a lesson, and what its licence allows a class to do with them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.lesson.lesson import Lesson, TranscriptLanguage
from exchange.links import clip_path
from home.api import SwitchEntry, captions_url, current_language, direction, interface_languages, native_name
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
class TranscriptFiles:
    """The transcript in one language: a page, and where the licence allows it, files to download.

    ``caption_files`` are ``(format, address)``, the format as a word ("VTT").
    """

    language: TranscriptLanguage
    page_url: str
    text_url: str = ""
    caption_files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AttributionLine:
    """The attribution in one language, with a switch to the others."""

    language: str
    dir: str
    text: str
    html: SafeString
    languages: tuple[SwitchEntry, ...]


def transcript_files(lesson: Lesson, language: TranscriptLanguage) -> TranscriptFiles:
    """A language of the clip with its addresses; those of files are empty where the licence forbids downloads."""
    clip, chosen = lesson.clip, {"cc": language.code, "lang": current_language()}
    page_url = clip_path("transcript", clip.public_id, **chosen)
    if not lesson.licence.allows_download:
        return TranscriptFiles(language, page_url)
    track = Caption(language=language.code, kind=language.kind)
    return TranscriptFiles(
        language,
        page_url,
        clip_path("transcript_text", clip.public_id, **chosen) + "&save",
        tuple(
            (each.extension.upper(), f"{captions_url(clip, track, each.extension)}?save&lang={chosen['lang']}")
            for each in api.DOWNLOAD_FORMATS
        ),
    )


def attribution_line(lesson: Lesson, language: str) -> AttributionLine:
    """The attribution for readers of ``language``; an unknown one falls back to the page's."""
    offered, here = interface_languages(), current_language()
    chosen = language if language in offered else here
    with override(chosen):
        line = (lesson if chosen == here else lesson.reread()).attribution()
        text, html = line.text(), line.html()
    switch = tuple(
        SwitchEntry(
            code,
            native_name(code),
            direction(code),
            clip_path("lesson_files", lesson.clip.public_id, lang=here, line=code) + "#attribution",
            code == chosen,
            has_content=True,
        )
        for code in offered
    )
    return AttributionLine(chosen, direction(chosen), text, html, switch)
