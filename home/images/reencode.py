"""Re-encodes the image on standard input: only the pixels are kept, no metadata and nothing appended to the file.

Run as ``python -m home.images.reencode`` in a process with limits; it imports nothing of Django. Prints a line of JSON,
then the image: ``{"extension", "content_type", "width", "height"}``, or ``{"refused": [code, detail]}`` alone.

An image is turned upright, converted to sRGB and encoded again: location, camera, comments, thumbnails, depth and gain
maps, colour profiles and trailing data are gone. HEIC and AVIF become JPEG, or WebP where something is transparent.
"""

import contextlib
import io
import json
import math
import sys
from typing import Any

from PIL import Image, ImageCms, ImageOps

from home.images.open_image import DECODE_ERRORS, ImageError, open_image

IMAGE_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# What is kept: the site decodes it for every size that it shows, the largest of which is 1600 pixels wide.
MAX_KEPT_PIXELS = 24_000_000
MAX_WEBP_SIDE = 16_383


def reencode_image(data: bytes) -> tuple[dict[str, str | int], bytes]:
    """The facts of the new image, and the image. Of an animation only the first frame is kept.

    Raises ImageError: not_an_image, image_is_video, image_format, image_too_large, image_too_small, image_damaged.
    """
    try:
        with open_image(data) as image:
            lossless = data[:4] == b"RIFF" and data[12:16] == b"VP8L"
            # Phones that see depth write several pictures into one JPEG, which Pillow calls MPO.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            profile = image.info.get("icc_profile")
            return _encode(_in_srgb(_fitting(_upright(image)), profile), kind, lossless=lossless)
    except DECODE_ERRORS as problem:
        raise ImageError("image_damaged", repr(problem)) from problem
    except MemoryError as problem:
        raise ImageError("image_too_large", repr(problem)) from problem


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera said, in a mode that can be scaled and converted by a profile: RGB, RGBA, L, CMYK."""
    # An unreadable orientation tag turns nothing.
    with contextlib.suppress(*DECODE_ERRORS):
        ImageOps.exif_transpose(image, in_place=True)
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
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


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, RGBA or L, converted from its colour profile; an invalid profile is ignored, as browsers do."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, *DECODE_ERRORS):
            source = ImageCms.getOpenProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, srgb, outputMode=target) or image
    return image.convert("RGB") if image.mode == "CMYK" else image


def _encode(image: Image.Image, kind: str, *, lossless: bool) -> tuple[dict[str, str | int], bytes]:
    if kind not in IMAGE_EXTENSIONS:
        kind = "JPEG" if image.mode != "RGBA" else "WEBP" if max(image.size) <= MAX_WEBP_SIDE else "PNG"
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
