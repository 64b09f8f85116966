"""A clip for a lesson: its files, and its transcript to read, print and download.

These addresses carry no language; ``?lang=`` sets that of the page, ``?cc=`` that of the transcript.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.layout import layout_context, refuse_clip
from exchange.lesson import files, transcript
from exchange.lesson.lesson import (
    Lesson,
    choose_transcript,
    get_lesson,
    lesson_url,
    read_cues,
    reread_lesson,
    transcript_languages,
)
from exchange.lesson.paragraphs import Paragraph, join_paragraphs
from exchange.links import short_url
from exchange.public_clip import get_public_clip
from home.api import (
    CACHE_SHORT,
    NavLink,
    attachment_header,
    base_url,
    contacts_of,
    current_language,
    download_name,
    eu_statements,
    format_timecode,
    interface_languages,
    not_found_page,
    refuse_download,
    requested_language,
    send_text,
)


def lesson_view(view: Callable[[HttpRequest, Lesson], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view(request, lesson)`` a public clip, with the requested language active; else respond 404 or 410."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str) -> HttpResponseBase:
        with override(requested_language(request) or current_language()):
            public_clip = get_public_clip(public_id)
            response = (
                view(request, get_lesson(public_clip, base_url(request)))
                if public_clip
                else refuse_clip(request, public_id)
            )
            response.headers.setdefault("Content-Language", current_language())
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(wrapped)


@lesson_view
def lesson_files(request: HttpRequest, lesson: Lesson) -> HttpResponseBase:
    """``/c/<id>/files/``: the downloads, or why there are none; ``?line=`` is the attribution's language."""
    allowed = lesson.licence.allows_download
    context = {
        "lesson": lesson,
        "permitted_use": files.PERMITTED_USES[lesson.licence],
        "mp4_url": files.mp4_url(lesson),
        "transcripts": files.transcript_files(lesson, transcript_languages(lesson.clip)),
        "attribution": files.attribution_line(lesson, request.GET.get("line", "")),
        "contacts": [] if allowed or lesson.city is None else contacts_of(lesson.city),
    }
    return _page(request, lesson, "exchange/lesson/files.html", _("Downloads"), context)


@lesson_view
def transcript_page(request: HttpRequest, lesson: Lesson) -> HttpResponseBase:
    """``/c/<id>/transcript/``: the transcript, for screen and print."""
    languages = transcript_languages(lesson.clip)
    language = choose_transcript(request.GET, lesson.clip, languages)
    if language is None:
        return not_found_page(request)
    here, public_id = current_language(), lesson.clip.public_id
    paragraphs = join_paragraphs(read_cues(lesson.clip, language), language.code)
    context = {
        "lesson": lesson,
        "transcript": language,
        "paragraphs": [(paragraph, *_time_link(request, lesson, paragraph)) for paragraph in paragraphs],
        "transcripts": [(other, lesson_url("transcript", public_id, cc=other.code, lang=here)) for other in languages],
        "files_url": lesson_url("lesson_files", public_id, lang=here),
        "attribution": lesson.attribution().html(),
    }
    return _page(request, lesson, "exchange/lesson/transcript.html", _("Transcript"), context)


@lesson_view
def transcript_text(request: HttpRequest, lesson: Lesson) -> HttpResponseBase:
    """``/c/<id>/transcript.txt``: the same as a file, headed in its own language unless ``?lang=`` says otherwise."""
    clip = lesson.clip
    if not lesson.licence.allows_download:
        return refuse_download(request, lesson.permanent_url)
    language = choose_transcript(request.GET, clip, transcript_languages(clip))
    if language is None:
        return not_found_page(request)
    default = language.code if language.code in interface_languages() else current_language()
    with override(requested_language(request) or default):
        text = transcript.render_transcript(
            reread_lesson(lesson), language, join_paragraphs(read_cues(clip, language), language.code)
        )
    response = send_text(request, text, "txt", CACHE_SHORT)
    response["Content-Language"] = language.code
    if "save" in request.GET:
        name = download_name(clip, lesson.public_clip.page, requested_language(request), f".{language.code}.txt")
        response["Content-Disposition"] = attachment_header(name)
    return response


def _time_link(request: HttpRequest, lesson: Lesson, paragraph: Paragraph) -> tuple[str, str]:
    """A paragraph's time as text, and the address that plays the clip from there."""
    time = format_timecode(paragraph.start_ms)
    return time, short_url(base_url(request), lesson.clip.public_id, paragraph.start_ms // 1000)


def _page(request: HttpRequest, lesson: Lesson, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """A page about the clip, with the clip's page in its breadcrumb."""
    clip_page = NavLink(lesson.title, lesson.public_clip.page.get_url(request) or "")
    # Translators: what is a heading such as "Downloads", clip is the title of a clip.
    heading = _("%(what)s: %(clip)s") % {"what": title, "clip": lesson.title}
    page_context = layout_context(request, heading, crumb=title, above=[clip_page])
    page_context |= {"clip_page": clip_page, "eu_statements": eu_statements(lesson.projects)}
    response = render(request, template, {**page_context, **context})
    response["Cache-Control"] = CACHE_SHORT
    return response
