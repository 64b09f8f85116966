"""Is the package as a whole what we planned?"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from media_pipeline.ffmpeg.encode.packager import iframe_playlist_name, parse_playlists, playlist_name
from media_pipeline.ffmpeg.hls.media_playlist import MediaPlaylist
from media_pipeline.ffmpeg.plan.recipe import Recipe, length_slack_s
from media_pipeline.ffmpeg.verify.streams import verify_error

SEGMENT_TOLERANCE_S = 0.1  # times of small rungs are rounded to their frames


def verify_package(recipe: Recipe, texts: Mapping[str, str], sizes: Mapping[str, int], duration_s: float) -> None:
    """Playlists against files: ended, complete, every range inside its file, all the same length.

    `texts` are the playlists, `sizes` the bytes of the media files, by name; `duration_s` is what `verify_lengths`
    found.
    """
    playlists = parse_playlists(recipe, texts)
    for rung in recipe.rungs:
        _verify_media(rung.file_name, playlists[playlist_name(rung.name)], sizes, duration_s)
        pictures = playlists[iframe_playlist_name(rung.name)]
        _verify_ranges(rung.file_name, pictures, sizes.get(rung.file_name, 0))
        if not pictures.iframes_only:
            raise verify_error(rung.file_name, "not a list of pictures")
    for sound in recipe.sounds:
        _verify_media(sound.file_name, playlists[playlist_name(sound.name)], sizes, recipe.duration_s)
    _verify_segments_meet([playlists[playlist_name(rung.name)] for rung in recipe.rungs])


def verify_growing(
    recipe: Recipe, playlists: Mapping[str, MediaPlaylist], sizes: Mapping[str, int], duration_s: float
) -> None:
    """A preview that has grown to its end: as `verify_package`, of playlists without pictures for seeking."""
    if not playlists:
        raise verify_error("preview", "a playlist is missing or empty")
    for rung in recipe.rungs:
        _verify_media(rung.file_name, playlists[playlist_name(rung.name)], sizes, duration_s)
    if recipe.audio is not None:
        _verify_media(recipe.audio.file_name, playlists[playlist_name(recipe.audio.name)], sizes, recipe.duration_s)


def _verify_segments_meet(rungs: Sequence[MediaPlaylist]) -> None:
    """Players change rung between segments: each must begin at the same time in all."""
    counts = {len(playlist.segments) for playlist in rungs}
    if len(counts) != 1:
        raise verify_error("package", f"rungs of {sorted(counts)} segments")
    for place, same in enumerate(zip(*(playlist.segments[:-1] for playlist in rungs), strict=True)):
        lengths = [segment.duration_s for segment in same]
        if max(lengths) - min(lengths) > SEGMENT_TOLERANCE_S:
            raise verify_error("package", f"segment {place} is {min(lengths):.2f} s or {max(lengths):.2f} s long")


def _verify_media(file_name: str, playlist: MediaPlaylist, sizes: Mapping[str, int], duration_s: float) -> None:
    size = sizes.get(file_name, 0)
    _verify_ranges(file_name, playlist, size)
    if playlist.iframes_only:
        raise verify_error(file_name, "pictures only")
    for before, after in pairwise(playlist.segments):
        if after.bytes.offset != before.bytes.end:
            raise verify_error(file_name, f"a hole before byte {after.bytes.offset}")
    if playlist.segments[-1].bytes.end != size:
        raise verify_error(file_name, f"ends at byte {playlist.segments[-1].bytes.end} of {size}")
    if abs(playlist.duration_s - duration_s) > length_slack_s(duration_s):
        raise verify_error(file_name, f"segments of {playlist.duration_s:.2f} s for {duration_s:.2f} s")


def _verify_ranges(file_name: str, playlist: MediaPlaylist, size: int) -> None:
    """What holds for every playlist of a media file of `size` bytes."""
    if not playlist.ended or not playlist.segments:
        raise verify_error(file_name, "the playlist has no end")
    ranges = [playlist.init, *(segment.bytes for segment in playlist.segments)]
    if any(part.length <= 0 or part.end > size for part in ranges):
        raise verify_error(file_name, f"a range is outside of its {size} bytes")
    if any(segment.uri != file_name for segment in playlist.segments):
        raise verify_error(file_name, "the playlist names another file")
    if any(segment.duration_s > playlist.target_s + 0.5 for segment in playlist.segments):
        raise verify_error(file_name, "a segment is longer than the target")
