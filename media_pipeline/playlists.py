"""What players read besides the media files: texts composed from rows at the moment they are asked for.

All addresses in them are relative to ``/media/<public_id>/``, where the room above serves them.
"""

from media_pipeline.models import Caption, Clip, Package


def playlist_text(clip: Clip) -> str:
    """The multivariant playlist of what plays now: rungs, sound, subtitle tracks, pictures for seeking.

    Raises ValueError for a clip without a package.
    """
    from media_pipeline.ffmpeg import hls

    if clip.package is None:
        raise ValueError("the clip has no package yet")
    return hls.multivariant(clip)


def subtitle_playlist_text(caption: Caption) -> str:
    """The media playlist of one caption track: a single WebVTT file as long as the clip."""
    from media_pipeline.ffmpeg import hls

    return hls.subtitle(caption)


def storyboard_text(package: Package) -> str:
    """WebVTT that maps times to tiles (``<key>/<sheet>#xywh=``); "" when the package has no storyboard."""
    from media_pipeline.ffmpeg import hls

    return hls.storyboard(package)
