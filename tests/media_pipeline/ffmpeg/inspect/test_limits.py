"""The limits, each just within and just beyond."""

from dataclasses import replace
from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.limits import check_limits
from media_pipeline.ffmpeg.inspect.source import ClockRun, Source
from tests.media_pipeline.ffmpeg.samples import STEREO, source, video

READ = (ClockRun(0.0, 1.0, 0.0),)  # of a stream whose packets were read
HOUR = 3600.0


def refusal(candidate: Source) -> ErrorCode | None:
    try:
        assert check_limits(candidate) is candidate
    except MediaError as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (source(), None),
        (source(size_bytes=10**13), None),  # the upload has its own limit
        (source(encrypted=True), ErrorCode.ENCRYPTED),
        (source(streams=32), None),
        (source(streams=33), ErrorCode.TOO_MANY_STREAMS),
        (replace(source(), video=None), ErrorCode.NO_VIDEO_STREAM),
        (source(video(codec="unknown")), ErrorCode.UNSUPPORTED_CODEC),
        (source(video(16, 16)), None),
        (source(video(15, 16)), ErrorCode.DIMENSIONS),
        (source(video(8192, 1024)), None),
        (source(video(8193, 4320)), ErrorCode.DIMENSIONS),
        (source(video(1281, 160)), ErrorCode.DIMENSIONS),
        (source(video(320, 180, display_width=320_000)), ErrorCode.DIMENSIONS),
        (source(video(duration_s=4 * HOUR, frames=432_000), size_bytes=10**9), None),
        (source(video(duration_s=4 * HOUR + 1, frames=432_000), size_bytes=10**9), ErrorCode.TOO_LONG),
        (source(video(duration_s=0.05, clock=READ), None), ErrorCode.TOO_SHORT),
        (source(video(frames=1, clock=READ), None), ErrorCode.TOO_SHORT),
        (source(video(frames=1, clock=READ)), None),  # a picture and ten seconds of sound
        (source(video(frames=1, clock=READ), replace(STEREO, duration_s=0.5)), ErrorCode.TOO_SHORT),
        # Headers have been wrong about this, too.
        (source(video(duration_s=0.05), None), None),
        (source(video(frames=1), None), None),
        (source(sound=replace(STEREO, duration_s=4 * HOUR + 1, clock=READ)), ErrorCode.TOO_LONG),
        # What a header says of a clock that may have jumped is not believed before the packets were read.
        (source(video(duration_s=30 * HOUR, frames=0), replace(STEREO, duration_s=30 * HOUR)), None),
        (source(video(duration_s=30 * HOUR, frames=0, clock=READ)), ErrorCode.TOO_LONG),
        (source(video(duration_s=30 * HOUR, frames=300)), None),
        (source(video(8000, 4000, frames=100_000), size_bytes=588_297), ErrorCode.TOO_MUCH_WORK),
        (source(video(frames=20_000), size_bytes=1_000), ErrorCode.TOO_MUCH_WORK),
        (
            source(video(frames=0, fps_avg=Fraction(0), duration_s=600.0, clock=READ), size_bytes=1_000),
            ErrorCode.TOO_MUCH_WORK,
        ),
        (source(video(hdr="dv_other")), ErrorCode.HDR_UNSUPPORTED),
        (source(video(hdr="dv84")), None),
    ],
)
def test_what_passes(candidate: Source, expected: ErrorCode | None) -> None:
    assert refusal(candidate) == expected
