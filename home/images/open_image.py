"""Opens the picture in uploaded bytes, judged by content: one still picture, decoded. For a process with limits.

Only the readers of JPEG, PNG, WebP, HEIC and AVIF are used, so that the parsers of forty other formats never read
uploaded bytes. Of a file with several pictures the main one is taken: a burst, a portrait with its depth, the picture
for bright screens beside the plain one (gain maps) and animations all have one.
"""

import contextlib
import io
import struct
import warnings
from collections.abc import Callable
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from home.images.colour_profiles import HDR_TRANSFERS, SRGB_TRANSFER, adobe_rgb_profile, profile_for_codes
from home.images.deep_images import toned_image

MAX_IMAGE_PIXELS = 64_000_000  # the largest phone cameras of today take 50 million
MIN_IMAGE_SIDE = 16
MAX_JPEG_SCANS = 100  # each is decoded over the whole image; progressive ones have a dozen
_THREADS = 2  # of a decoder: two uploads are opened at a time, and each thread takes memory of its own

# What Pillow and the other readers raise on broken input.
DECODE_ERRORS = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError, RuntimeError),
    *(Warning, UnidentifiedImageError),
)
_STARTS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
# First bytes of known formats that are not accepted: the message can be more helpful than "not an image".
_OTHER_FORMATS = (
    b"GIF8", b"II*\0", b"MM\0*", b"BM", b"%!PS", b"\xc5\xd0\xd3\xc6", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL ",
)  # fmt: skip
# What a file in the box format of MP4 says it holds, and the boxes that only one of the two kinds has.
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), "HEIF"),
    **dict.fromkeys((b"mif1", b"mif2", b"mif3", b"msf1", b"miaf", b"jpeg", b"jpgs", b"avci", b"j2ki", b"jxl "), None),
}
_CODED_AS = {b"av1C": "AVIF", b"hvcC": "HEIF"}
_HEADER_BYTES = 1 << 16
_MOVIE_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"pnot"})
_MATROSKA = b"\x1a\x45\xdf\xa3"

# What Pillow warns about is refused.
warnings.filterwarnings("error", module=r"PIL\.")
# Except for EXIF data: it is removed anyway, and old editing programs often broke it.
warnings.filterwarnings("ignore", message="Corrupt EXIF data|Tag data larger than file", module=r"PIL\.")


