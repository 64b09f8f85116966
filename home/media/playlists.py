"""Playlists, written for each request, so that new captions appear at once."""

from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from home.media import delivery
from home.media.admission import AdmittedClip, require_clip
from home.refusal import not_found_text
from media_pipeline import api
from media_pipeline.models import Clip


@require_clip
def multivariant_playlist(request: HttpRequest, admitted: AdmittedClip) -> HttpResponseBase:
    """``/media/<id>/master.m3u8``: all rungs, audio and subtitle tracks."""
    text = api.playlist_text(admitted.clip, admitted.package)
    if request.method == "GET" and not admitted.preview:
        note_viewer(admitted.clip)
    return delivery.send_text(request, text, "m3u8", admitted.cache_control(delivery.CACHE_SHORT))


def note_viewer(clip: Clip) -> None:
    """Somebody begins to play a clip. A database that cannot be written is no reason to show nothing."""
    try:
        api.want_all_rungs(clip)
    except Error as problem:
        if not api.is_outage(problem):
            raise
        api.note_outage(problem)


@require_clip
def caption_playlist(request: HttpRequest, admitted: AdmittedClip, language: str, kind: str) -> HttpResponseBase:
    """``/media/<id>/subs/<language>.<kind>.m3u8``: the media playlist of one caption track."""
    caption = admitted.clip.captions.filter(language=language, kind=kind).first()
    if caption is None:
        return not_found_text(request)
    caption.clip = admitted.clip
    text = api.subtitle_playlist_text(caption, admitted.package)
    return delivery.send_text(request, text, "m3u8", admitted.cache_control(delivery.CACHE_SHORT))
