"""Playlists, written for each request, so that new captions appear at once."""

from django.http import HttpRequest, HttpResponseBase

from home.media import delivery
from home.media.admission import AdmittedClip, require_clip
from home.refusal import not_found_text
from media_pipeline import api


@require_clip
def multivariant_playlist(request: HttpRequest, admitted: AdmittedClip) -> HttpResponseBase:
    """``/media/<id>/master.m3u8``: all rungs, audio and subtitle tracks."""
    text = api.playlist_text(admitted.clip, admitted.package)
    return delivery.send_text(request, text, "m3u8", admitted.cache_control(delivery.CACHE_SHORT))


@require_clip
def caption_playlist(request: HttpRequest, admitted: AdmittedClip, language: str, kind: str) -> HttpResponseBase:
    """``/media/<id>/subs/<language>.<kind>.m3u8``: the media playlist of one caption track."""
    caption = admitted.clip.captions.filter(language=language, kind=kind).first()
    if caption is None:
        return not_found_text(request)
    caption.clip = admitted.clip
    text = api.subtitle_playlist_text(caption, admitted.package)
    return delivery.send_text(request, text, "m3u8", admitted.cache_control(delivery.CACHE_SHORT))
