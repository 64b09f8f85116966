"""Pictures from outside, drawn afresh: what is kept is what the eye sees, and nothing that was hidden beside it.

Only JPEG, PNG and WebP are opened at all, so that the parsers of forty other formats never see a stranger's bytes.
A picture is turned upright, its colours are brought to sRGB, and it is encoded anew: place, camera, comments,
thumbnails, profiles and whatever hung on behind are gone.
"""

import contextlib
import io
import struct
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from home.upload_errors import FileCode, RefusedFileError

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
PIXELS_MAX = 64_000_000  # the largest phone cameras of today take 50 million in earnest
SIDE_MIN = 16

# First bytes of formats we know and do not take: the sentence can be more helpful than "not a picture".
_OTHERS = (b"GIF8", b"II*\0", b"MM\0*", b"BM", b"%!PS", b"\xc5\xd0\xd3\xc6", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL ")
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
# What Pillow and the codecs below it raise on broken input.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError)

# What Pillow only warns of is no picture for us. For the whole process: filters that come and go reach other threads.
warnings.filterwarnings("error", module=r"PIL\.")
# But not of the camera's notes: they are thrown away, and old editing programmes often broke them.
warnings.filterwarnings("ignore", message="Corrupt EXIF data", module=r"PIL\.")


@dataclass(frozen=True)
class CleanPicture:
    """A picture encoded by us: its bytes, usual ending, content type and size in pixels."""

    data: bytes
    ending: str
    content_type: str
    width: int
    height: int


def clean_picture(data: bytes) -> CleanPicture:
    """Draw the picture in ``data`` afresh. Of a moving one only the first picture is kept.

    Raises RefusedFileError: file_empty, not_an_image, image_format, image_too_large, image_too_small, image_damaged.
    """
    if not data:
        raise RefusedFileError(FileCode.FILE_EMPTY)
    try:
        with _open(data) as picture:
            # Phones that see depth write several pictures into one JPEG, which Pillow calls MPO.
            kind = "JPEG" if picture.format == "MPO" else str(picture.format)
            return _encode(_upright(picture), kind, lossless=_is_lossless(data))
    except (*_BROKEN, Warning) as problem:
        raise RefusedFileError(FileCode.IMAGE_DAMAGED, repr(problem)) from problem


def _open(data: bytes) -> Image.Image:
    """The picture with its pixels decoded; its size is judged before they are."""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as problem:
        raise RefusedFileError(_diagnosis(data)) from problem
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise RefusedFileError(_bomb(data), repr(problem)) from problem
    if picture.width * picture.height > PIXELS_MAX:
        raise RefusedFileError(_bomb(data), f"{picture.width}x{picture.height}")
    if min(picture.size) < SIDE_MIN:
        raise RefusedFileError(FileCode.IMAGE_TOO_SMALL, f"{picture.width}x{picture.height}")
    picture.load()
    return picture


def _diagnosis(data: bytes) -> FileCode:
    if data.startswith(_OTHERS) or (data[4:8] == b"ftyp" and data[8:12] in _BRANDS):
        return FileCode.IMAGE_FORMAT
    known = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    return FileCode.IMAGE_DAMAGED if known else FileCode.NOT_AN_IMAGE


def _bomb(data: bytes) -> FileCode:
    """A header that claims more pixels than any bytes behind it could hold is a lie; else the picture is too large.

    No encoding of ours packs more than about 1100 bytes of pixels into one (deflate's best).
    """
    try:
        picture = _header(data)
    except (*_BROKEN, UnidentifiedImageError):
        return FileCode.IMAGE_TOO_LARGE
    honest = picture[0] * picture[1] / 8 <= len(data) * 1100
    return FileCode.IMAGE_TOO_LARGE if honest else FileCode.IMAGE_DAMAGED


def _header(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG by its first chunk; other formats cannot claim so much."""
    if data[12:16] != b"IHDR":
        raise ValueError("no PNG")
    return struct.unpack(">II", data[16:24])


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera said, in sRGB, in a mode every encoder takes."""
    # A note of the camera that nobody can read turns nothing.
    with contextlib.suppress(*_BROKEN, Warning):
        ImageOps.exif_transpose(picture, in_place=True)
    profile = picture.info.get("icc_profile")
    turned = _in_srgb(picture, profile) if profile else picture
    if turned.mode in ("RGB", "RGBA", "L"):
        return turned
    if turned.mode.startswith("I"):  # grey in 16 bits
        return turned.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return turned.convert("RGBA" if turned.has_transparency_data else "L" if turned.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the profile means them; a profile that makes no sense is ignored, as browsers do."""
    if picture.mode not in ("RGB", "CMYK", "L", "RGBA"):
        return picture
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=target) or picture
    except (ImageCms.PyCMSError, *_BROKEN):
        return picture


def _is_lossless(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[12:16] == b"VP8L"


def _encode(picture: Image.Image, kind: str, *, lossless: bool) -> CleanPicture:
    options: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 90, "progressive": True, "optimize": True},
        "PNG": {"optimize": False},
        "WEBP": {"lossless": lossless, "quality": 90},
    }
    picture.info = {}  # what Pillow noted beside the pixels would be written again
    out = io.BytesIO()
    picture.save(out, kind, **options[kind])
    return CleanPicture(out.getvalue(), ENDINGS[kind], Image.MIME[kind], *picture.size)
