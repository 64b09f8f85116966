"""Pictures that were made to hold a reader up: little to send, much to decode."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from home.upload_errors import FileCode


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, *more: bytes, bits: int = 1, colours: int = 0) -> bytes:
    """A PNG all of zeros that says it is so large; ``more`` are chunks before the pixels."""
    samples = {0: 1, 2: 3, 3: 1, 6: 4}[colours]
    rows = zlib.compress(b"\0" * ((width * bits * samples + 7) // 8 + 1) * height, 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def saved_as(kind: str, picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def packed_text(kind: bytes, megabytes: int) -> bytes:
    packed = zlib.compress(b"\0" * (megabytes << 20))
    return chunk(kind, (b"k\0\0" if kind == b"zTXt" else b"p\0\0") + packed)


def progressive_scans(times: int) -> bytes:
    """A JPEG whose last scan is sent again and again, each of which is decoded over the whole picture."""
    whole = saved_as("JPEG", Image.new("RGB", (4000, 4000), "#123456"), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * times + whole[-2:]


def moving(kind: str, frames: int) -> bytes:
    pictures = [Image.new("RGB", (64, 64), (number % 256, 0, 0)) for number in range(frames)]
    return saved_as(kind, pictures[0], save_all=True, append_images=pictures[1:], duration=10)


def huge_exif() -> bytes:
    """EXIF with a directory that says it has 65,535 entries of four thousand million values each."""
    entries = struct.pack("<HHII", 0x9286, 7, 0xFFFFFFFF, 8) * 5000
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 0xFFFF) + entries
    return saved_as("JPEG", Image.new("RGB", (64, 64)), exif=exif)


TOO_LARGE, DAMAGED = FileCode.IMAGE_TOO_LARGE, FileCode.IMAGE_DAMAGED
SMALL = (64, 64)
HOSTILE_PICTURES: dict[str, tuple[FileCode | None, Callable[[], bytes]]] = {
    "900 million pixels": (TOO_LARGE, lambda: png_of(30_000, 30_000)),
    "a row of a thousand million": (TOO_LARGE, lambda: png_of(1_000_000_000, 1)),
    "as many as are taken": (None, lambda: png_of(8000, 8000)),
    "colours of 16 bits": (None, lambda: png_of(2000, 2000, bits=16, colours=6)),
    "a text of 500 MB": (DAMAGED, lambda: png_of(*SMALL, packed_text(b"zTXt", 500))),
    "a profile of 500 MB": (DAMAGED, lambda: png_of(*SMALL, packed_text(b"iCCP", 500))),
    "a hundred texts of 1 MB": (DAMAGED, lambda: png_of(*SMALL, packed_text(b"zTXt", 1) * 100)),
    "a hundred thousand chunks": (None, lambda: png_of(*SMALL, chunk(b"tEXt", b"k\0v") * 100_000)),
    "a profile of nonsense": (
        None, lambda: saved_as("JPEG", Image.new("RGB", SMALL), icc_profile=b"acsp" * 1_000_000),
    ),
    "EXIF of nonsense": (None, huge_exif),
    "a comment of 15 MB": (
        None, lambda: saved_as("JPEG", Image.new("RGB", SMALL))[:2] + b"\xff\xfe\xff\xff" + b"x" * 65533
        + saved_as("JPEG", Image.new("RGB", SMALL))[2:],
    ),
    "a thousand scans": (TOO_LARGE, lambda: progressive_scans(1000)),
    "a PNG of a thousand frames": (None, lambda: moving("PNG", 1000)),
    "a WebP of a thousand frames": (None, lambda: moving("WEBP", 1000)),
    "a WebP of 16383 by 16383": (
        TOO_LARGE, lambda: b"RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0\x2f" + struct.pack("<I", 0x0FFFFFFF) + b"\0" * 13,
    ),
}  # fmt: skip
