"""HEIC and AVIF files made to hold a reader up or to send it round in circles. Written by ``photographs``."""

import struct
from collections.abc import Callable, Sequence

from PIL import Image

from tests.home.images.heif_boxes import Item, Reference, box, coded_item, extents, full_box, grid, heif_file, overlay

Encoder = Callable[[Image.Image], bytes]


def resized(item: Item, width: int, height: int) -> Item:
    """The item with another claim about its size."""
    others = tuple(one for one in item.properties if one[4:8] != b"ispe")
    return Item(item.kind, item.data, (*others, extents(width, height)))


def derived(kind: bytes, data: bytes, size: tuple[int, int], to: Sequence[int], *others: Item) -> bytes:
    """A file whose first item is made of the items ``to``."""
    references: list[Reference] = [(b"dimg", 1, to)]
    return heif_file([Item(kind, data, (extents(*size),)), *others], references)


def tiles(tile: Item, rows: int, columns: int, side: int, brand: bytes = b"heic") -> bytes:
    """A grid that shows one tile again and again, under as many numbers as there are places."""
    places = rows * columns
    width, height = columns * side, rows * side
    whole = Item(b"grid", grid(rows, columns, width, height), (extents(width, height),))
    return heif_file([whole, *[tile] * places], [(b"dimg", 1, range(2, places + 2))], brand=brand)


def chain(length: int, tile: Item) -> bytes:
    """An identity of an identity of an identity ..."""
    items = [Item(b"iden", b"", (extents(64, 64),)) for _ in range(length)]
    return heif_file([*items, tile], [(b"dimg", number, [number + 1]) for number in range(1, length + 1)])


def brothers(number: int, tile: Item) -> bytes:
    """As many items as can be numbered, of which the first is a picture."""
    return heif_file([tile, *[Item(b"mime")] * (number - 1)])


def hostile_files(heic: Encoder, avif: Encoder) -> dict[str, bytes]:
    """Name to bytes. The encoders take a picture each."""
    small = coded_item(heic(Image.new("RGB", (64, 64), "#d01020")))
    large = coded_item(heic(Image.new("RGB", (512, 512), "#d01020")))
    small_avif = coded_item(avif(Image.new("RGB", (64, 64), "#d01020")))
    large_avif = coded_item(avif(Image.new("RGB", (512, 512), "#d01020")))
    whole = heic(Image.effect_noise((640, 480), 90).convert("RGB"))
    whole_avif = avif(Image.effect_noise((640, 480), 90).convert("RGB"))
    loop = Item(b"iden", b"", (extents(64, 64),))
    square = (64, 64)
    return {
        "a heic of 15 by 15 tiles": tiles(large, 15, 15, 512),
        "a heic cut in half": whole[: len(whole) // 2],
        "a heic cut in its header": whole[:200],
        "an avif cut in half": whole_avif[: len(whole_avif) // 2],
        "an avif cut in its header": whole_avif[:200],
        "a heic that says 65535 by 65535": heif_file([resized(small, 65535, 65535)]),
        "a heic that says 4 thousand million": heif_file([resized(small, 0xFFFFFFFF, 0xFFFFFFFF)]),
        "a heic that says 2 by 2": heif_file([resized(small, 2, 2)]),
        "a heic that says 1000 by 1000": heif_file([resized(small, 1000, 1000)]),
        "a heic of other bytes": heif_file([Item(b"hvc1", b"\0\0\0\x20" + b"x" * 32, small.properties)]),
        "an avif that says 65535 by 65535": heif_file([resized(small_avif, 65535, 65535)], brand=b"avif"),
        "an avif that says 64 by 64": heif_file([resized(large_avif, 64, 64)], brand=b"avif"),
        "an avif of 15 by 15 tiles": tiles(large_avif, 15, 15, 512, b"avif"),
        "an avif of 30 by 30 tiles": tiles(large_avif, 30, 30, 512, b"avif"),
        "an avif in the name of heic": heif_file([small_avif], brand=b"heic"),
        "a heic in the name of avif": heif_file([small], brand=b"avif"),
        "a heic of 30 by 30 tiles": tiles(large, 30, 30, 512),
        "a heic of 250 by 250 tiles": tiles(resized(small, 32, 32), 250, 250, 32),
        "a heic that is one tile 900 times": derived(b"grid", grid(30, 30, 1920, 1920), (1920, 1920), [2] * 900, small),
        "a heic of tiles that are missing": tiles(small, 2, 2, 64)[:-150],
        "a grid of itself": derived(b"grid", grid(1, 1, *square), square, [1]),
        "an identity of itself": heif_file([loop], [(b"dimg", 1, [1])]),
        "two identities of each other": heif_file([loop, loop], [(b"dimg", 1, [2]), (b"dimg", 2, [1])]),
        "an overlay of itself": derived(b"iovl", overlay(*square, 1), square, [1]),
        "an overlay of a thousand": derived(b"iovl", overlay(8000, 8000, 1000), (8000, 8000), [2] * 1000, large),
        "an identity two thousand deep": chain(2000, small),
        "sixty thousand items": brothers(60_000, small),
        "a hundred turns": heif_file([Item(b"hvc1", small.data, (*small.properties, *[box(b"irot", b"\1")] * 100))]),
        "a crop to nothing": heif_file(
            [Item(b"hvc1", small.data, (*small.properties, box(b"clap", struct.pack(">8I", 0, 1, 0, 1, 0, 1, 0, 1))))]
        ),
        "no main picture": heif_file([small], primary=9),
        "boxes of no end": box(b"ftyp", b"heic\0\0\0\0mif1heic") + full_box(b"meta", 0) * 20_000,
        "boxes in boxes": box(b"ftyp", b"heic\0\0\0\0mif1heic") + nested(3000),
        "a movie in the name of a sequence": box(b"ftyp", b"msf1\0\0\0\0hevcmsf1") + box(b"moov", bytes(200)),
    }


def nested(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = box(b"iprp", inner)
    return full_box(b"meta", 0, inner)
