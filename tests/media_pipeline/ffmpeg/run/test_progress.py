"""What ffmpeg says while it works, from real lines."""

import pytest

from media_pipeline.ffmpeg.run.command import EncodeProgress
from media_pipeline.ffmpeg.run.progress import ProgressParser

FIRST = (
    b"frame=0\nfps=0.00\nstream_0_0_q=0.0\nbitrate=N/A\ntotal_size=48\nout_time_us=N/A\nspeed=N/A\nprogress=continue\n"
)
LATER = (
    b"frame=118\nfps=57.25\nstream_0_0_q=28.0\nbitrate= 355.4kbits/s\ntotal_size=262192\nout_time_us=3920000\n"
    b"out_time_ms=3920000\nout_time=00:00:03.920000\ndup_frames=0\ndrop_frames=0\nspeed= 1.9x\nprogress=continue\n"
)
LAST = b"frame=150\nout_time_us=5000000\nspeed=2.03x\nprogress=end\n"
REPORTS = [EncodeProgress(0.0, 0, None), EncodeProgress(3.92, 118, 1.9), EncodeProgress(5.0, 150, 2.03, done=True)]


def test_reports_of_an_encode() -> None:
    assert ProgressParser().feed(FIRST + LATER + LAST) == REPORTS


@pytest.mark.parametrize("size", [1, 7, 64])
def test_reports_may_come_in_pieces(size: int) -> None:
    parser, data = ProgressParser(), FIRST + LATER + LAST
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert [report for piece in pieces for report in parser.feed(piece)] == REPORTS


@pytest.mark.parametrize(
    ("line", "report"),
    [
        (b"out_time_us=-21333\n", EncodeProgress(0.0, 0, None)),
        (b"speed=1.05e+03x\n", EncodeProgress(0.0, 0, 1050.0)),
        (b"frame=nan\nspeed=inf\n", EncodeProgress(0.0, 0, None)),
        (b"frame=1e400\n", EncodeProgress(0.0, 0, None)),
        (b"no equals sign\n\xff\xfe=\x00\n", EncodeProgress(0.0, 0, None)),
    ],
)
def test_odd_lines(line: bytes, report: EncodeProgress) -> None:
    assert ProgressParser().feed(line + b"progress=continue\n") == [report]


def test_a_line_without_end_is_not_kept() -> None:
    parser = ProgressParser()
    for _ in range(100):
        assert parser.feed(b"x" * 10_000) == []
    assert len(parser._pending) <= 4096
