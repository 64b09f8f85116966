"""Photographs as phones and cameras write them, and what is kept of each.

Run as ``python -m tests.home.images.photographs FOLDER [NAME ...]``, in a process of its own: it uses encoders that
belong to decoders which no process of the site may load. Each is written as FOLDER/NAME, what is kept of it as
NAME.kept, the facts as NAME.json; hostile files are only written. Those that are named are then damaged everywhere.
"""

import contextlib
import io
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pillow_heif
from PIL import ExifTags, Image

from home.images.colour_profiles import _profile_of_tags, _xyz_tag, profile_for_codes
from home.images.reencode import ImageError, reencode_image
from tests.home.images.heif_boxes import Item, auxiliary, box, coded_item, heif_file
from tests.home.images.hostile_heif import hostile_files

SIZE = (96, 64)
SECRET = b"Said by the camera"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Said by the camera</x:xmpmeta>"
MIDDLE = (200, 100, 50)
DISPLAY_P3 = profile_for_codes(12, 13)
ADOBE_RGB = _profile_of_tags(
    {
        b"wtpt": _xyz_tag((0.9642, 1.0, 0.8249)),
        b"rXYZ": _xyz_tag((0.60974, 0.31111, 0.01947)),
        b"gXYZ": _xyz_tag((0.20528, 0.62567, 0.06087)),
        b"bXYZ": _xyz_tag((0.14919, 0.06322, 0.74457)),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0\0\0\0\x01\x02\x33"),  # 563/256, as Adobe's
    }
)
GAIN_MAP, DEPTH = "urn:com:apple:photo:2020:aux:hdrgainmap", "urn:mpeg:hevc:2015:auxid:2"
PQ = {"color_primaries": 9, "transfer_characteristics": 16, "matrix_coefficients": 9, "full_range_flag": 1}


