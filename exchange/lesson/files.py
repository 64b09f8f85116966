"""The files of a clip for a lesson, and what its licence lets a class do with them, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.lesson.lesson import Lesson, Text, address, reread
from home.api import SwitchEntry, captions_url, current_language, direction, download_url, interface_languages, own_name
from home.models.choices import Licence
from media_pipeline.models import Caption

ALLOWED: dict[str, Promise] = {
    Licence.CC0: _("Nobody reserves any rights: keep it, show it, change it, pass it on."),
    Licence.BY: _("Keep it, show it in class, change it and pass it on, as long as you name it with the line below."),
    Licence.BY_SA: _(
        "Keep it, show it in class, change it and pass it on, as long as you name it with the line below and put what "
        "you make of it under the same licence."
    ),
    Licence.BY_NC: _(
        "Keep it, show it in class, change it and pass it on without earning money by it, as long as you name it with "
        "the line below."
    ),
    Licence.BY_NC_SA: _(
        "Keep it, show it in class, change it and pass it on without earning money by it, as long as you name it with "
        "the line below and put what you make of it under the same licence."
    ),
    Licence.ALL_RIGHTS: _(
        "The people who made this film have reserved all rights, so there is no file of it to keep. You may watch it "
        "in the archive with your class, and embed it in a page of your own."
    ),
}
"""What each licence lets a teacher do, in a sentence."""


@dataclass(frozen=True)
class Reading:
    """What is said, in one language: to read on a page and, where the licence allows it, as files to keep."""

    text: Text
    page_url: str
    text_url: str
    vtt_url: str
    srt_url: str


@dataclass(frozen=True)
class Line:
    """The attribution in one language, with the choice of all others."""

    language: str
    dir: str
    text: str
    html: SafeString
    languages: tuple[SwitchEntry, ...]


def readings(lesson: Lesson, texts: list[Text]) -> list[Reading]:
    """The clip's languages with their addresses; those of files are empty where nothing may be kept."""
    return [_reading(lesson, text) for text in texts]


def _reading(lesson: Lesson, text: Text) -> Reading:
    clip, here = lesson.clip, current_language()
    page_url = address("transcript", clip.public_id, cc=text.language, lang=here)
    if not lesson.licence.allows_keeping:
        return Reading(text, page_url, "", "", "")
    text_url = address("transcript_text", clip.public_id, cc=text.language, lang=here) + "&save"
    track = Caption(language=text.language, kind=text.kind)
    vtt, srt = (f"{captions_url(clip, track, ending)}?save&lang={here}" for ending in ("vtt", "srt"))
    return Reading(text, page_url, text_url, vtt, srt)


def film_url(lesson: Lesson) -> str:
    """The MP4 to keep; empty where the licence forbids that."""
    if not lesson.licence.allows_keeping:
        return ""
    return f"{download_url(lesson.clip)}?save&lang={current_language()}"


def line_in(lesson: Lesson, language: str) -> Line:
    """The attribution for readers of ``language``; any unknown one means the page's own."""
    offered, here = interface_languages(), current_language()
    chosen = language if language in offered else here
    with override(chosen):
        named = (lesson if chosen == here else reread(lesson)).attribution()
        text, html = named.text(), named.html()
    choice = tuple(
        SwitchEntry(
            code,
            own_name(code),
            direction(code),
            address("lesson_files", lesson.clip.public_id, lang=here, line=code) + "#attribution",
            code == chosen,
            has_content=True,
        )
        for code in offered
    )
    return Line(chosen, direction(chosen), text, html, choice)
