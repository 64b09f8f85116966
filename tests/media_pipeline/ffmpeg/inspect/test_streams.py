"""One stream's facts from ffprobe's own lines."""

from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.inspect.streams import (
    display_size,
    parse_duration,
    parse_dynamic_range,
    parse_number,
    parse_orientation,
    parse_ratio,
    parse_signed,
)

ONE = 65536


def matrix(a: int, b: int, c: int, d: int) -> dict[str, object]:
    rows = f"\n00000000: {a:>12} {b:>12} {0:>12}\n00000001: {c:>12} {d:>12} {0:>12}\n00000002: 0 0 1073741824\n"
    return {"side_data_list": [{"side_data_type": "Display Matrix", "displaymatrix": rows, "rotation": 0}]}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((ONE, 0, 0, ONE), (0, False)),
        ((0, ONE, -ONE, 0), (90, False)),
        ((-ONE, 0, 0, -ONE), (180, False)),
        ((0, -ONE, ONE, 0), (270, False)),
        ((-ONE, 0, 0, ONE), (0, True)),
        ((ONE, 0, 0, -ONE), (180, True)),
        ((0, ONE, ONE, 0), (270, True)),
        ((0, -ONE, -ONE, 0), (90, True)),
    ],
)
def test_orientation_from_the_matrix(entries: tuple[int, int, int, int], expected: tuple[int, bool]) -> None:
    assert parse_orientation(matrix(*entries)) == expected


def test_orientation_from_the_angle_where_the_matrix_is_missing() -> None:
    side = {"side_data_type": "Display Matrix", "rotation": -90}
    assert parse_orientation({"side_data_list": [side]}) == (90, False)
    assert parse_orientation({}) == (0, False)


@pytest.mark.parametrize(
    ("size", "sar", "rotation", "expected"),
    [
        ((1440, 1080), "4:3", 0, (1920, 1080)),
        ((720, 480), "8:9", 0, (640, 480)),
        ((720, 576), "16:15", 90, (576, 768)),
        ((1920, 1080), "1:1", 270, (1080, 1920)),
        ((0, 0), "4:3", 0, (0, 0)),
    ],
)
def test_display_size(size: tuple[int, int], sar: str, rotation: int, expected: tuple[int, int]) -> None:
    assert display_size(*size, parse_ratio(sar), rotation) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("12.5", 12.5), ("N/A", 0.0), ("nan", 0.0), ("inf", 0.0), ("-3", 0.0), (None, 0.0), ("1e300", 0.0)],
)
def test_numbers_that_cannot_be_are_unknown(said: object, expected: float) -> None:
    assert parse_number(said) == expected


def test_start_times_may_be_negative() -> None:
    assert parse_signed("-0.023220") == -0.02322


@pytest.mark.parametrize(
    ("said", "expected"),
    [("30000/1001", Fraction(30000, 1001)), ("4:3", Fraction(4, 3)), ("0/0", 0), ("N/A", 0), ("-1/1", 0), ("25", 25)],
)
def test_ratios(said: str, expected: Fraction) -> None:
    assert parse_ratio(said) == expected


def test_matroska_tells_a_streams_length_in_a_tag() -> None:
    assert parse_duration({"tags": {"DURATION": "00:01:02.500000000"}}) == 62.5
    assert parse_duration({"start_time": "2.5", "tags": {"DURATION": "00:01:02.500000000"}}) == 60.0
    assert parse_duration({"duration": "3.5", "tags": {"DURATION": "00:01:02.500000000"}}) == 3.5
    assert parse_duration({"duration": "9.02", "tags": {"DURATION": "00:00:00.040000000"}}) == 0.04


@pytest.mark.parametrize(
    ("profile", "base", "transfer", "expected"),
    [
        (8, 4, "arib-std-b67", "dv84"),
        (8, 1, "smpte2084", "pq"),
        (8, 2, "bt709", "none"),
        (5, 0, "smpte2084", "dv_other"),
        (None, None, "arib-std-b67", "hlg"),
        (None, None, "smpte2084", "pq"),
        (None, None, "bt709", "none"),
    ],
)
def test_dynamic_range(profile: int | None, base: int | None, transfer: str, expected: str) -> None:
    vision = [] if profile is None else [{"dv_profile": profile, "dv_bl_signal_compatibility_id": base}]
    assert parse_dynamic_range({"color_transfer": transfer, "side_data_list": vision}) == expected