def quarters(size: tuple[int, int] = SIZE) -> Image.Image:
    """Red and green above, blue and white below, so that every turn and every mirror shows."""
    width, height = size
    image = Image.new("RGB", size, "white")
    for colour, place in (("#d01020", (0, 0)), ("#10a020", (width // 2, 0)), ("#1020d0", (0, height // 2))):
        image.paste(colour, (*place, place[0] + width // 2, place[1] + height // 2))
    return image


def plain(colour: tuple[int, int, int], mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", SIZE, colour).convert(mode)


def adobe_exif() -> bytes:
    """EXIF data of a camera that is set to Adobe RGB, and writes no profile."""
    exif = Image.Exif()
    notes = exif.get_ifd(ExifTags.IFD.Exif)
    notes |= {ExifTags.Base.ColorSpace: 0xFFFF, ExifTags.IFD.Interop: {ExifTags.Interop.InteropIndex: "R03"}}
    return exif.tobytes()


def camera_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = SECRET.decode()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 37.0, 48.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = SECRET
    return exif.tobytes()


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def heic(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or quarters(), "HEIF", **({"quality": 100, "chroma": 444} | options))


def avif(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or quarters(), "AVIF", **({"quality": 100, "subsampling": "4:4:4", "speed": 10} | options))


def deep_heic(colour: tuple[int, int, int], *, twelve: bool = False, **options: Any) -> bytes:
    """A HEIC of 10 or 12 bits whose colour is given in 16."""
    pillow_heif.options.SAVE_HDR_TO_12_BIT = twelve
    pixels = struct.pack("<3H", *colour) * (SIZE[0] * SIZE[1])
    out = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", SIZE, pixels).save(out, quality=100, chroma=444, **options)
    return out.getvalue()


def deep_avif(colour: tuple[int, int, int], bits: int, transfer: str, primaries: str = "bt2020") -> bytes:
    """An AVIF of 10 or 12 bits, whose colour is given in 16 and is not changed on its way."""
    pixels = struct.pack("<3H", *(part >> (16 - bits) for part in (colour[1], colour[2], colour[0])))
    planes = b"".join(pixels[at : at + 2] * (SIZE[0] * SIZE[1]) for at in (0, 2, 4))
    form = f"gbrp{bits}le"
    source = ["-f", "rawvideo", "-pix_fmt", form, "-s", f"{SIZE[0]}x{SIZE[1]}", "-i", "pipe:0"]
    marks = ["-vf", f"setparams=color_primaries={primaries}:color_trc={transfer}:colorspace=gbr:range=pc"]
    coded = ["-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8", "-crf", "0", "-pix_fmt", form, "-f", "avif"]
    target = Path(sys.argv[1], "deep.avif")
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *source, *marks, *coded, str(target)]
    subprocess.run(argv, input=planes, check=True, capture_output=True)
    return target.read_bytes()


def with_auxiliary_pictures() -> bytes:
    """What an iPhone writes of a portrait: the picture, its gain map, its depth and its thumbnail, with EXIF data."""
    main = coded_item(heic())
    other = coded_item(heic(plain((255, 255, 255))))
    items = [
        Item(b"hvc1", other.data, (*other.properties, auxiliary(GAIN_MAP))),
        Item(b"hvc1", other.data, (*other.properties, auxiliary(DEPTH))),
        other,
        main,
        Item(b"Exif", b"\0\0\0\0" + camera_exif()[6:]),
        Item(b"mime", b"application/rdf+xml\0" + XMP),
    ]
    references = [(b"auxl", 1, [4]), (b"auxl", 2, [4]), (b"thmb", 3, [4]), (b"cdsc", 5, [4]), (b"cdsc", 6, [4])]
    return heif_file(items, references, primary=4)


def cut_to_white(image: bytes, brand: bytes) -> bytes:
    """What is seen is the lower right quarter; the rest is only cut off, and then it is turned."""
    item = coded_item(image)
    size, away = (SIZE[0] // 2, 1, SIZE[1] // 2, 1), (SIZE[0] // 4, 1, SIZE[1] // 4, 1)
    kept = struct.pack(">8I", *size, *away)
    return heif_file(
        [Item(item.kind, item.data, (*item.properties, box(b"clap", kept), box(b"irot", b"\1")))], brand=brand
    )


def turned_and_mirrored(orientation_in_exif: int) -> bytes:
    """Boxes turn it a quarter anticlockwise and then mirror it left to right; the EXIF data say what they like."""
    main = coded_item(heic())
    turns = (box(b"irot", b"\1"), box(b"imir", b"\1"))
    items = [Item(b"hvc1", main.data, (*main.properties, *turns))]
    items.append(Item(b"Exif", b"\0\0\0\0" + camera_exif(orientation_in_exif)[6:]))
    return heif_file(items, [(b"cdsc", 2, [1])])


def grid_of_a_phone(width: int, height: int) -> bytes:
    return heic(quarters((width, height)), tile_size=64, icc_profile=DISPLAY_P3, exif=camera_exif())


def ultra_hdr() -> bytes:
    """As Android writes it: a plain JPEG, and behind it the gain map, both listed by MPF and announced by XMP."""
    gain = plain((255, 255, 255), "L").resize((24, 16))
    note = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description hdrgm:Version="1.0"/></x:xmpmeta>'
    pictures = saved(quarters(), "MPO", save_all=True, append_images=[gain], exif=camera_exif(), icc_profile=DISPLAY_P3)
    place = 2
    while pictures[place + 1] in (0xE0, 0xE1):
        place += 2 + struct.unpack_from(">H", pictures, place + 2)[0]
    said = b"http://ns.adobe.com/xap/1.0/\0" + note
    return pictures[:place] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + pictures[place:]


def png(interlaced: int, bits: int, rows: bytes, colours: bytes = b"") -> bytes:
    """A PNG in colour of these rows, each of which begins with its filter; ``colours`` are the numbers of H.273."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", *SIZE, bits, 2, 0, 0, interlaced)
    head = chunk(b"IHDR", head) + (chunk(b"cICP", colours) if colours else b"")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def interlaced_png() -> bytes:
    image, rows = quarters(), b""
    for x, y, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for row in range(y, SIZE[1], dy):
            rows += b"\0" + b"".join(bytes(image.getpixel((column, row))) for column in range(x, SIZE[0], dx))
    return png(1, 8, rows)


def deep_png(colours: bytes = b"") -> bytes:
    return png(0, 16, (b"\0" + struct.pack(">3H", *in_16_bits(MIDDLE)) * SIZE[0]) * SIZE[1], colours)


def clear_corner(mode: str = "RGBA") -> Image.Image:
    image = quarters().convert(mode)
    image.paste((0, 0, 0, 0), (0, 0, SIZE[0] // 2, SIZE[1] // 2))
    return image


def in_16_bits(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return (colour[0] * 257, colour[1] * 257, colour[2] * 257)


def in_pq(*light: float) -> tuple[int, ...]:
    """cd/m² in the code of SMPTE ST 2084, in 16 bits."""
    powers = [(part / 10_000) ** 0.1593017578125 for part in light]
    return tuple(round(65535 * ((0.8359375 + 18.8515625 * p) / (1 + 18.6875 * p)) ** 78.84375) for p in powers)


# cd/m²: something dim, white paper, and a lamp. And red of sRGB, a fifth as bright as paper, in the colours of BT.2020.
PQ_GREYS = {"dim": 50, "paper": 203, "lamp": 1000}
RED_IN_BT2020 = tuple(0.2 * 203 * part for part in (0.627404, 0.069097, 0.016391))
OTHER = [plain((255, 255, 255))]

PHOTOGRAPHS: dict[str, Callable[[], bytes]] = {
    "heic": lambda: heic(exif=camera_exif(), xmp=XMP),
    "heic 10 bit": lambda: deep_heic(in_16_bits(MIDDLE)),
    "heic 12 bit": lambda: deep_heic(in_16_bits(MIDDLE), twelve=True),
    "heic grid": lambda: grid_of_a_phone(200, 150),
    "heic portrait": with_auxiliary_pictures,
    "heic burst": lambda: heic(quarters(), save_all=True, append_images=OTHER, primary_index=0),
    "heic burst, last": lambda: heic(OTHER[0], save_all=True, append_images=[quarters()], primary_index=1),
    "heic clear": lambda: heic(clear_corner()),
    "heic grey": lambda: heic(plain((90, 90, 90), "L")),
    "heic turned by boxes": lambda: turned_and_mirrored(1),
    "heic turned by boxes and EXIF": lambda: turned_and_mirrored(6),
    **{f"heic orientation {n}": lambda n=n: heic(exif=camera_exif(n)) for n in range(1, 9)},
    "heic cropped": lambda: cut_to_white(heic(), b"heic"),
    "heic P3 red": lambda: heic(plain((255, 0, 0)), icc_profile=DISPLAY_P3),
    "heic P3 middle": lambda: heic(plain(MIDDLE), icc_profile=DISPLAY_P3),
    "heic P3 by numbers": lambda: heic(plain(MIDDLE), color_primaries=12, transfer_characteristics=13),
    **{f"heic PQ {name}": lambda light=light: deep_heic(in_pq(light) * 3, **PQ) for name, light in PQ_GREYS.items()},
    "heic PQ red": lambda: deep_heic(in_pq(*RED_IN_BT2020), **PQ),
    "heic HLG paper": lambda: deep_heic((49151,) * 3, **(PQ | {"transfer_characteristics": 18})),
    # Two lights a little below paper, which 8 bits of PQ do not tell apart.
    "heic PQ step 1": lambda: deep_heic((560 << 6,) * 3, **PQ),
    "heic PQ step 2": lambda: deep_heic((563 << 6,) * 3, **PQ),
    "avif": lambda: avif(exif=camera_exif(), xmp=XMP),
    "avif 10 bit": lambda: deep_avif(in_16_bits(MIDDLE), 10, "iec61966-2-1", "bt709"),
    "avif 12 bit": lambda: deep_avif(in_16_bits(MIDDLE), 12, "iec61966-2-1", "bt709"),
    "avif clear": lambda: avif(clear_corner()),
    "avif moving": lambda: avif(quarters(), save_all=True, append_images=OTHER, duration=100),
    **{f"avif orientation {n}": lambda n=n: avif(exif=camera_exif(n)) for n in range(1, 9)},
    "avif cropped": lambda: cut_to_white(avif(), b"avif"),
    "avif P3 middle": lambda: avif(plain(MIDDLE), icc_profile=DISPLAY_P3),
    "avif P3 by numbers": lambda: deep_avif(in_16_bits(MIDDLE), 10, "iec61966-2-1", "smpte432"),
    **{
        f"avif PQ {name}": lambda light=light: deep_avif(in_pq(light) * 3, 10, "smpte2084")
        for name, light in PQ_GREYS.items()
    },
    "avif PQ red": lambda: deep_avif(in_pq(*RED_IN_BT2020), 10, "smpte2084"),
    "avif HLG paper": lambda: deep_avif((49151,) * 3, 10, "arib-std-b67"),
    "jpeg": lambda: saved(quarters(), "JPEG", quality=95, exif=camera_exif(), comment=SECRET),
    "jpeg Ultra HDR": ultra_hdr,
    "jpeg progressive": lambda: saved(quarters(), "JPEG", quality=95, progressive=True),
    "jpeg CMYK": lambda: saved(quarters().convert("CMYK"), "JPEG", quality=95),
    "jpeg Adobe RGB middle": lambda: saved(plain(MIDDLE), "JPEG", quality=100, icc_profile=ADOBE_RGB),
    "jpeg Adobe RGB by camera": lambda: saved(plain(MIDDLE), "JPEG", quality=100, exif=adobe_exif()),
    "png 16 bit middle": deep_png,
    "png P3 by numbers": lambda: deep_png(b"\x0c\x0d\0\1"),
    "png interlaced": interlaced_png,
    "png moving": lambda: saved(quarters(), "PNG", save_all=True, append_images=OTHER),
    "png palette P3 middle": lambda: saved(plain(MIDDLE).quantize(2), "PNG", icc_profile=DISPLAY_P3),
    "webp": lambda: saved(quarters(), "WEBP", lossless=True, exif=camera_exif(), xmp=XMP),
}


def cut_or_flipped(whole: bytes) -> Iterator[bytes]:
    for place in range(12, len(whole), max(len(whole) // 200, 1)):
        yield whole[:place]
        yield whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]


def damage(name: str) -> None:
    """Re-encode a photograph that is cut or changed anywhere. Anything but an ImageError ends this program."""
    for data in cut_or_flipped(PHOTOGRAPHS[name]()):
        with contextlib.suppress(ImageError):
            reencode_image(data)


def write_all(folder: Path) -> None:
    for name, data in hostile_files(heic, avif).items():
        (folder / name).write_bytes(data)
    for name, make in PHOTOGRAPHS.items():
        data = make()
        (folder / name).write_bytes(data)
        facts, kept = reencode_image(data)
        (folder / f"{name}.json").write_text(json.dumps(facts))
        (folder / f"{name}.kept").write_bytes(kept)


if __name__ == "__main__":
    pillow_heif.register_heif_opener()
    write_all(Path(sys.argv[1]))
    for name in sys.argv[2:]:
        damage(name)
