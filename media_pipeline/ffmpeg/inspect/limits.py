"""The limits on a source. They refused every decompression bomb tried and pass every phone clip.

Call `check_limits` after each stage (headers, packets, first frames): each stage knows more exact numbers and costs
more than the one before.
"""

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.source import Source, VideoStream

SHORTEST_S, LONGEST_S = 0.1, 4 * 3600.0
SHORTEST_STILL_S = 1.0  # of the sound with a single picture
SIDE_MIN, SIDE_MAX = 16, 8192  # pixels, coded and displayed
ASPECT_MAX = 8.0
STREAMS_MAX = 32
WORK_MAX = 3840.0 * 2160 * 60 * 3600  # pixels in all: 4K at 60 frames for an hour is the heaviest honest clip
# Real video spends more bits on a pixel; a table that points at the same bytes does not.
BITS_PER_PIXEL_MIN = 1e-5
BITS_MATTER_FROM = 5e8  # decoded pixels below this are cheap whatever they are


def check_limits(source: Source) -> Source:
    """The source itself when it is within the limits; else MediaError with the limit that it broke.

    Codes: encrypted, no_video_stream, unsupported_codec, too_many_streams, dimensions, too_long, too_short,
    too_much_work, hdr_unsupported.
    """
    if source.encrypted:
        raise MediaError(ErrorCode.ENCRYPTED)
    if source.streams > STREAMS_MAX:
        raise MediaError(ErrorCode.TOO_MANY_STREAMS, f"{source.streams} streams")
    if source.video is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    video, seconds = source.video, _length_s(source, source.video)
    sides = (video.width, video.height, video.display_width, video.display_height)
    pixels = float(video.width) * video.height * (video.frames or seconds * float(video.fps_avg or 30))
    no_bits = pixels > BITS_MATTER_FROM and source.size_bytes * 8 < BITS_PER_PIXEL_MIN * pixels
    shape = f"{video.width}x{video.height}, shown as {video.display_width}x{video.display_height}"
    length = f"{seconds:.3f} s, {video.frames} frames"
    for broken, code, detail in (
        (video.codec in ("unknown", "none", ""), ErrorCode.UNSUPPORTED_CODEC, ""),
        (min(sides) < SIDE_MIN or max(sides) > SIDE_MAX, ErrorCode.DIMENSIONS, shape),
        (video.long_side > ASPECT_MAX * video.short_side, ErrorCode.DIMENSIONS, shape),
        (seconds > LONGEST_S, ErrorCode.TOO_LONG, length),
        (_is_too_short(source, video), ErrorCode.TOO_SHORT, length),
        (pixels > WORK_MAX, ErrorCode.TOO_MUCH_WORK, f"{pixels:.2g} pixels"),
        (no_bits, ErrorCode.TOO_MUCH_WORK, "almost no bits for so many pixels"),
        (video.hdr == "dv_other", ErrorCode.HDR_UNSUPPORTED, "Dolby Vision without a compatible base layer"),
    ):
        if broken:
            raise MediaError(code, detail)
    return source


def _length_s(source: Source, video: VideoStream) -> float:
    """Seconds of the film. A header counts from the first time to the last, whatever the clock did between, so before
    the packets were read only so much of it counts as its pictures last at their finest rate; 0.0 when unknown."""
    if _is_measured(source, video):
        return max(source.duration_s, source.audio_end_s)
    finest_s = video.frames / float(video.fps_r) if video.frames and video.fps_r else 0.0
    return min(source.duration_s, finest_s)


def _is_measured(source: Source, video: VideoStream) -> bool:
    """Whether the packets were read."""
    return any(stream is not None and (stream.clock or stream.counted) for stream in (video, source.audio))


def _is_too_short(source: Source, video: VideoStream) -> bool:
    """By its packets: headers may be wrong. A single picture is a film when there is sound to it."""
    if not _is_measured(source, video):
        return False
    if video.frames == 1 or 0 < source.duration_s < SHORTEST_S:
        return source.audio_end_s < SHORTEST_STILL_S
    return False
