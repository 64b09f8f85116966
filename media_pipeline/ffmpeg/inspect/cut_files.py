"""Does a file end too early? Only what can be proved: it ends within a packet, or is smaller than it says.

Lengths in headers are `film_timeline`'s matter. A broadcast without a header has no length to be short of.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.clock import Packet
from media_pipeline.ffmpeg.inspect.sniff import SNIFF_BYTES
from media_pipeline.ffmpeg.inspect.source import Source

_FLASH_HEADER, _FLASH_SIZE = 11, 4  # bytes in front of what a tag holds, and behind it
_MAX_TAGS = 1000  # behind the last packet, of data that nobody shows
_TRANSPORT_PACKETS = ((0, 188), (4, 192))  # where its sync byte is, and bytes of a packet
_SYNC = 0x47
_PROGRAM_PACKET = re.compile(rb"\x00\x00\x01[\xbc-\xef](..)", re.DOTALL)  # its length; what it holds begins otherwise
_PROGRAM_PACKET_BYTES = 6 + 65_535
_OGG_HEADER, _OGG_PAGE = 27, 27 + 255 + 255 * 255  # bytes without the lengths of its parts, and of the largest page
# ASF's file properties: 24 bytes of name and size, 16 of an id, then the size of the file; flags after 40 more.
_ASF_PROPERTIES = re.compile(
    rb"\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65.{24}(.{8}).{40}(.{4})", re.DOTALL
)
_ASF_BROADCAST = 1  # the flag of a recording whose size was never filled in


def with_cut_end(source: Source, path: Path, packets: Mapping[int, Sequence[Packet]]) -> Source:
    """The source, warned about when its file ends within a packet or before its size; `packets` are all of them."""
    if WarningCode.PARTIAL in source.warnings:
        return source
    with path.open("rb") as file:
        cut = _ends_too_early(file, source, packets)
    return replace(source, warnings=(*source.warnings, WarningCode.PARTIAL)) if cut else source


def _ends_too_early(file: BinaryIO, source: Source, packets: Mapping[int, Sequence[Packet]]) -> bool:
    size = source.size_bytes
    match source.container:
        case "flv":
            last = max((packet.position for stream in packets.values() for packet in stream), default=-1)
            return last >= 0 and _ends_within_tag(file, last, size)
        case "avi":  # ffmpeg says it itself
            return any(packet.corrupt for stream in packets.values() for packet in stream[-1:])
        case "asf":
            return _is_smaller_than_said(file.read(SNIFF_BYTES), size)
        case "ogg":
            return _ends_within_page(file, size)
        case "mpeg":
            return _ends_within_program_packet(file, size)
        case "mpegts":
            return _ends_within_transport_packet(file, size)
    return False


def _ends_within_tag(file: BinaryIO, place: int, size: int) -> bool:
    """Whether the last tag of a Flash file has no end; at `place` one of the last begins."""
    for _ in range(_MAX_TAGS):
        file.seek(place)
        header = file.read(_FLASH_HEADER)
        if not header or header[0] not in (8, 9, 18):
            return False
        place += _FLASH_HEADER + int.from_bytes(header[1:4]) + _FLASH_SIZE
        if len(header) < _FLASH_HEADER or place > size:
            return True
    return False


def _is_smaller_than_said(head: bytes, size: int) -> bool:
    """Whether an ASF file has fewer bytes than its header names."""
    said = _ASF_PROPERTIES.search(head)
    if said is None or int.from_bytes(said[2], "little") & _ASF_BROADCAST:
        return False
    return int.from_bytes(said[1], "little") > size


def _ends_within_transport_packet(file: BinaryIO, size: int) -> bool:
    """Whether the last packet of a transport stream, whole ones before it, has no end."""
    head = file.read(2 * 192)
    for sync, length in _TRANSPORT_PACKETS:
        rest = size % length
        if head[sync::length][:2] != bytes([_SYNC, _SYNC]) or size < 3 * length:
            continue
        file.seek(size - rest - length)
        tail = file.read()
        return rest > sync and tail[sync] == _SYNC and tail[length + sync] == _SYNC
    return False


def _ends_within_program_packet(file: BinaryIO, size: int) -> bool:
    """Whether the last packet of a program stream is longer than what is left of it."""
    file.seek(max(0, size - _PROGRAM_PACKET_BYTES))
    tail = file.read(_PROGRAM_PACKET_BYTES)
    last = max(_PROGRAM_PACKET.finditer(tail), key=lambda found: found.start(), default=None)
    return last is not None and last.end() + int.from_bytes(last[1]) > len(tail)


def _ends_within_page(file: BinaryIO, size: int) -> bool:
    """Whether the last page of an Ogg file is longer than what is left of it."""
    file.seek(max(0, size - _OGG_PAGE))
    tail = file.read(_OGG_PAGE)
    page = tail[max(tail.rfind(b"OggS"), 0) :]
    if not page.startswith(b"OggS"):
        return False
    if len(page) < _OGG_HEADER:
        return True
    count = page[_OGG_HEADER - 1]
    parts = page[_OGG_HEADER : _OGG_HEADER + count]
    return len(page) < _OGG_HEADER + count + sum(parts)
