"""A transcript as a plain text file: a heading that says what it is, paragraphs with their times, and its source."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.lesson.lesson import Lesson, TranscriptLanguage
from exchange.lesson.paragraphs import Paragraph
from exchange.share.attribution import year_of
from home.api import format_timecode, localized_text, project_period


def render_transcript(lesson: Lesson, language: TranscriptLanguage, paragraphs: Iterable[Paragraph]) -> str:
    """The whole file, in the active language but for the transcript itself."""
    parts = [
        transcript_heading(lesson, language),
        *(format_paragraph(paragraph) for paragraph in paragraphs),
        "* * *",
        lesson.attribution().text(),
    ]
    return "\n\n".join(parts) + "\n"


def transcript_heading(lesson: Lesson, language: TranscriptLanguage) -> str:
    """Title, city, projects, year, language, address and licence, a line each."""
    lines = [str(lesson.title)]
    if lesson.city:
        lines.append(_line(_("City"), str(localized_text(lesson.city, "headline"))))
    for project in lesson.projects:
        period = project_period(project)
        name = project.acronym or project.title
        lines.append(_line(_("Project"), f"{name} ({period})" if period else name))
    lines += [
        _line(_("Year"), year_of(lesson.public_clip.page)),
        # Translators: language is its name in your language.
        _("Transcript in %(language)s") % {"language": language.name_here},
        # Translators: a permanent address.
        _line(_("Link"), lesson.permanent_url),
        _line(_("Licence"), f"{lesson.licence.label} {lesson.licence.url}".rstrip()),
    ]
    return "\n".join(filter(None, lines))


def format_paragraph(paragraph: Paragraph) -> str:
    """``[1:42] Anna: What she says.``"""
    time = f"[{format_timecode(paragraph.start_ms)}] " if paragraph.marked else ""
    said = _line(paragraph.speaker, paragraph.text) if paragraph.speaker else paragraph.text
    return time + said


def _line(term: str, value: str) -> str:
    # Translators: a word and what it means here, as in "City: Genk" or "Anna: Hello".
    return _("%(term)s: %(value)s") % {"term": term, "value": value} if value else ""
