"""Our multivariant playlist and the playlists of subtitles: pure text, composed when a player asks.

It is not a file of the package: captions are added and corrected long after a video was encoded.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

AUDIO_GROUP = "audio"
SUBTITLE_GROUP = "subs"
_FIRST_BANDWIDTH = 3_000_000  # players without a measurement start with the first entry

# What a caption for the deaf is, in Apple's registered words.
_FOR_THE_DEAF = "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"
_FOR_THE_BLIND = "public.accessibility.describes-video"


@dataclass(frozen=True)
class MediaTrack:
    """One stream of a package. Bits per second of this stream alone; `codecs` by RFC 6381; names in the package."""

    kind: Literal["video", "audio"]
    codec: str  # "h264", "av1" or "aac"
    codecs: str
    bandwidth: int
    average_bandwidth: int
    size_bytes: int
    media_name: str
    playlist_name: str
    width: int = 0
    height: int = 0
    frame_rate: float = 0.0
    iframe_playlist_name: str = ""
    iframe_bandwidth: int = 0
    role: Literal["", "described"] = ""  # of a sound: the main one, or with audio description
    loudness_lufs: float | None = None  # of a sound, as measured; None for silence and for what was not measured
    true_peak_db: float | None = None


@dataclass(frozen=True)
class SubtitleRendition:
    """One text rendition. `language` is a BCP 47 tag, `name` the language's own name, `uri` its playlist."""

    language: str
    name: str
    uri: str
    kind: Literal["subtitles", "captions"] = "subtitles"
    default: bool = False


def write_multivariant_playlist(
    tracks: Iterable[MediaTrack],
    *,
    prefix: str = "",
    subtitles: Sequence[SubtitleRendition] = (),
    audio_language: str = "",
    audio_name: str = "",
    described_name: str = "",
) -> str:
    """The playlist of playlists.

    `prefix` is put before every name of the package ("3838d2288735/"); subtitles have their own addresses.
    `audio_language` (BCP 47, the spoken one) and `audio_name` describe the sound; `described_name` is what the one
    with audio description is called.
    """
    every = list(tracks)
    videos, sounds = [t for t in every if t.kind == "video"], [t for t in every if t.kind == "audio"]
    # Players count with the heavier one, whichever they play.
    sound = max(sounds, key=lambda track: track.bandwidth, default=None)
    lines = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-INDEPENDENT-SEGMENTS"]
    names = {"": audio_name or "Audio", "described": described_name or "Audio description"}
    if sounds:
        lines += ["", *(_audio_media(each, prefix, audio_language, names[each.role]) for each in sounds)]
    if subtitles:
        lines += ["", *(_subtitle_media(subtitle) for subtitle in subtitles)]
    lines.append("")
    for video in _in_order(videos):
        lines += [_variant(video, sound, bool(subtitles)), prefix + video.playlist_name]
    pictures = [video for video in _in_order(videos) if video.iframe_playlist_name]
    if pictures:
        lines += ["", *(_iframe_variant(video, prefix) for video in pictures)]
    return "\n".join(lines) + "\n"


def _in_order(videos: Iterable[MediaTrack]) -> list[MediaTrack]:
    """A good start first (the best H.264 that an ordinary line carries), then each codec from the top down."""
    ranked = sorted(videos, key=lambda track: (track.codec != "h264", -track.width * track.height, -track.bandwidth))
    light = [track for track in ranked if track.codec == "h264" and track.bandwidth <= _FIRST_BANDWIDTH]
    first = light[:1]
    return first + [track for track in ranked if track not in first]


def _audio_media(sound: MediaTrack, prefix: str, language: str, name: str) -> str:
    return "#EXT-X-MEDIA:" + _attributes(
        TYPE="AUDIO",
        GROUP_ID=_quoted(AUDIO_GROUP),
        NAME=_quoted(name),
        LANGUAGE=_quoted(language) if language else "",
        DEFAULT="NO" if sound.role else "YES",
        AUTOSELECT="YES",  # people who told their device that they want descriptions get them without asking
        CHARACTERISTICS=_quoted(_FOR_THE_BLIND) if sound.role else "",
        CHANNELS=_quoted("2"),
        URI=_quoted(prefix + sound.playlist_name),
    )


def _subtitle_media(subtitle: SubtitleRendition) -> str:
    return "#EXT-X-MEDIA:" + _attributes(
        TYPE="SUBTITLES",
        GROUP_ID=_quoted(SUBTITLE_GROUP),
        NAME=_quoted(subtitle.name),
        LANGUAGE=_quoted(subtitle.language),
        DEFAULT="YES" if subtitle.default else "NO",
        AUTOSELECT="YES",  # players take the viewer's own language when captions are on
        FORCED="NO",
        CHARACTERISTICS=_quoted(_FOR_THE_DEAF) if subtitle.kind == "captions" else "",
        URI=_quoted(subtitle.uri),
    )


def _variant(video: MediaTrack, sound: MediaTrack | None, subtitled: bool) -> str:
    return "#EXT-X-STREAM-INF:" + _attributes(
        BANDWIDTH=str(video.bandwidth + (sound.bandwidth if sound else 0)),
        AVERAGE_BANDWIDTH=str(video.average_bandwidth + (sound.average_bandwidth if sound else 0)),
        CODECS=_quoted(",".join([video.codecs, *([sound.codecs] if sound else [])])),
        RESOLUTION=f"{video.width}x{video.height}",
        FRAME_RATE=f"{video.frame_rate:.3f}",
        VIDEO_RANGE="SDR",
        AUDIO=_quoted(AUDIO_GROUP) if sound else "",
        SUBTITLES=_quoted(SUBTITLE_GROUP) if subtitled else "",
        CLOSED_CAPTIONS="NONE",
    )


def _iframe_variant(video: MediaTrack, prefix: str) -> str:
    return "#EXT-X-I-FRAME-STREAM-INF:" + _attributes(
        BANDWIDTH=str(video.iframe_bandwidth),
        CODECS=_quoted(video.codecs),
        RESOLUTION=f"{video.width}x{video.height}",
        VIDEO_RANGE="SDR",
        URI=_quoted(prefix + video.iframe_playlist_name),
    )


def _attributes(**values: str) -> str:
    """An attribute list without those that are empty; Python's underscores are HLS's hyphens."""
    return ",".join(f"{name.replace('_', '-')}={value}" for name, value in values.items() if value)


def _quoted(text: str) -> str:
    """A quoted-string: the format has no escapes, so quotes and line ends cannot stay."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def write_subtitle_playlist(uri: str, duration_s: float) -> str:
    """The media playlist of one WebVTT file that covers the whole video; players want subtitles in this form."""
    return "\n".join(
        [
            "#EXTM3U",
            "#EXT-X-VERSION:6",
            f"#EXT-X-TARGETDURATION:{max(math.ceil(duration_s), 1)}",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            f"#EXTINF:{duration_s:.3f},",
            uri,
            "#EXT-X-ENDLIST",
            "",
        ]
    )