class ImageError(Exception):
    """What is wrong: a code of ``home.upload_errors``, and a detail for developers."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)


def open_image(data: bytes) -> Image.Image:
    """The picture with its pixels decoded; its size is checked before they are. ``format`` names what it was in.

    Colours and orientation are still those of the file: ``info`` has the ICC profile, or one for what the file says of
    its colours in numbers, and the EXIF data say how to turn it. HEIC pictures come upright, since their boxes say how.
    Raises ImageError, and DECODE_ERRORS for what is damaged.
    """
    kind = image_format(data)
    openers: dict[str, Callable[[bytes], Image.Image]] = {
        "JPEG": _open_jpeg, "PNG": _open_png, "WEBP": _open_webp, "HEIF": _open_heic, "AVIF": _open_avif
    }  # fmt: skip
    try:
        image = openers[kind](data)
    except UnidentifiedImageError as problem:
        raise ImageError("image_damaged", repr(problem)) from problem
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise ImageError(_size_code(data), repr(problem)) from problem
    image.load()
    return image


def image_format(data: bytes) -> str:
    """Pillow's name for the format: JPEG, PNG, WEBP, HEIF (for HEIC) or AVIF.

    Raises ImageError: image_format for other pictures, image_is_video, not_an_image.
    """
    if (data[:4], data[8:12]) == (b"RIFF", b"WEBP"):
        return "WEBP"
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data[4:8] == b"ftyp" and (brands := [brand for brand in _brands(data) if brand in _BRANDS]):
        return _format_in_boxes(data, brands)
    if data.startswith(_OTHER_FORMATS) or _has_picture_box(data):
        raise ImageError("image_format")
    if data[4:8] in _MOVIE_BOXES or data.startswith(_MATROSKA):
        raise ImageError("image_is_video")
    raise ImageError("not_an_image")


def _brands(data: bytes) -> list[bytes]:
    """The brands in the first box of a file: the main one, and those it is compatible with."""
    box = data[: min(int.from_bytes(data[:4], "big"), 1024)]
    return [data[8:12], *(box[place : place + 4] for place in range(16, len(box) - 3, 4))]


def _has_picture_box(data: bytes) -> bool:
    """Whether the boxes of a picture follow the first one, and not those of a movie."""
    end = int.from_bytes(data[:4], "big")
    return data[4:8] == b"ftyp" and data[end + 4 : end + 8] in (b"meta", b"mini")


def _format_in_boxes(data: bytes, brands: list[bytes]) -> str:
    """By how the pictures are coded, since some programs name the wrong brand or none of the two; else by brand."""
    coded = {kind for box, kind in _CODED_AS.items() if box in data[:_HEADER_BYTES]}
    kind = coded.pop() if len(coded) == 1 else next(filter(None, map(_BRANDS.get, brands)), None)
    if kind is None:
        raise ImageError("image_format", repr(brands))
    return kind


def _open_with_pillow(data: bytes, *formats: str) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=formats)
    _check_size(image.size, data)
    return image


def _open_jpeg(data: bytes) -> Image.Image:
    image = _open_with_pillow(data, "JPEG", "MPO")
    if data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageError("image_too_large", "too many scans")
    if "icc_profile" not in image.info and _is_adobe_rgb(image):
        image.info["icc_profile"] = adobe_rgb_profile()
    return image


def _is_adobe_rgb(image: Image.Image) -> bool:
    """What the rules of cameras (DCF) have for Adobe RGB instead of a profile."""
    with contextlib.suppress(*DECODE_ERRORS):
        notes = image.getexif().get_ifd(ExifTags.IFD.Interop)
        return str(notes.get(ExifTags.Interop.InteropIndex)).startswith("R03")
    return False


def _open_png(data: bytes) -> Image.Image:
    """Numbers for its colours stand before the pixels, and count more than a profile; Pillow does not read them."""
    image = _open_with_pillow(data, "PNG")
    place = data.find(b"\0\0\0\4cICP", 0, max(data.find(b"IDAT"), 0))
    if place > 0:
        image.info["icc_profile"] = profile_for_codes(*data[place + 8 : place + 10])
    return image


def _open_webp(data: bytes) -> Image.Image:
    return _open_with_pillow(data, "WEBP")


def _open_avif(data: bytes) -> Image.Image:
    """Decoded by Pillow, which tells neither the numbers of its colours nor where it is to be cropped: libheif reads
    both, but cannot decode it.
    """
    from PIL import AvifImagePlugin  # only where it is needed, as pillow_heif

    profile, crop = None, ()
    with contextlib.suppress(*DECODE_ERRORS):
        header = _heif_file(data)
        _check_size(header.size, data)
        profile = _profile_of(header.info)
        # The sides cut off (left, top, right, bottom) before it is turned. pillow-heif has no public name for them.
        changes = header[header.primary_index]._c_image.transformations  # noqa: SLF001
        crop = next((change[1:] for change in changes if change[0] == "clap"), ())
    AvifImagePlugin.DEFAULT_MAX_THREADS = _THREADS
    image = _open_with_pillow(data, "AVIF")
    image.info.setdefault("icc_profile", profile)
    return _cropped(image, *crop) if crop else image


def _cropped(image: Image.Image, left: int, top: int, right: int, bottom: int, *size: int) -> Image.Image:
    """What somebody cut off must not be seen. Raises ValueError where it is not clear what that is."""
    if image.size != size:
        raise ValueError(f"a crop of {size} and not of {image.size}")
    cropped = image.crop((left, top, image.width - right, image.height - bottom))
    cropped.format = image.format
    return cropped


def _open_heic(data: bytes) -> Image.Image:
    """Auxiliary pictures are not asked for. What is turned by a box is turned here, so the EXIF data must not again."""
    heic = _heif_file(data)
    _check_size(heic.size, data)
    profile = heic.info.get("icc_profile")
    codes = {} if profile else heic.info.get("nclx_profile", {})
    if codes.get("transfer_characteristics") in HDR_TRANSFERS and heic.mode == "RGB" and heic.info["bit_depth"] > 8:
        image = toned_image(_heif_file(data, convert_hdr_to_8bit=False), codes["transfer_characteristics"])
        profile = profile_for_codes(codes["color_primaries"], SRGB_TRANSFER)
    else:
        image, profile = heic.to_pillow(), profile or _profile_of(heic.info)
    image.format, image.info = "HEIF", {"icc_profile": profile}
    return image


def _profile_of(info: dict[str, Any]) -> bytes | None:
    codes = info.get("nclx_profile")
    return profile_for_codes(codes["color_primaries"], codes["transfer_characteristics"]) if codes else None


def _heif_file(data: bytes, **options: bool) -> Any:
    """The main picture of a HEIC or AVIF, its header read. Raises ValueError where that one is not readable."""
    import pillow_heif  # 30 MB of libraries, which other pictures do not need

    defaults = pillow_heif.options
    defaults.THUMBNAILS = defaults.DEPTH_IMAGES = defaults.AUX_IMAGES = False
    defaults.DECODE_THREADS = _THREADS
    file = pillow_heif.open_heif(data, **options)
    if not file.info["primary"]:  # pillow-heif then takes another one
        raise ValueError("no main picture")
    return file


def _check_size(size: tuple[int, int], data: bytes) -> None:
    width, height = size
    if width * height > MAX_IMAGE_PIXELS:
        raise ImageError(_size_code(data), f"{width}x{height}")
    if min(size) < MIN_IMAGE_SIDE:
        raise ImageError("image_too_small", f"{width}x{height}")


def _size_code(data: bytes) -> str:
    """Damaged when the header claims more pixels than the file could hold, else too large.

    No accepted encoding packs more than about 1100 bytes of pixels into one (deflate's best).
    """
    if data[12:16] != b"IHDR" or len(data) < 24:  # a PNG's first chunk; other formats cannot claim so much
        return "image_too_large"
    width, height = struct.unpack(">II", data[16:24])
    possible = width * height / 8 <= len(data) * 1100
    return "image_too_large" if possible else "image_damaged"
