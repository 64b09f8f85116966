"""What the header of a Matroska or AVI file says of its tracks, as far as a decoder needs it.

ffmpeg reads the following parts of such files when they were joined, and with the first one's header alone.
"""

import re
from collections.abc import Iterator

_SEGMENT, _TRACKS, _TRACK, _CLUSTER = 0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675
_CODEC, _PRIVATE = 0x86, 0x63A2
_MAX_ELEMENTS = 1000
_AVI_STREAM = re.compile(rb"strh.{4}(vids|auds).{44,60}?strf.{4}(.{20})", re.DOTALL)
_AVI_FACTS = {b"vids": slice(16, 20), b"auds": slice(0, 8)}  # the codec; the codec, channels and hertz


def read_track_headers(container: str, head: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """(codec or kind, what its decoder is given) of each track; `head` begins where the file does. Empty if unknown."""
    if container == "avi":
        return tuple((kind, facts[_AVI_FACTS[kind]]) for kind, facts in _AVI_STREAM.findall(head))
    return tuple(_matroska_tracks(head)) if container == "matroska" else ()


def _matroska_tracks(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    segment = next((one for one in _elements(head, 0, len(head)) if one[0] == _SEGMENT), (0, 0, 0))
    for kind, first, last in _elements(head, *segment[1:]):
        if kind == _CLUSTER:
            return
        tracks = _elements(head, first, last) if kind == _TRACKS else ()
        for _, start, end in (one for one in tracks if one[0] == _TRACK):
            facts = {name: head[at:until] for name, at, until in _elements(head, start, end)}
            codec = facts.get(_CODEC, b"").rstrip(b"\x00")
            # A sound's own may count its samples; pictures can't be decoded without the right one.
            yield codec, facts.get(_PRIVATE, b"") if codec.startswith(b"V_") else b""


def _elements(data: bytes, place: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(id, start and end of the content) of EBML's elements one behind the other; an unknown size reaches to `end`."""
    for _ in range(_MAX_ELEMENTS):
        width = 9 - data[place].bit_length() if place < end else 9
        start = place + width
        size_width = 9 - data[start].bit_length() if width <= 4 and start < end else 9
        content = start + size_width
        if size_width > 8 or content > end:
            return
        most = (1 << 7 * size_width) - 1
        size = int.from_bytes(data[start:content]) & most
        until = min(content + size, end) if size < most else end
        yield int.from_bytes(data[place:start]), content, until
        place = until
