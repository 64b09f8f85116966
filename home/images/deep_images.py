"""HDR pictures of more than 8 bits, made ordinary ones of 8 before anything is rounded.

PQ gives the light of a page but half of its codes: in 8 bits an even sky would show steps.
"""

from typing import Any

from PIL import Image

from home.images.colour_profiles import srgb_levels


def toned_image(deep: Any, transfer: int) -> Image.Image:
    """The picture in RGB with the curve of sRGB, and its own colours. ``deep`` is a file of pillow-heif, opened with
    ``convert_hdr_to_8bit=False``, in RGB; ``transfer`` the code of its curve (H.273).

    Pillow has no colours of 16 bits. So the samples of a row are read as one grey row, three times as wide, of which
    every third is taken.
    """
    samples, (width, height), bits = deep.data, deep.size, deep.info["bit_depth"]
    wide = Image.frombuffer("I;16", (width * 3, height), samples, "raw", "I;16", deep.stride, 1)
    of_code = srgb_levels(transfer, bits)
    levels = [of_code[sample >> (16 - bits)] for sample in range(1 << 16)]
    bands = []
    for first in (-1, 0, 1):  # the middle of a pixel is that of three samples
        every_third = (3, 0, first, 0, 1, 0)
        band = wide.transform((width, height), Image.Transform.AFFINE, every_third, Image.Resampling.NEAREST)
        bands.append(band.convert("I").point(levels, "L"))
    return Image.merge("RGB", bands)
