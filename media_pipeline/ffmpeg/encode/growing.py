"""A preview that plays while it is being made: HLS of single files whose playlists grow with every segment.

ffmpeg writes it and not the packager, which begins when the encode is over. Names are those of a complete package.
Only for what is encoded: a copied stream is there at once, and its reordered pictures would start late.
"""

import re
from collections.abc import Mapping

from media_pipeline.ffmpeg.encode.encoder_options import CLEAN_OUTPUT, OutputOptions
from media_pipeline.ffmpeg.encode.packager import playlist_name
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.hls.media_playlist import MediaPlaylist, parse_media_playlist
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.ffmpeg.plan.recipe import MAIN_SOUND, Recipe

SEGMENT_S = 2  # one keyframe: the first is there as soon as may be
INIT_BYTES = 4096  # of a media file: its initialisation section is below one kilobyte

_FROM_START = "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES"


def growing_options(media_name: str) -> OutputOptions:
    """Output options of a playlist beside which `media_name` grows."""
    return {
        **CLEAN_OUTPUT,
        "f": "hls",
        "hls_time": str(SEGMENT_S),
        "hls_playlist_type": "event",  # segments are added, none goes
        "hls_segment_type": "fmp4",
        "hls_flags": "single_file+independent_segments",
        "hls_segment_filename": media_name,
    }


def growing_playlists(recipe: Recipe) -> dict[str, str]:
    """Every playlist that grows, and the media file beside it."""
    files = {playlist_name(rung.name): rung.file_name for rung in recipe.rungs}
    return files | ({playlist_name(MAIN_SOUND): recipe.audio.file_name} if recipe.audio else {})


def from_the_start(text: str) -> str:
    """The playlist for players, which begin a playlist without an end near to its end unless they are told."""
    return text.replace("#EXTM3U\n", f"#EXTM3U\n{_FROM_START}\n", 1)


def parse_growing(recipe: Recipe, texts: Mapping[str, str]) -> dict[str, MediaPlaylist]:
    """The playlists by name; empty as long as one of them has no segment."""
    try:
        found = {name: parse_media_playlist(texts[name]) for name in growing_playlists(recipe)}
    except (KeyError, MediaError):
        return {}
    return found if all(playlist.segments for playlist in found.values()) else {}


def growing_tracks(
    recipe: Recipe, playlists: Mapping[str, MediaPlaylist], heads: Mapping[str, bytes]
) -> tuple[MediaTrack, ...]:
    """What the multivariant playlist says of each stream, by what is there. `heads` are the media files' first bytes.

    MediaError(verify_failed) when a head is none.
    """
    tracks = [
        MediaTrack(
            kind="video",
            codec="h264",
            codecs=avc_codec_string(heads[rung.file_name]),
            # The cap counts until all segments are known: a player must not choose by a quiet beginning.
            bandwidth=max(rung.rate_max, playlists[playlist_name(rung.name)].peak_bandwidth),
            average_bandwidth=playlists[playlist_name(rung.name)].average_bandwidth,
            size_bytes=playlists[playlist_name(rung.name)].segments[-1].bytes.end,
            media_name=rung.file_name,
            playlist_name=playlist_name(rung.name),
            width=rung.width,
            height=rung.height,
            frame_rate=round(float(rung.fps), 3),
        )
        for rung in recipe.rungs
    ]
    if recipe.audio is not None:
        heard = playlists[playlist_name(MAIN_SOUND)]
        tracks.append(
            MediaTrack(
                kind="audio",
                codec="aac",
                codecs="mp4a.40.2",
                bandwidth=max(recipe.audio.bitrate, heard.peak_bandwidth),
                average_bandwidth=heard.average_bandwidth,
                size_bytes=heard.segments[-1].bytes.end,
                media_name=recipe.audio.file_name,
                playlist_name=playlist_name(MAIN_SOUND),
            )
        )
    return tuple(tracks)


def avc_codec_string(head: bytes) -> str:
    """ "avc1.64001f" from an initialisation section: profile, constraints and level (ISO/IEC 14496-15, 5.3.3.1).

    MediaError(verify_failed) without an `avcC` box.
    """
    found = re.search(rb"avcC\x01(.{3})", head, re.DOTALL)
    if found is None:
        raise MediaError(ErrorCode.VERIFY_FAILED, "no avcC box")
    return f"avc1.{found.group(1).hex()}"
