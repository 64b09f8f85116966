"""What players read besides the media files: texts composed from rows at the moment they are asked for.

All addresses in them are relative to ``/media/<public_id>/``, where the room above serves them:
``<key>/<file>``, ``subs/<language>.<kind>.m3u8``, ``captions/<language>.<kind>.vtt``.
"""

from itertools import pairwise

from django.utils.translation import get_language_info

from media_pipeline.ffmpeg.hls import multivariant
from media_pipeline.ffmpeg.images import storyboard
from media_pipeline.models import Caption, Clip, Package, Rendition

SUBTITLE_KINDS = {Caption.Kind.SUBTITLES.value: "", Caption.Kind.CAPTIONS.value: " (CC)"}
"""Kinds that stand in a player's subtitle menu, with what tells two tracks of one language apart."""


def playlist_text(clip: Clip, package: Package | None = None) -> str:
    """The multivariant playlist of ``package``, else of what plays now: rungs, sound, subtitles, pictures for seeking.

    Raises ValueError for a clip without a package.
    """
    package = _playing(clip, package)
    return multivariant.write_multivariant_playlist(
        [_track(rendition) for rendition in package.renditions.all()],
        prefix=f"{package.key}/",
        subtitles=[_subtitle(caption) for caption in clip.captions.filter(kind__in=SUBTITLE_KINDS)],
        audio_language=clip.spoken_language,
        audio_name=native_language_name(clip.spoken_language),
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
    ends = [later for _, later in pairwise((*row.times_s, package.duration_s))]
    tiles = tuple(
        storyboard.StoryboardTile(
            start, end, place % row.columns * row.tile_width, place // row.columns * row.tile_height
        )
        for place, (start, end) in enumerate(zip(row.times_s, ends, strict=True))
    )
    board = storyboard.StoryboardPlan(tiles, row.tile_width, row.tile_height, row.columns, row.rows, step=1)
    return storyboard.write_storyboard_vtt(board, f"{package.key}/{row.sheets[0]}")


def native_language_name(code: str) -> str:
    """A language's own name for itself, its code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _subtitle(caption: Caption) -> multivariant.SubtitleRendition:
    return multivariant.SubtitleRendition(
        language=caption.language,
        name=native_language_name(caption.language) + SUBTITLE_KINDS[caption.kind],
        uri=f"subs/{caption.language}.{caption.kind}.m3u8",
        kind="captions" if caption.kind == Caption.Kind.CAPTIONS else "subtitles",
    )


def _track(row: Rendition) -> multivariant.MediaTrack:
    return multivariant.MediaTrack(
        kind="video" if row.kind == Rendition.Kind.VIDEO else "audio",
        codec=row.codec,
        codecs=row.codecs,
        bandwidth=row.bandwidth,
        average_bandwidth=row.average_bandwidth,
        size_bytes=row.size_bytes,
        media_name=row.media_name,
        playlist_name=row.playlist_name,
        width=row.width or 0,
        height=row.height or 0,
        frame_rate=row.frame_rate or 0.0,
        iframe_playlist_name=row.iframe_playlist_name,
        iframe_bandwidth=row.iframe_bandwidth or 0,
    )
