"""Packets as a timeline, and what they say against a header."""

from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.timeline import Timeline, parse_timeline, with_timeline
from tests.media_pipeline.ffmpeg.samples import source, video

# Real lines: a B-frame out of order, a packet that an edit list drops, one without a presentation time.
LINES = b"""-0.066733,-0.1,0.033367,900,_D_
0.000000,-0.066733,0.033367,36692,K__
0.066733,-0.033367,0.033367,5312,___
0.033367,0.000000,0.033367,599,___
N/A,0.100100,0.033367,7735,K__
"""


def test_packets_in_order_of_presentation() -> None:
    timeline = parse_timeline(LINES)
    assert (timeline.packets, timeline.size_bytes) == (4, 50338)
    assert (timeline.start_s, timeline.keyframes) == (0.0, (0.0, 0.1001))
    assert (timeline.end_s, timeline.largest_gap_s) == (pytest.approx(0.133467), pytest.approx(0.033367))


@pytest.mark.parametrize("output", [b"", b"\n\n", b"N/A,N/A,N/A,N/A,___\n", b"nonsense"])
def test_no_packets(output: bytes) -> None:
    assert parse_timeline(output) == Timeline()


def test_the_longest_stretch_counts_the_end() -> None:
    assert Timeline(packets=9, end_s=9.0, keyframes=(0.0, 2.0, 4.0)).keyframe_gap_s == 5.0


def test_nothing_to_play() -> None:
    with pytest.raises(MediaError) as refused:
        with_timeline(source(), Timeline())
    assert refused.value.code is ErrorCode.NO_DECODABLE_FRAMES


@pytest.mark.parametrize(
    ("said", "true", "expected"),
    [
        (10.0, 10.0, ()),
        (10.0, 9.6, ()),
        (10.0, 5.0, (WarningCode.PARTIAL,)),
        (1e6, 2.0, (WarningCode.DURATION_MISMATCH,)),
        (2.0, 10.0, (WarningCode.DURATION_MISMATCH,)),
        (0.0, 10.0, ()),
    ],
)
def test_headers_that_lie(said: float, true: float, expected: tuple[WarningCode, ...]) -> None:
    timeline = Timeline(packets=round(true * 30), end_s=true, keyframes=(0.0,), largest_gap_s=1 / 30)
    judged = with_timeline(source(video(duration_s=said)), timeline)
    assert (judged.duration_s, judged.warnings) == (true, expected)


def test_a_file_cut_off_without_a_length() -> None:
    cut = with_timeline(source(), Timeline(packets=300, end_s=10.01), "[matroska] File ended prematurely")
    assert cut.warnings == (WarningCode.PARTIAL,)


def test_a_rate_that_the_header_does_not_know() -> None:
    stream = video(fps_avg=Fraction(0), fps_r=Fraction(1000))
    judged = with_timeline(source(stream), Timeline(packets=1000, end_s=1.0, largest_gap_s=0.001)).video
    assert judged is not None
    assert (judged.fps_avg, judged.frames) == (1000, 1000)
