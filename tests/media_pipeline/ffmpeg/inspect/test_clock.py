"""One timeline of picture and sound, whatever their clocks did."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.clock import MAX_STRETCHES, ClockedStream, Packet, film_clocks
from media_pipeline.ffmpeg.inspect.source import ClockRun
from media_pipeline.ffmpeg.inspect.stray_times import mend_stray_times

RATE, SOUND_RATE = 25.0, 46.875
VIDEO, AUDIO = 0, 1


@dataclass(frozen=True)
class Part:
    """A recording: when its clock starts, how long its picture and its sound are, how much later the sound begins."""

    clock_s: float
    picture_s: float
    sound_s: float
    late_s: float = 0.0


def part_packets(part: Part) -> list[tuple[int, Packet]]:
    """Both streams side by side, as a muxer writes them: by decoding time."""
    streams = (
        (VIDEO, RATE, part.picture_s, part.clock_s),
        (AUDIO, SOUND_RATE, part.sound_s, part.clock_s + part.late_s),
    )
    made = [
        (stream, Packet(0, start_s + place / rate, start_s + place / rate, 1 / rate, 100, place % 50 == 0))
        for stream, rate, length_s, start_s in streams
        for place in range(round(length_s * rate))
    ]
    return sorted(made, key=lambda one: one[1].decoded_s)


def join(*parts: Part) -> dict[int, list[Packet]]:
    """The parts one behind the other in a file."""
    flat = [one for part in parts for one in part_packets(part)]
    ordered = [(stream, packet._replace(order=order)) for order, (stream, packet) in enumerate(flat)]
    return {stream: [packet for one, packet in ordered if one == stream] for stream in (VIDEO, AUDIO)}


def clocked(streams: dict[int, list[Packet]], container: str = "mpegts") -> dict[int, ClockedStream]:
    found = film_clocks({stream: mend_stray_times(one) for stream, one in streams.items() if one}, container, VIDEO)
    assert found is not None
    return found


def times(found: dict[int, ClockedStream], stream: int = VIDEO) -> list[float]:
    return [packet.shown_s for packet in found[stream].packets]


def length(found: dict[int, ClockedStream]) -> float:
    return max(one.packets[-1].shown_s + one.packets[-1].duration_s for one in found.values())


parts = st.builds(
    Part,
    clock_s=st.floats(-3600, 90_000).map(lambda value: round(value, 3)),
    picture_s=st.integers(2, 8).map(float),
    sound_s=st.integers(2, 8).map(float),
    late_s=st.floats(-0.9, 0.9).map(lambda value: round(value, 3)),
)


@given(st.lists(parts, min_size=1, max_size=5))
def test_joined_recordings(recordings: Sequence[Part]) -> None:
    """As many pictures as there are, in order, each part in sync with its sound, and no hole longer than its cause."""
    for before, after in pairwise(recordings):  # where a clock goes on from the end of another it does not jump
        ends = (before.clock_s + before.picture_s, before.clock_s + before.sound_s + before.late_s)
        starts = (after.clock_s, after.clock_s + after.late_s)
        assume(all(abs(start - end) > 1.5 for start in starts for end in ends))
    found = clocked(join(*recordings))
    for stream in (VIDEO, AUDIO):
        assert all(
            later > earlier for earlier, later in zip(times(found, stream), times(found, stream)[1:], strict=False)
        )
    assert min(times(found)[0], times(found, AUDIO)[0]) == pytest.approx(0.0, abs=0.026)
    place_of_picture = place_of_sound = 0
    for part in recordings:
        between = times(found, AUDIO)[place_of_sound] - times(found)[place_of_picture]
        assert between == pytest.approx(part.late_s, abs=1e-4)
        place_of_picture += round(part.picture_s * RATE)
        place_of_sound += round(part.sound_s * SOUND_RATE)
    longest = sum(max(part.picture_s, part.sound_s) + abs(part.late_s) for part in recordings)
    assert sum(part.picture_s for part in recordings) <= length(found) + 1e-6 <= longest + 0.05 * len(recordings)


@given(st.floats(1.1, 90_000), st.sampled_from(["mpegts", "mpeg"]), st.booleans())
def test_a_pause_of_a_recorder_is_none_of_the_film(pause_s: float, container: str, silent: bool) -> None:
    streams = join(Part(10, 4, 4), Part(14 + pause_s, 4, 4))
    if silent:
        streams[AUDIO] = []
    assert length(clocked(streams, container)) == pytest.approx(8.0, abs=0.03)


@pytest.mark.parametrize(
    ("pause_s", "sound", "expected"),
    [(9, True, 17), (11, True, 8), (3600, True, 8), (590, False, 598), (3600, False, 3608)],
)
def test_elsewhere_a_hole_is_meant_if_it_is_not_too_long(pause_s: float, sound: bool, expected: float) -> None:
    streams = join(Part(0, 4, 4), Part(4 + pause_s, 4, 4))
    if not sound:
        streams[AUDIO] = []
    assert length(clocked(streams, "matroska")) == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize("container", ["mpegts", "matroska"])
def test_a_picture_that_stands_while_sound_goes_on_is_meant(container: str) -> None:
    streams = join(Part(0, 60, 60))
    streams[VIDEO] = [packet for packet in streams[VIDEO] if not 5 < packet.shown_s < 50]
    found = clocked(streams, container)
    assert (length(found), found[VIDEO].runs) == (pytest.approx(60.0, abs=0.03), (ClockRun(0.0, 59.96, 0.0),))


@pytest.mark.parametrize("wrong_s", [600.0, -50.0, 90_000.0])
@pytest.mark.parametrize("place", [1, 60, 148, 149])
def test_one_picture_with_a_wrong_time(wrong_s: float, place: int) -> None:
    streams = join(Part(100, 6, 6))
    one = streams[VIDEO][place]
    streams[VIDEO][place] = one._replace(shown_s=one.shown_s + wrong_s, decoded_s=one.decoded_s + wrong_s)
    found = clocked(streams)
    assert length(found) == pytest.approx(6.0, abs=0.05)
    assert times(found) == pytest.approx([number / RATE for number in range(150)], abs=0.05)


def test_a_last_picture_with_a_wrong_time_and_no_sound() -> None:
    streams = {VIDEO: join(Part(0, 6, 0))[VIDEO], AUDIO: []}
    streams[VIDEO][-1] = streams[VIDEO][-1]._replace(shown_s=606.0, decoded_s=606.0)
    assert length(clocked(streams, "mov")) == pytest.approx(6.0)


@pytest.mark.parametrize(("late_s", "picture_at"), [(1.5, 0.0), (-1.5, 1.5), (-0.02, 0.0), (-0.03, 0.03)])
def test_the_film_starts_with_the_first_of_both(late_s: float, picture_at: float) -> None:
    found = clocked(join(Part(5, 6, 6, late_s)))
    assert times(found)[0] == pytest.approx(picture_at)
    assert times(found, AUDIO)[0] == pytest.approx(picture_at + late_s)


def test_clocks_that_count_from_different_beginnings() -> None:
    found = clocked(join(Part(0, 6, 0)) | {AUDIO: [p._replace(order=1) for p in join(Part(36_000, 0, 6))[AUDIO]]})
    assert (times(found)[0], times(found, AUDIO)[0], length(found)) == (0.0, 0.0, pytest.approx(6.0, abs=0.03))


def test_a_clock_that_jumps_without_end_is_not_used() -> None:
    jumping = [
        Packet(place, 50.0 * (place % 2), 50.0 * (place % 2), 0.04, 9, True) for place in range(MAX_STRETCHES + 2)
    ]
    assert film_clocks({VIDEO: jumping}, "mpegts", VIDEO) is None


def test_sound_between_two_clocks_goes_with_the_one_beside_it() -> None:
    """A silent recording, and one with sound behind it that begins where the first one did not yet end."""
    silent, second = Part(3, 3, 0), Part(0, 3, 3)
    found = clocked(join(silent, second))
    assert times(found) == pytest.approx([number / RATE for number in range(150)], abs=1e-6)
    assert times(found, AUDIO)[0] == pytest.approx(3.0)
