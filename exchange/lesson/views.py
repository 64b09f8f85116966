"""A clip for a lesson: its files, and its transcript to read, print and download.

These addresses carry no language; ``?lang=`` sets that of the page, ``?cc=`` that of the transcript.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.layout import clip_page_context, clip_view
from exchange.lesson import files, transcript
from exchange.lesson.lesson import Lesson, choose_transcript, get_lesson, read_cues, transcript_languages
from exchange.lesson.paragraphs import join_paragraphs
from exchange.links import clip_path, short_url
from exchange.public_clip import PublicClip
from home.api import (
    CACHE_SHORT,
    attachment_header,
    base_url,
    contacts_of,
    current_language,
    download_name,
    download_url,
    eu_statements,
    format_timecode,
    interface_languages,
    not_found_page,
    refuse_download,
    requested_language,
    send_text,
)


def lesson_of(request: HttpRequest, public_clip: PublicClip) -> Lesson:
    """The lesson with the addresses that this request was sent to."""
    return get_lesson(public_clip, short_url(base_url(request), public_clip.clip.public_id))


@clip_view
def lesson_files(request: HttpRequest, public_clip: PublicClip) -> HttpResponse:
    """``/c/<id>/files/``: the downloads, or why there are none; ``?line=`` is the attribution's language."""
    lesson = lesson_of(request, public_clip)
    allowed = lesson.licence.allows_download
    context = {
        "permitted_use": files.PERMITTED_USES[lesson.licence],
        "mp4_url": f"{download_url(lesson.clip)}?save&lang={current_language()}" if allowed else "",
        "transcripts": [files.transcript_files(lesson, language) for language in transcript_languages(lesson.clip)],
        "attribution": files.attribution_line(lesson, request.GET.get("line", "")),
        "contacts": [] if allowed or lesson.city is None else contacts_of(lesson.city),
    }
    # Translators: the title of a page with files to download; clip is the title of a clip.
    title = _("Downloads: %(clip)s") % {"clip": lesson.title}
    return _page(request, lesson, "exchange/lesson/files.html", title, _("Downloads"), context)


@clip_view
def transcript_page(request: HttpRequest, public_clip: PublicClip) -> HttpResponse:
    """``/c/<id>/transcript/``: the transcript, for screen and print."""
    clip = public_clip.clip
    languages = transcript_languages(clip)
    language = choose_transcript(request.GET, clip, languages)
    if language is None:
        return not_found_page(request)
    lesson, here = lesson_of(request, public_clip), current_language()
    context = {
        "transcript": language,
        # A paragraph's time as text, and the address that plays the clip from there.
        "paragraphs": [
            (
                paragraph,
                format_timecode(paragraph.start_ms),
                short_url(base_url(request), clip.public_id, paragraph.start_ms // 1000),
            )
            for paragraph in join_paragraphs(read_cues(clip, language), language.code)
        ],
        "transcripts": [
            (other, clip_path("transcript", clip.public_id, cc=other.code, lang=here)) for other in languages
        ],
        "files_url": clip_path("lesson_files", clip.public_id, lang=here),
        "attribution": lesson.attribution().html(),
    }
    # Translators: clip is the title of a clip.
    title = _("Transcript: %(clip)s") % {"clip": lesson.title}
    return _page(request, lesson, "exchange/lesson/transcript.html", title, _("Transcript"), context)


@clip_view
def transcript_text(request: HttpRequest, public_clip: PublicClip) -> HttpResponseBase:
    """``/c/<id>/transcript.txt``: the same as a file, headed in its own language unless ``?lang=`` says otherwise."""
    lesson, clip = lesson_of(request, public_clip), public_clip.clip
    if not lesson.licence.allows_download:
        return refuse_download(request, lesson.permanent_url)
    language = choose_transcript(request.GET, clip, transcript_languages(clip))
    if language is None:
        return not_found_page(request)
    default = language.code if language.code in interface_languages() else current_language()
    with override(requested_language(request) or default):
        text = transcript.render_transcript(
            lesson.reread(), language, join_paragraphs(read_cues(clip, language), language.code)
        )
    response = send_text(request, text, "txt", CACHE_SHORT)
    response["Content-Language"] = language.code
    if "save" in request.GET:
        name = download_name(clip, public_clip.page, requested_language(request), f".{language.code}.txt")
        response["Content-Disposition"] = attachment_header(name)
    return response


def _page(
    request: HttpRequest, lesson: Lesson, template: str, title: str, crumb: str, context: dict[str, Any]
) -> HttpResponse:
    page_context = clip_page_context(request, lesson.public_clip, title, crumb)
    page_context |= {"lesson": lesson, "eu_statements": eu_statements(lesson.projects)}
    response = render(request, template, {**page_context, **context})
    response["Cache-Control"] = CACHE_SHORT
    return response
