"""Packets as a timeline, and what they say against a header."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.clock import Packet
from media_pipeline.ffmpeg.inspect.film_timeline import with_film_timeline
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.timeline import Timeline, parse_packets, parse_timeline
from tests.media_pipeline.ffmpeg.samples import STEREO, source, video

# Real lines: a B-frame out of order, a packet that an edit list drops, and one without a time at all.
LINES = b"""0,-0.066733,-0.1,0.033367,900,N/A,_D_
0,0.000000,-0.066733,0.033367,36692,N/A,K__
0,0.066733,-0.033367,0.033367,5312,N/A,___
0,0.033367,0.000000,0.033367,599,N/A,___
0,N/A,N/A,0.033367,7,N/A,___
0,0.100100,0.033367,0.033367,7735,N/A,K__
"""


def test_packets_in_order_of_presentation() -> None:
    timeline = parse_timeline(LINES)
    assert (timeline.packets, timeline.size_bytes) == (4, 50338)
    assert (timeline.start_s, timeline.keyframes) == (0.0, (0.0, 0.1001))
    assert (timeline.end_s, timeline.largest_gap_s) == (pytest.approx(0.133467), pytest.approx(0.033367))
    assert timeline.usual_rate == pytest.approx(29.97, abs=0.01)


@pytest.mark.parametrize("output", [b"", b"\n\n", b"0,N/A,N/A,N/A,N/A,N/A,___\n", b"nonsense", b"x,1,1,1,1,N/A,K__"])
def test_no_packets(output: bytes) -> None:
    assert parse_timeline(output) == Timeline()


def test_where_few_presentation_times_are_known_none_is_used() -> None:
    """A VOB names those of its I-frames alone: here the first, shown 80 ms after it is decoded."""
    lines = b"1,0.62,0.54,0.04,9,N/A,K__\n1,N/A,0.58,0.04,9,N/A,___\n1,0.66,0.62,0.04,9,N/A,___\n"
    assert [packet.shown_s for packet in parse_packets(lines)[1]] == pytest.approx([0.62, 0.66, 0.70])


def test_pictures_without_a_time_at_the_beginning_come_before_the_others() -> None:
    """A Matroska file from -80 ms on: the first two have no time, and one that is decoded between them has."""
    lines = (
        b"0,N/A,N/A,0.040000,900,10,K__\n1,-0.080000,-0.080000,0.021000,9,20,K__\n0,0.040000,N/A,0.040000,50,30,___\n"
        b"0,N/A,N/A,0.040000,7,40,___\n0,0.000000,N/A,0.040000,8,50,___\n0,0.080000,0.000000,0.040000,8,60,___\n"
    )
    pictures = parse_packets(lines)[0]
    assert [packet.shown_s for packet in pictures] == pytest.approx([-0.08, 0.04, -0.04, 0.0, 0.08])
    assert [packet.untimed for packet in pictures] == [True, False, True, False, False]
    assert [before.decoded_s <= after.decoded_s for before, after in pairwise(pictures)] == [True] * 4
    assert parse_timeline(lines).keyframes == pytest.approx((-0.08,))


@pytest.mark.parametrize(("container", "shift_s"), [("avi", -2 / 30), ("asf", 0.0)])
def test_places_of_an_avi_are_those_of_pictures_in_the_order_they_are_shown(container: str, shift_s: float) -> None:
    """A decoder that holds two pictures back gives out the first when it reads the third, with its place."""
    held = source(video(held_back=2), container=container)
    found = with_film_timeline(held, {0: packets(60, 30), 1: packets(100, 50)}).video
    assert found is not None
    assert (found.start_s, found.duration_s) == (0.0, pytest.approx(2.0))
    assert [run.shift_s for run in found.clock] == [pytest.approx(shift_s)]


def test_where_no_picture_has_a_time_they_begin_at_zero() -> None:
    lines = b"".join(b"0,N/A,N/A,0.040000,900,%d,%s__\n" % (place, b"_" if place else b"K") for place in range(5))
    assert [packet.shown_s for packet in parse_packets(lines)[0]] == pytest.approx([0.0, 0.04, 0.08, 0.12, 0.16])


def test_what_has_no_time_is_used_in_matroska_alone() -> None:
    """Streams that were cut out of a broadcast begin with pictures that nobody can decode."""
    lost = [Packet(place, 0.0, 0.0, 1 / 30, 9, place == 0, untimed=True) for place in range(3)]
    streams = {0: [*lost, *(one._replace(order=one.order + 3) for one in packets(60, 30, key=30))]}
    for container, count in (("mpegts", 60), ("matroska", 63)):
        found = with_film_timeline(source(sound=None, container=container), streams).video
        assert found is not None
        assert found.frames == count


@pytest.mark.parametrize(("off_s", "places", "jitter"), [(0.025, {40}, 0.0), (0.004, set(range(0, 200, 2)), 0.004)])
def test_most_sounds_follow_each_other(off_s: float, places: set[int], jitter: float) -> None:
    heard = [one._replace(shown_s=one.shown_s + off_s * (one.order in places)) for one in packets(200, 50)]
    found = with_film_timeline(source(), {0: packets(120, 30), 1: heard}).audio
    assert found is not None
    assert found.jitter_s == pytest.approx(jitter, abs=1e-6)


def test_a_last_duration_longer_than_any_hole_is_none() -> None:
    lines = b"0,0.0,0.0,0.04,9,N/A,K__\n0,0.04,0.04,0.04,9,N/A,___\n0,0.08,0.08,600.0,9,N/A,___\n"
    assert parse_timeline(lines).end_s == pytest.approx(0.12)


def test_the_longest_stretch_counts_the_end() -> None:
    assert Timeline(packets=9, end_s=9.0, keyframes=(0.0, 2.0, 4.0)).keyframe_gap_s == 5.0


def packets(count: int, rate: float, *, start: float = 0.0, key: int = 1) -> list[Packet]:
    """A stream of `count` packets, each ``key``-th a keyframe."""
    times = [start + place / rate for place in range(count)]
    return [Packet(place, time, time, 1 / rate, 1000, place % key == 0) for place, time in enumerate(times)]


def measured(candidate: Source, seconds: float, *, rate: float = 30.0, stderr: str = "") -> Source:
    heard = packets(max(1, round(seconds * 47)), 47)
    return with_film_timeline(candidate, {0: packets(round(seconds * rate), rate), 1: heard}, stderr)


def test_nothing_to_play() -> None:
    with pytest.raises(MediaError) as refused:
        with_film_timeline(source(), {1: packets(9, 47)})
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
    judged = measured(source(video(duration_s=said)), true)
    assert (judged.duration_s, judged.warnings) == (pytest.approx(true), expected)
    assert judged.claimed is not None
    assert judged.claimed.duration_s == said


@pytest.mark.parametrize("said", [10.0, 705.0])
def test_headers_that_count_from_zero(said: float) -> None:
    judged = measured(source(video(duration_s=said, start_s=said - 5)), 5.0)
    assert judged.warnings == ()


def test_a_length_by_a_clock_that_was_mended_says_nothing() -> None:
    stream = packets(100, 25)
    paused = [p._replace(shown_s=p.shown_s + 60 * (p.order >= 50), decoded_s=p.shown_s) for p in stream]
    judged = with_film_timeline(source(video(duration_s=64.0), None, container="mpegts"), {0: paused})
    assert (judged.duration_s, judged.warnings) == (pytest.approx(4.0), (WarningCode.CLOCK_MENDED,))


def test_decoding_times_that_a_beginning_leaves_out() -> None:
    lines = b"0,0.0,N/A,2.0,9,N/A,K__\n0,6.0,N/A,2.0,9,N/A,___\n0,2.0,0.0,2.0,9,N/A,___\n0,4.0,2.0,2.0,9,N/A,___\n"
    assert [packet.decoded_s for packet in parse_packets(lines)[0]] == [-1.0, 0.0, 0.0, 2.0]


def test_a_file_cut_off_without_a_length() -> None:
    cut = measured(source(), 10.0, stderr="[matroska] File ended prematurely")
    assert cut.warnings == (WarningCode.PARTIAL,)


def test_a_rate_that_the_header_does_not_know() -> None:
    judged = measured(source(video(fps_avg=Fraction(0), fps_r=Fraction(1000))), 1.0, rate=1000.0).video
    assert judged is not None
    assert (judged.fps_avg, judged.frames) == (1000, 1000)


def test_pauses_do_not_change_the_usual_rate() -> None:
    moving = [packet for packet in packets(300, 25) if packet.order < 50 or packet.order > 250]
    judged = with_film_timeline(source(video(fps_avg=Fraction(0)), None), {0: moving}).video
    assert judged is not None
    assert (judged.fps_usual, judged.is_vfr, judged.duration_s) == (25, True, pytest.approx(12.0))


def test_pictures_before_the_first_keyframe_are_none() -> None:
    """A recording that was begun in the middle of a group, which the first keyframe's leading pictures need."""
    stream = [packet._replace(keyframe=packet.order in (4, 20)) for packet in packets(40, 25)]
    leading = [stream[5]._replace(shown_s=stream[3].shown_s)]
    judged = with_film_timeline(source(sound=None), {0: [*stream[:5], *leading, *stream[6:]]})
    assert (judged.duration_s, judged.keyframes) == (pytest.approx(1.44), (0.0, pytest.approx(0.64)))


def test_open_groups_and_trims_are_noticed() -> None:
    stream = packets(40, 25, key=20)
    opened = [*stream[:21], stream[21]._replace(shown_s=stream[19].shown_s + 0.02), *stream[22:]]
    trimmed = [*stream[:-5], *(packet._replace(shown=False) for packet in stream[-5:])]
    found = [with_film_timeline(source(sound=None), {0: one}).video for one in (stream, opened, trimmed)]
    assert [(one.open_gops, one.trimmed) for one in found if one] == [(False, False), (True, False), (False, True)]


def test_sound_alone_is_as_long_as_it_is() -> None:
    from media_pipeline.ffmpeg.inspect.audio_only import with_waveform

    alone = with_waveform(replace(source(), video=None, videos=(), audio=STEREO))
    judged = with_film_timeline(alone, {1: packets(94, 47, start=3.0)})
    assert (judged.duration_s, judged.audio and judged.audio.start_s) == (pytest.approx(2.0), 0.0)
