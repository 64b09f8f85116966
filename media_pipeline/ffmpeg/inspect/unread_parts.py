"""Does a file hold more than was read? ffmpeg stops where the first of several joined films ends, and says nothing.

Read by ourselves, in a few places only: the boxes of an MP4, and the largest holes between the packets of other files.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.clock import Packet
from media_pipeline.ffmpeg.inspect.sniff import SNIFF_BYTES, is_container_start
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.track_headers import read_track_headers

MAX_BOXES = 100_000  # at top level: a fragment of half a second each is 60 000 in four hours
SMALLEST_PART = 1024  # bytes of media; some writers leave an empty box behind
SMALLEST_HEADER = 64  # bytes
MAX_HOLES = 32  # without packets that are looked at, the largest ones
LOOKED_THROUGH = 256 * 1024  # bytes of each: trailers and indexes come before what was joined
CONSIDERABLE_PART, CONSIDERABLE_S = 0.1, 1.0  # of the file and of the film; less may be a trailer, or rounding
# Formats without trailers: what is behind the last packet is media.
_WITHOUT_TRAILERS = frozenset({"flv", "asf", "ogg"})
# Formats of which ffmpeg reads the following parts too, with the tracks of the first: how they begin.
_CONTINUED = {"matroska": b"\x1a\x45", "avi": b"RIFF", "ogg": b"OggS"}
# Beginnings of files that are long enough to be nothing else.
_JOINED = re.compile(
    rb"FLV\x01[\x00\x01\x04\x05]\x00\x00\x00\x09"
    rb"|OggS\x00\x02\x00{8}"
    rb"|\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"  # ASF
    rb"|\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02"  # MXF's header
    rb"|\x1a\x45\xdf\xa3[\x01-\xff].{0,40}?\x42\x82.(?:matroska|webm)"
    rb"|RIFF.{4}(?:AVI |WAVE)"
    rb"|\x00\x00\x00.ftyp[ -~]{4}",
    re.DOTALL,
)


@dataclass(frozen=True)
class Box:
    """One box at the top level of an ISO file: its type, and where its content starts and ends, in bytes."""

    kind: bytes
    start: int
    end: int


@dataclass(frozen=True)
class Hole:
    """Bytes from `start` up to `end`, of which no packet was read."""

    start: int
    end: int


def with_unread_parts(source: Source, path: Path, packets: Mapping[int, Sequence[Packet]]) -> Source:
    """The source, warned about when a part of its file was not read; `packets` are all that were, by stream."""
    with path.open("rb") as file:
        found = (
            _has_unread_movie(file, source.size_bytes, packets)
            if source.container == "mov"
            else _has_unread_hole(file, source, packets)
        )
    return replace(source, warnings=(*source.warnings, WarningCode.PART_UNREAD)) if found else source


def walk_boxes(file: BinaryIO, size: int) -> Iterator[Box]:
    """The boxes of a file of `size` bytes, one behind the other. Ends before what is none, and after `MAX_BOXES`."""
    place = 0
    for _ in range(MAX_BOXES):
        file.seek(place)
        head = file.read(16)
        kind, length, content = head[4:8], int.from_bytes(head[:4]), 8
        if len(head) < 8 or not all(0x20 <= letter < 0x7F or letter == 0xA9 for letter in kind):
            return
        if length == 1 and len(head) == 16:
            length, content = int.from_bytes(head[8:]), 16
        end = place + length if any(head[:4]) else size  # 0: to the end of the file
        if end < place + content:
            return
        yield Box(kind, place + content, end)
        if end >= size:
            return
        place = end


def _has_unread_movie(file: BinaryIO, size: int, packets: Mapping[int, Sequence[Packet]]) -> bool:
    """Whether a second film begins in an MP4, and media is there of which no packet is shown. Unused media alone is
    none: cameras reserve room, and editors cut without copying."""
    places = sorted(one.position for stream in packets.values() for one in stream if one.shown and one.position >= 0)
    heads: dict[bytes, int] = {}
    unread, end = False, 0
    for box in walk_boxes(file, size):
        heads[box.kind] = heads.get(box.kind, 0) + 1
        end = box.end
        if box.kind == b"mdat" and min(box.end, size) - box.start >= SMALLEST_PART:
            first = bisect_left(places, box.start)
            unread = unread or first == len(places) or places[first] >= box.end
    if 0 < end < size - SMALLEST_PART and sum(heads.values()) < MAX_BOXES:
        file.seek(end)
        if is_container_start(file.read(SNIFF_BYTES)):
            return True
    return unread and max(heads.get(b"ftyp", 0), heads.get(b"moov", 0)) > 1


def _has_unread_hole(file: BinaryIO, source: Source, packets: Mapping[int, Sequence[Packet]]) -> bool:
    """Whether another file begins where no packet is or, where nothing else can be there, much is left at the end."""
    read = [one for stream in packets.values() for one in stream if one.position >= 0]
    if not read:
        return False
    read.sort(key=lambda one: one.position)
    last = min(max(one.position + one.size for one in read), source.size_bytes)
    pairs = ((before.position + before.size, after.position) for before, after in pairwise(read))
    holes = [Hole(start, end) for start, end in pairs if end - start >= SMALLEST_HEADER]
    largest = sorted(holes, key=lambda hole: hole.start - hole.end)[:MAX_HOLES]
    rest = Hole(last, source.size_bytes)
    tracks = read_track_headers(source.container, file.read(min(read[0].position, LOOKED_THROUGH)))
    for hole in (*largest, rest):
        file.seek(hole.start)
        between = file.read(min(hole.end - hole.start, LOOKED_THROUGH))
        for joined in _JOINED.finditer(between):
            own = joined[0].startswith(_CONTINUED.get(source.container, b"-")) and hole is not rest
            if not own or read_track_headers(source.container, between[joined.start() :]) != tracks:
                return True
    much = max(CONSIDERABLE_PART * source.size_bytes, CONSIDERABLE_S * last / max(source.duration_s, CONSIDERABLE_S))
    if source.container not in _WITHOUT_TRAILERS or rest.end - rest.start <= much:
        return False
    file.seek(rest.start + SMALLEST_PART)
    return any(file.read(LOOKED_THROUGH))  # what was reserved and never written is nothing
