"""Writes files in the box format of HEIF (ISO/IEC 23008-12), well formed or not: what no encoder here writes."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

ESSENTIAL = (b"hvcC", b"av1C", b"clap", b"irot", b"imir")  # what a reader may not ignore
Reference = tuple[bytes, int, Sequence[int]]


@dataclass(frozen=True)
class Item:
    """One item of a file: its type, its bytes, and its properties, each a whole box."""

    kind: bytes
    data: bytes = b""
    properties: tuple[bytes, ...] = ()


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, version: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24), *parts)


def extents(width: int, height: int) -> bytes:
    return full_box(b"ispe", 0, struct.pack(">II", width, height))


def auxiliary(urn: str) -> bytes:
    return full_box(b"auxC", 0, urn.encode() + b"\0")


def grid(rows: int, columns: int, width: int, height: int) -> bytes:
    """The bytes of a grid item, with sizes of 32 bits."""
    return struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)


def overlay(width: int, height: int, pictures: int) -> bytes:
    return struct.pack(">BB4H2I", 0, 1, 0, 0, 0, 0xFFFF, width, height) + struct.pack(">ii", 0, 0) * pictures


def heif_file(
    items: Sequence[Item], references: Sequence[Reference] = (), primary: int = 1, brand: bytes = b"heic"
) -> bytes:
    """A file whose items have the numbers 1, 2, 3, ..."""
    head = box(b"ftyp", brand, b"\0\0\0\0", b"mif1", brand)
    size = len(head) + len(_meta(items, references, primary, 0))
    return head + _meta(items, references, primary, size + 8) + box(b"mdat", *(item.data for item in items))


def _meta(items: Sequence[Item], references: Sequence[Reference], primary: int, place: int) -> bytes:
    places, infos = [], []
    for number, item in enumerate(items, 1):
        places.append(struct.pack(">HHHHII", number, 0, 0, 1, place, len(item.data)))
        place += len(item.data)
        infos.append(full_box(b"infe", 2, struct.pack(">HH4s", number, 0, item.kind), b"\0"))
    properties = list(dict.fromkeys(one for item in items for one in item.properties))
    links = [
        struct.pack(">HB", number, len(item.properties))
        + bytes(properties.index(one) + 1 | 0x80 * (one[4:8] in ESSENTIAL) for one in item.properties)
        for number, item in enumerate(items, 1)
        if item.properties
    ]
    named = [box(kind, struct.pack(f">HH{len(to)}H", of, len(to), *to)) for kind, of, to in references]
    return full_box(
        b"meta",
        0,
        full_box(b"hdlr", 0, b"\0\0\0\0pict" + bytes(13)),
        full_box(b"pitm", 0, struct.pack(">H", primary)),
        full_box(b"iloc", 1, struct.pack(">HH", 0x4400, len(items)), *places),
        full_box(b"iinf", 0, struct.pack(">H", len(items)), *infos),
        box(b"iprp", box(b"ipco", *properties), full_box(b"ipma", 0, struct.pack(">I", len(links)), *links)),
        *([full_box(b"iref", 0, *named)] if named else []),
    )


def coded_item(encoded: bytes) -> Item:
    """The picture in a file that an encoder wrote, to be used in another one. It has nothing but that picture."""

    def first(kind: bytes) -> bytes:
        start = encoded.index(kind) - 4
        return encoded[start : start + struct.unpack_from(">I", encoded, start)[0]]

    kind, settings = (b"hvc1", b"hvcC") if b"hvcC" in encoded else (b"av01", b"av1C")
    return Item(kind, first(b"mdat")[8:], tuple(map(first, (settings, b"colr", b"ispe"))))
