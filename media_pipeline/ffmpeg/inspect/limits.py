"""The limits on a source. They refused every decompression bomb tried and pass every phone clip (hostile_input.md, 6).

Call `check_limits` after each stage (headers, packets, first frames): each stage knows more exact numbers and costs
more than the one before.
"""

from dataclasses import dataclass

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import Source, VideoStream


@dataclass(frozen=True)
class SourceLimits:
    """What a source may be. Seconds, pixels, frames, bytes."""

    shortest_s: float = 0.1
    longest_s: float = 4 * 3600.0
    side_min: int = 16
    side_max: int = 8192
    aspect_max: float = 8.0
    streams_max: int = 32
    size_max: int = 0  # bytes; 0: no limit, the upload has its own
    # 4K at 60 frames for an hour: the work of the heaviest honest clip.
    work_max: float = 3840.0 * 2160 * 60 * 3600
    # Real video spends more than this on a pixel; a table that points at the same bytes does not.
    bits_per_pixel_min: float = 1e-5
    bits_matter_from: float = 5e8  # decoded pixels below this are cheap whatever they are


def check_limits(source: Source, limits: SourceLimits | None = None) -> tuple[WarningCode, ...]:
    """The source's warnings when it is within the limits; else MediaError with the limit that it broke.

    Codes: encrypted, no_video_stream, unsupported_codec, too_many_streams, too_large, dimensions, too_long,
    too_short, too_much_work, hdr_unsupported.
    """
    limits = limits or SourceLimits()
    if source.encrypted:
        raise MediaError(ErrorCode.ENCRYPTED)
    if source.streams > limits.streams_max:
        raise MediaError(ErrorCode.TOO_MANY_STREAMS, f"{source.streams} streams")
    if source.video is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    if source.video.codec in ("unknown", "none", ""):
        raise MediaError(ErrorCode.UNSUPPORTED_CODEC)
    if limits.size_max and source.size_bytes > limits.size_max:
        raise MediaError(ErrorCode.TOO_LARGE, f"{source.size_bytes} bytes")
    _check_shape(source.video, limits)
    _check_length(source, source.video, limits)
    _check_work(source, source.video, limits)
    if source.video.hdr == "dv_other":
        raise MediaError(ErrorCode.HDR_UNSUPPORTED, "Dolby Vision without a compatible base layer")
    return source.warnings


def _check_shape(video: VideoStream, limits: SourceLimits) -> None:
    sides = (video.width, video.height, video.display_width, video.display_height)
    if min(sides) < limits.side_min or max(sides) > limits.side_max:
        raise MediaError(ErrorCode.DIMENSIONS, f"{video.width}x{video.height}")
    if video.long_side > limits.aspect_max * video.short_side:
        raise MediaError(ErrorCode.DIMENSIONS, f"shown as {video.display_width}x{video.display_height}")


def _check_length(source: Source, video: VideoStream, limits: SourceLimits) -> None:
    if source.duration_s > limits.longest_s:
        raise MediaError(ErrorCode.TOO_LONG, f"{source.duration_s:.0f} s")
    if video.frames == 1 or 0 < source.duration_s < limits.shortest_s:
        raise MediaError(ErrorCode.TOO_SHORT, f"{source.duration_s:.3f} s, {video.frames} frames")


def _check_work(source: Source, video: VideoStream, limits: SourceLimits) -> None:
    frames = video.frames or source.duration_s * float(video.fps_avg or 30)
    pixels = float(video.width) * video.height * frames
    if pixels > limits.work_max:
        raise MediaError(ErrorCode.TOO_MUCH_WORK, f"{pixels:.2g} pixels")
    if pixels > limits.bits_matter_from and source.size_bytes * 8 < limits.bits_per_pixel_min * pixels:
        raise MediaError(ErrorCode.TOO_MUCH_WORK, "almost no bits for so many pixels")
