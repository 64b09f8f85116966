"""A clip for a lesson: its files, and what is said in it, to read, to print and to keep.

These addresses carry no language; ``?lang=`` chooses that of the page, ``?cc=`` that of what is said.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.layout import page_context, refusal
from exchange.lesson import files as lesson_files
from exchange.lesson import transcript
from exchange.lesson.lesson import Lesson, address, cues_of, lesson, reread, texts_of, wanted_text
from exchange.lesson.paragraphs import Paragraph, paragraphs
from exchange.links import short_url
from exchange.public_clip import public_clip
from home.api import (
    CACHE_SHORT,
    NavLink,
    asked_language,
    attachment_header,
    base_url,
    contacts_of,
    current_language,
    download_name,
    eu_statements,
    interface_languages,
    not_found_page,
    refuse_download,
    send_text,
    timecode,
)


def for_lessons(view: Callable[[HttpRequest, Lesson], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view(request, lesson)`` a public clip, with the asked language active; else answer 404 or 410."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str) -> HttpResponseBase:
        with override(asked_language(request) or current_language()):
            found = public_clip(public_id)
            response = view(request, lesson(found, base_url(request))) if found else refusal(request, public_id)
            response.headers.setdefault("Content-Language", current_language())
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(wrapped)


@for_lessons
def files(request: HttpRequest, shown: Lesson) -> HttpResponseBase:
    """``/c/<id>/files/``: all there is to keep, or why there is nothing; ``?line=`` is the attribution's language."""
    allowed = shown.licence.allows_keeping
    own = {
        "lesson": shown,
        "allowed": lesson_files.ALLOWED[shown.licence.code],
        "film_url": lesson_files.film_url(shown),
        "readings": lesson_files.readings(shown, texts_of(shown.clip)),
        "line": lesson_files.line_in(shown, request.GET.get("line", "")),
        "contacts": [] if allowed or shown.city is None else contacts_of(shown.city),
    }
    return _page(request, shown, "exchange/lesson_files.html", _("For the lesson"), own)


@for_lessons
def transcript_page(request: HttpRequest, shown: Lesson) -> HttpResponseBase:
    """``/c/<id>/transcript/``: what is said, to read on a screen and on paper."""
    texts = texts_of(shown.clip)
    text = wanted_text(request.GET, shown.clip, texts)
    if text is None:
        return not_found_page(request)
    here, public_id = current_language(), shown.clip.public_id
    said = paragraphs(cues_of(shown.clip, text), text.language)
    own = {
        "lesson": shown,
        "text": text,
        "lines": [(paragraph, _second(request, shown, paragraph)) for paragraph in said],
        "choice": [(each, address("transcript", public_id, cc=each.language, lang=here)) for each in texts],
        "files_url": address("lesson_files", public_id, lang=here),
        "line": shown.attribution().html(),
    }
    return _page(request, shown, "exchange/transcript.html", _("Transcript"), own)


@for_lessons
def transcript_text(request: HttpRequest, shown: Lesson) -> HttpResponseBase:
    """``/c/<id>/transcript.txt``: the same as a file, headed in its own language unless ``?lang=`` says otherwise."""
    clip = shown.clip
    if not shown.licence.allows_keeping:
        return refuse_download(request, shown.permanent_url)
    text = wanted_text(request.GET, clip, texts_of(clip))
    if text is None:
        return not_found_page(request)
    own = text.language if text.language in interface_languages() else current_language()
    with override(asked_language(request) or own):
        written = transcript.plain_text(reread(shown), text, paragraphs(cues_of(clip, text), text.language))
    response = send_text(request, written, "txt", CACHE_SHORT)
    response["Content-Language"] = text.language
    if "save" in request.GET:
        name = download_name(clip, shown.found.page, asked_language(request), f".{text.language}.txt")
        response["Content-Disposition"] = attachment_header(name)
    return response


def _second(request: HttpRequest, shown: Lesson, paragraph: Paragraph) -> tuple[str, str]:
    """A paragraph's time as people read it, and the address that plays the clip from there."""
    time = timecode(paragraph.start_ms)
    return time, short_url(base_url(request), shown.clip.public_id, paragraph.start_ms // 1000)


def _page(request: HttpRequest, shown: Lesson, template: str, title: str, own: dict[str, Any]) -> HttpResponse:
    """A page of the archive about the clip, on the way that leads from the clip's own."""
    clip_page = NavLink(shown.title, shown.found.page.get_url(request) or "")
    heading = _("%(what)s: %(clip)s") % {"what": title, "clip": shown.title}
    context = page_context(request, heading, crumb=title, above=[clip_page])
    context |= {"clip_page": clip_page, "eu_statements": eu_statements(shown.projects)}
    response = render(request, template, {**context, **own})
    response["Cache-Control"] = CACHE_SHORT
    return response
