"""Re-encodes the image on standard input: only the pixels are kept, no metadata and nothing appended to the file.

Run as ``python -m home.images.reencode`` in a process with limits; it imports nothing of Django or the project. Prints
a line of JSON, then the image: ``{"extension", "content_type", "width", "height"}``, or ``{"refused": [code, detail]}``
alone.

Only JPEG, PNG and WebP are opened at all, so that the parsers of forty other formats never read uploaded bytes.
An image is turned upright, converted to sRGB and encoded again: location, camera, comments, thumbnails, colour profiles
and trailing data are gone.
"""

import contextlib
import io
import json
import math
import struct
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

READABLE_IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
IMAGE_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_IMAGE_PIXELS = 64_000_000  # the largest phone cameras of today take 50 million
# What is kept: the site decodes it for every size that it shows, the largest of which is 1600 pixels wide.
MAX_KEPT_PIXELS = 24_000_000
MIN_IMAGE_SIDE = 16
MAX_JPEG_SCANS = 100  # each is decoded over the whole image; progressive ones have a dozen

# First bytes of known formats that are not accepted: the message can be more helpful than "not an image".
_OTHER_FORMATS = (
    b"GIF8", b"II*\0", b"MM\0*", b"BM", b"%!PS", b"\xc5\xd0\xd3\xc6", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL ",
)  # fmt: skip
_HEIF_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
# What Pillow and its codecs raise on broken input.
_DECODE_ERRORS = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError)

# What Pillow warns about is refused.
warnings.filterwarnings("error", module=r"PIL\.")
# Except for EXIF data: it is removed anyway, and old editing programs often broke it.
warnings.filterwarnings("ignore", message="Corrupt EXIF data|Tag data larger than file", module=r"PIL\.")


class ImageError(Exception):
    """What is wrong: a code of ``home.upload_errors``, and a detail for developers."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)


def reencode_image(data: bytes) -> tuple[dict[str, str | int], bytes]:
    """The facts of the new image, and the image. Of an animation only the first frame is kept.

    Raises ImageError: not_an_image, image_format, image_too_large, image_too_small, image_damaged.
    """
    try:
        with _open(data) as image:
            # Phones that see depth write several pictures into one JPEG, which Pillow calls MPO.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            return _encode(_fitting(_upright(image)), kind, lossless=data[:4] == b"RIFF" and data[12:16] == b"VP8L")
    except (*_DECODE_ERRORS, Warning) as problem:
        raise ImageError("image_damaged", repr(problem)) from problem
    except MemoryError as problem:
        raise ImageError("image_too_large", repr(problem)) from problem


def _open(data: bytes) -> Image.Image:
    """The image with its pixels decoded; its size is checked before they are."""
    try:
        image = Image.open(io.BytesIO(data), formats=READABLE_IMAGE_FORMATS)
    except UnidentifiedImageError as problem:
        raise ImageError(_refusal_code(data)) from problem
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise ImageError(_size_code(data), repr(problem)) from problem
    if image.width * image.height > MAX_IMAGE_PIXELS:
        raise ImageError(_size_code(data), f"{image.width}x{image.height}")
    if min(image.size) < MIN_IMAGE_SIDE:
        raise ImageError("image_too_small", f"{image.width}x{image.height}")
    if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageError("image_too_large", "too many scans")
    image.load()
    return image


def _refusal_code(data: bytes) -> str:
    if data.startswith(_OTHER_FORMATS) or (data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS):
        return "image_format"
    known = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    return "image_damaged" if known else "not_an_image"


def _size_code(data: bytes) -> str:
    """Damaged when the header claims more pixels than the file could hold, else too large.

    No accepted encoding packs more than about 1100 bytes of pixels into one (deflate's best).
    """
    if data[12:16] != b"IHDR" or len(data) < 24:  # a PNG's first chunk; other formats cannot claim so much
        return "image_too_large"
    width, height = struct.unpack(">II", data[16:24])
    possible = width * height / 8 <= len(data) * 1100
    return "image_too_large" if possible else "image_damaged"


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera said, in sRGB, in a mode every encoder takes."""
    # An unreadable orientation tag turns nothing.
    with contextlib.suppress(*_DECODE_ERRORS, Warning):
        ImageOps.exif_transpose(image, in_place=True)
    profile = image.info.get("icc_profile")
    image = _in_srgb(image, profile) if profile else image
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    if image.mode.startswith("I"):  # grey in 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "L" if image.mode == "1" else "RGB")


def _fitting(image: Image.Image) -> Image.Image:
    """Scaled down to what is kept, if it is larger."""
    factor = math.sqrt(MAX_KEPT_PIXELS / (image.width * image.height))
    if factor >= 1:
        return image
    size = (max(int(image.width * factor), 1), max(int(image.height * factor), 1))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Converted from its colour profile; an invalid profile is ignored, as browsers do."""
    if image.mode not in ("RGB", "CMYK", "L", "RGBA"):
        return image
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target) or image
    except (ImageCms.PyCMSError, *_DECODE_ERRORS):
        return image


def _encode(image: Image.Image, kind: str, *, lossless: bool) -> tuple[dict[str, str | int], bytes]:
    options: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 90, "progressive": True, "optimize": True},
        "PNG": {"optimize": False},
        "WEBP": {"lossless": lossless, "quality": 90},
    }
    image.info = {}  # metadata that Pillow kept would be written again
    out = io.BytesIO()
    image.save(out, kind, **options[kind])
    facts = {"extension": IMAGE_EXTENSIONS[kind], "content_type": Image.MIME[kind]}
    return facts | {"width": image.width, "height": image.height}, out.getvalue()


if __name__ == "__main__":
    try:
        facts, image = reencode_image(sys.stdin.buffer.read())
    except ImageError as problem:
        facts, image = {"refused": problem.args}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + image)
