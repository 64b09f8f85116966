"""Which bytes a Range header means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.media.ranges import ContentRange, UnsatisfiableRangeError, parse_range

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 999),
        ("bytes=10-19", 10, 19),
        ("bytes=990-5000", 990, 999),
        ("bytes=-1", 999, 999),
        ("bytes=-5000", 0, 999),
        (" Bytes = 1-2 ", 1, 2),
    ],
)
def test_a_single_range_is_read(header, first, last):
    assert parse_range(header, SIZE) == ContentRange(first, last, SIZE)


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "items=0-1", "bytes=a-b", "bytes=٣-٤", "bytes=1"]
)
def test_what_is_no_single_range_means_everything(header):
    assert parse_range(header, SIZE) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=1000-", SIZE), ("bytes=-0", SIZE), ("bytes=0-", 0), ("bytes=-1", 0)]
)
def test_a_range_outside_the_file_cannot_be_met(header, size):
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, size)


@given(data=st.binary(min_size=1, max_size=300), first=st.integers(0, 400), last=st.integers(0, 400))
def test_the_range_is_what_a_slice_gives(data, first, last):
    header = f"bytes={first}-{last}"
    if first >= len(data) and last >= first:
        with pytest.raises(UnsatisfiableRangeError):
            parse_range(header, len(data))
        return
    found = parse_range(header, len(data))
    if last < first:
        assert found is None
    else:
        part = data[first : last + 1]
        assert data[found.first : found.last + 1] == part
        assert found.length == len(part)
        assert found.content_range == f"bytes {first}-{first + len(part) - 1}/{len(data)}"


@given(data=st.binary(min_size=1, max_size=300), length=st.integers(1, 400))
def test_a_suffix_is_the_end(data, length):
    found = parse_range(f"bytes=-{length}", len(data))
    assert data[found.first : found.last + 1] == data[-length:]


@given(st.text(max_size=40))
def test_no_header_breaks_it(header):
    try:
        found = parse_range(header, SIZE)
    except UnsatisfiableRangeError:
        return
    assert found is None or 0 <= found.first <= found.last < SIZE
