"""What players read besides the media files: texts composed from rows when they are requested.

All addresses in them are relative to ``/media/<public_id>/``, where the package above serves them:
``<key>/<file>``, ``subs/<language>.<kind>.m3u8``, ``captions/<language>.<kind>.vtt``.
"""

from dataclasses import fields

from django.conf import settings
from django.utils.translation import get_language_info, gettext, override

from media_pipeline.ffmpeg.hls import multivariant
from media_pipeline.ffmpeg.images import storyboard
from media_pipeline.models import Caption, Clip, Package, Rendition

SUBTITLE_KINDS = {Caption.Kind.SUBTITLES.value: "", Caption.Kind.CAPTIONS.value: " (CC)"}
"""Kinds that are listed in a player's subtitle menu, with what tells two tracks of one language apart."""


def playlist_text(clip: Clip, package: Package | None = None) -> str:
    """The multivariant playlist of ``package``, else of what plays now: rungs, sounds, subtitles, pictures for seeking.

    Raises ValueError for a clip without a package.
    """
    package = _playing(clip, package)
    subtitles = [
        multivariant.SubtitleRendition(
            language=caption.language,
            name=native_language_name(caption.language) + SUBTITLE_KINDS[caption.kind],
            uri=f"subs/{caption.language}.{caption.kind}.m3u8",
            kind=caption.kind,
        )
        for caption in clip.captions.filter(kind__in=SUBTITLE_KINDS)
    ]
    return multivariant.write_multivariant_playlist(
        [_track(rendition) for rendition in package.renditions.all()],
        prefix=f"{package.key}/",
        subtitles=subtitles,
        audio_language=clip.spoken_language,
        audio_name=native_language_name(clip.spoken_language),
        described_name=_described_name(clip.spoken_language),
    )


def subtitle_playlist_text(caption: Caption, package: Package | None = None) -> str:
    """The media playlist of one caption track: a single WebVTT file as long as ``package``, else what plays now.

    Raises ValueError for a clip without a package.
    """
    duration_s = _playing(caption.clip, package).duration_s
    return multivariant.write_subtitle_playlist(f"../captions/{caption.language}.{caption.kind}.vtt", duration_s)


def _playing(clip: Clip, package: Package | None) -> Package:
    playing = package or clip.package
    if playing is None:
        raise ValueError("the clip has no package yet")
    return playing


def storyboard_text(package: Package) -> str:
    """WebVTT that maps times to tiles (``<key>/<sheet>#xywh=``); only a header when there is no storyboard."""
    row = getattr(package, "storyboard", None)
    if row is None:
        return "WEBVTT\n"
    return storyboard.write_storyboard_vtt(
        row.times_s,
        package.duration_s,
        columns=row.columns,
        tile_width=row.tile_width,
        tile_height=row.tile_height,
        image_url=f"{package.key}/{row.sheets[0]}",
    )


def native_language_name(code: str) -> str:
    """A language's own name for itself, its code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _described_name(language: str) -> str:
    """What the sound with audio description is called, in its own language where we speak it."""
    with override(language if language in dict(settings.LANGUAGES) else "en"):
        # Translators: language is the name of a language; this is the sound for people who don't see the picture.
        return gettext("%(language)s, audio description") % {"language": native_language_name(language)}


def _track(row: Rendition) -> multivariant.MediaTrack:
    columns = {field.name: getattr(row, field.name) for field in fields(multivariant.MediaTrack)}
    return multivariant.MediaTrack(**{name: value for name, value in columns.items() if value is not None})
