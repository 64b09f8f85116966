"""Single packets with a wrong time go back to their place; holes, jumps and reordering are left alone."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.clock import BACK_S, Packet, film_clocks
from media_pipeline.ffmpeg.inspect.source import ClockRun
from media_pipeline.ffmpeg.inspect.stray_times import (
    WRAP_S,
    guess_decoding_times,
    mend_stray_times,
    move_before_zero,
    rejoin_wraps,
    unwrap_beginning,
)

FRAME_S = 0.04


def reordered(count: int, depth: int, start_s: float = 0.0, gap_s: float = FRAME_S, hole: int = -1) -> list[Packet]:
    """Pictures as an encoder with `depth` B-frames writes them; from number `hole` on a minute later."""
    shown = [start_s + gap_s * place + (60 if 0 <= hole <= place else 0) for place in range(count)]
    order: list[int] = []
    for first in range(0, count, depth + 1):
        group = list(range(first, min(first + depth + 1, count)))
        order += [group[-1], *group[:-1]]
    decoded = [start_s - gap_s * depth + gap_s * place for place in range(depth)] + shown
    return [
        Packet(place, shown[number], decoded[place], gap_s, 100, place % 25 == 0) for place, number in enumerate(order)
    ]


depths = st.integers(0, 4)


@given(depths, st.integers(40, 200), st.floats(-3, 90_000), st.sampled_from([0.01, FRAME_S, 0.5, 2.0]))
def test_a_clock_in_order_is_left_alone(depth: int, count: int, start_s: float, gap_s: float) -> None:
    stream = reordered(count, depth, start_s, gap_s)
    assert mend_stray_times(stream) == stream


@given(depths, st.integers(40, 120), st.integers(1, 119))
def test_a_hole_is_left_alone(depth: int, count: int, hole: int) -> None:
    """An encoder decodes the first pictures behind a hole at times before it. (One or two at the end may be strays.)"""
    stream = reordered(count, depth, hole=min(hole, count - 3))
    assert mend_stray_times(stream) == stream
    found = film_clocks({0: stream}, "mpegts", 0)
    assert found is not None
    times = sorted(packet.shown_s for packet in found[0].packets)
    assert times == pytest.approx([FRAME_S * place for place in range(count)], abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 90_000), st.integers(20, 60)), min_size=2, max_size=4), depths)
def test_jumps_are_left_alone(parts: Sequence[tuple[float, int]], depth: int) -> None:
    stream = [packet for start_s, count in parts for packet in reordered(count, depth, start_s)]
    assert mend_stray_times(stream) == stream


@given(
    depths,
    st.integers(0, 99),
    st.one_of(st.floats(5, 90_000), st.floats(-90_000, -5)),
    st.booleans(),
)
def test_one_wrong_time(depth: int, place: int, wrong_s: float, decoded_too: bool) -> None:
    """It is shown in the hole that it left; at the ends of a file only what is out of order is known to be wrong."""
    stream = reordered(100, depth)
    right = stream[place]
    shown_s = right.shown_s + wrong_s
    decoded_s = right.decoded_s + wrong_s if decoded_too else right.decoded_s
    stream[place] = right._replace(shown_s=shown_s, decoded_s=decoded_s)
    mended = mend_stray_times(stream)
    known = place < 97 if wrong_s > 0 else place > 2
    assert [packet for packet in mended if packet is not mended[place]] == stream[:place] + stream[place + 1 :]
    if known:
        assert mended[place].shown_s == pytest.approx(right.shown_s, abs=FRAME_S * (depth + 1) + 1e-6)
        assert mended[place].stray_s == shown_s


@given(depths, st.integers(20, 70), st.floats(5, 90_000))
def test_the_encode_moves_one_picture_alone(depth: int, place: int, wrong_s: float) -> None:
    stream = reordered(100, depth)
    wrong = stream[place].shown_s + wrong_s
    stream[place] = stream[place]._replace(shown_s=wrong)
    found = film_clocks({0: mend_stray_times(stream)}, "matroska", 0)
    assert found is not None
    first, stray, rest = found[0].runs
    assert (stray.first_s, stray.last_s) == (wrong, wrong)
    assert (first.shift_s, rest.shift_s) == (0.0, 0.0)
    assert first.last_s < wrong + stray.shift_s < rest.first_s
    assert max(packet.shown_s for packet in found[0].packets) == pytest.approx(99 * FRAME_S)


def test_times_before_zero_of_an_mpeg_stream() -> None:
    wrapped = [
        packet._replace(shown_s=packet.shown_s + WRAP_S * (packet.order < 3)) for packet in reordered(50, 0, -0.12)
    ]
    assert [packet.shown_s for packet in unwrap_beginning(wrapped, 3.0)] == pytest.approx(
        [packet.shown_s for packet in reordered(50, 0, -0.12)]
    )
    late = reordered(50, 2, 95_000)
    assert unwrap_beginning(late, 95_000) == late


def test_runs_of_a_file_without_faults() -> None:
    found = film_clocks({0: mend_stray_times(reordered(50, 2))}, "mov", 0)
    assert found is not None
    assert found[0].runs == (ClockRun(0.0, 49 * FRAME_S, 0.0),)


def test_sound_before_zero_of_a_matroska_film() -> None:
    """ffmpeg counted 1.6 s of it from zero on before it saw the first time."""
    true = [Packet(place, -1.6 + 0.02 * place, -1.6 + 0.02 * place, 0.02, 9, True) for place in range(200)]
    read = [
        one._replace(shown_s=one.shown_s + 1.6, decoded_s=one.decoded_s + 1.6) if one.order < 80 else one
        for one in true
    ]
    moved = move_before_zero(read)
    assert [one.shown_s for one in moved] == pytest.approx([one.shown_s for one in true])
    assert [one.stray_s is not None for one in moved] == [True] * 80 + [False] * 120
    assert move_before_zero(true) == true
    assert move_before_zero([]) == []


@given(depths, st.integers(20, 60), st.integers(20, 60), st.floats(1.0, 100.0))
def test_made_up_decoding_times_go_back_where_the_clock_does(
    depth: int, first: int, second: int, back_s: float
) -> None:
    """Behind a jump ffmpeg takes the times at which pictures are shown for those at which they are decoded."""
    before = reordered(first, depth, start_s=100.0)
    after = [
        one._replace(order=one.order + first, decoded_s=one.shown_s) for one in reordered(second, depth, 100.0 - back_s)
    ]
    found = guess_decoding_times([*before, *after])
    goes_back = [place for place, (a, b) in enumerate(pairwise(found), 1) if b.decoded_s < a.decoded_s - BACK_S]
    assert goes_back == [first]
    assert guess_decoding_times(before) == before


def test_what_ffmpeg_takes_for_a_wrap() -> None:
    first, second = reordered(50, 0, 90_000), reordered(50, 0, 5)
    joined = [*first, *(packet._replace(order=packet.order + 50) for packet in second)]
    whole = rejoin_wraps({0: joined, 1: [joined[0]._replace(order=200, shown_s=7.0, decoded_s=7.0)]})
    assert [packet.shown_s for packet in whole[0]] == pytest.approx([90_000 + FRAME_S * place for place in range(100)])
    assert whole[1][0].shown_s == pytest.approx(90_004.0)
    back = [*first, *(packet._replace(order=packet.order + 50) for packet in reordered(50, 0, 50_000))]
    assert rejoin_wraps({0: back}) == {0: back}
