"""The peers' ways as plain ffmpeg commands, read from their sources: one process per rung, each decoding again.

Both have the rungs 1080, 720, 480, 360 and 240, each with its own sound. The floor of all ways is what
decoding alone costs, and the cheapest encode there is. Nothing is run here.
"""

from dataclasses import dataclass
from pathlib import Path

SIDES = (1080, 720, 480, 360, 240)

Argv = tuple[str, ...]


@dataclass(frozen=True)
class Video:
    """What is to be encoded: a landscape video at 30 frames a second with stereo sound."""

    ffmpeg: Path
    path: Path
    bit_rate: int  # of the whole file, bits per second


# --- MediaCMS: files/helpers.py, files/tasks.py -------------------------------------------------------------------

MEDIACMS_KILOBITS = {1080: 4500, 720: 2500, 480: 1000, 360: 500, 240: 300}
MEDIACMS_KEYFRAME_S = 4


def mediacms(video: Video, crf: float = 23, top: int = SIDES[0]) -> list[Argv]:
    """A process per rung at preset medium and crf 23, then the HLS copies it serves beside the MP4s.

    MediaCMS itself takes "faster" from 720 up; the figure of this project names medium for all, and so do we.
    """
    sides = [side for side in SIDES if side <= top]
    return [*(mediacms_rung(video, side, crf) for side in sides), *(mediacms_hls(video, side) for side in sides)]


def mediacms_rung(video: Video, side: int, crf: float = 23) -> Argv:
    """One MP4, "mediacms-1080.mp4"."""
    rate, distance = f"{MEDIACMS_KILOBITS[side] * 3 // 2}k", 30 * MEDIACMS_KEYFRAME_S
    return _command(
        video,
        f"-c:v libx264 -filter:v scale=-2:{side},fps=fps=30 -pix_fmt yuv420p -crf {crf:g} -c:a aac -b:a 128k -ac 2 "
        f"-maxrate {rate} -bufsize {rate} -force_key_frames expr:gte(t,n_forced*{MEDIACMS_KEYFRAME_S}) "
        f"-x264-params keyint={2 * distance}:keyint_min={distance} -preset medium -profile:v main -level 4.2 "
        f"-movflags +faststart mediacms-{side}.mp4",
    )


def mediacms_hls(video: Video, side: int) -> Argv:
    """The copy of one MP4 in segments; Bento4's mp4hls there, ffmpeg here, bytes and work are alike."""
    return _command(
        video,
        "-c copy -f hls -hls_time 4 -hls_playlist_type vod "
        f"-hls_segment_filename mediacms-{side}-%03d.ts mediacms-{side}.m3u8",
        source=f"mediacms-{side}.mp4",
    )


# --- PeerTube: packages/ffmpeg/src/, packages/core-utils/src/videos/bitrate.ts -------------------------------------

PEERTUBE_BITS_PER_PIXEL = {1080: 0.10, 720: 0.11, 480: 0.12, 360: 0.15, 240: 0.17}


def peertube(video: Video) -> list[Argv]:
    """The top rung from the video, then a process for each lower one from that top, all at preset veryfast."""
    return [peertube_rung(video, SIDES[0]), *_below(video)]


def peertube_quick(video: Video) -> list[Argv]:
    """For a video that is fit for the web: the top is a copy, and four processes follow from it."""
    return [_command(video, f"-c:a copy -c:v copy -map_metadata -1 {_hls(SIDES[0])}"), *_below(video)]


def peertube_rate(side: int, video_rate: int) -> int:
    """Bits per second it allows a rung of 16:9 at 30 frames a second: never much more than the video itself has."""
    return min(int(side * side * 16 / 9 * 30 * PEERTUBE_BITS_PER_PIXEL[side]), int(video_rate * 1.3))


def peertube_rung(video: Video, side: int, source: str = "") -> Argv:
    """One rung as HLS in a single fragmented file, "peertube-1080.mp4"."""
    rate = peertube_rate(side, video.bit_rate)
    return _command(
        video,
        f"-max_muxing_queue_size 1024 -map_metadata -1 -pix_fmt yuv420p -c:v libx264 -vf scale=w=-2:h={side} "
        f"-preset veryfast -maxrate:v {rate} -bufsize:v {2 * rate} -b_strategy 1 -bf 16 -r 30 -g:v 60 "
        f"-c:a aac -channel_layout stereo -b:a 128k {_hls(side)}",
        source=source,
    )


def _below(video: Video) -> list[Argv]:
    return [peertube_rung(video, side, f"peertube-{SIDES[0]}.mp4") for side in SIDES[1:]]


def _hls(side: int) -> str:
    return (
        f"-hls_time 4 -hls_list_size 0 -hls_playlist_type vod -hls_segment_filename peertube-{side}.mp4 "
        f"-hls_segment_type fmp4 -f hls -hls_flags single_file peertube-{side}.m3u8"
    )


# --- The floor ------------------------------------------------------------------------------------------------------


def decode_only(video: Video) -> list[Argv]:
    """Every frame and every sample decoded, nothing written."""
    return [_command(video, "-f null -")]


def ultrafast(video: Video) -> list[Argv]:
    """One rung of the video's own size by x264 at its fastest."""
    return [_command(video, "-c:v libx264 -preset ultrafast -crf 23 -pix_fmt yuv420p -c:a aac ultrafast.mp4")]


def copy(video: Video) -> list[Argv]:
    """The video in another file: what moving it costs."""
    return [_command(video, "-c copy -map 0:v:0 -map 0:a? copy.mp4")]


def _command(video: Video, options: str, source: str = "") -> Argv:
    """Read the video, or the file ``source`` of the working folder, with ``options`` as somebody would type them."""
    reading = ("-hide_banner", "-nostdin", "-v", "error", "-y", "-i", source or str(video.path))
    return (str(video.ffmpeg), *reading, *options.split())
