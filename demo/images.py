"""Drawn pictures of the demo: no photograph, so nobody is in them."""

import io

from PIL import Image

from demo.films import shapes
from demo.films.shapes import CARD, CORAL, INK, MINT, PAPER, SAND, SKY, SUN, VIOLET

_STALLS = (CORAL, SUN, MINT, SKY, VIOLET)
_SAID = ("?", "!", "…", "?!", "!")
_STRIPES = 6


def market_stalls() -> bytes:
    """Five market stalls in a row, as a PNG of 1600 x 900 pixels."""
    picture = Image.new("RGBA", (1600, 900), PAPER)
    picture.alpha_composite(shapes.block(1600, 190, SAND), (0, 710))
    for number, colour in enumerate(_STALLS):
        picture.alpha_composite(_stall(colour), (60 + 302 * number, 300 + (number % 2) * 34))
        label = shapes.shadow(shapes.label(_SAID[number], colour, "en", 60), 6)
        turned = label.rotate((7, -5, 6, -8, 4)[number], Image.Resampling.BICUBIC, expand=True)
        picture.alpha_composite(turned, (130 + 302 * number, 130 + (number % 2) * 50))
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG", optimize=True)
    return file.getvalue()


def _stall(colour: str) -> Image.Image:
    stall = Image.new("RGBA", (280, 470), "#fff7e800")
    for x in (18, 246):
        stall.alpha_composite(shapes.block(16, 380, INK), (x, 90))
    stall.alpha_composite(shapes.block(264, 150, colour, 12), (8, 300))
    stall.alpha_composite(shapes.block(264, 26, INK, 8), (8, 290))
    width = 280 // _STRIPES
    for stripe in range(_STRIPES):
        paint = colour if stripe % 2 == 0 else CARD
        stall.alpha_composite(shapes.block(width, 90, paint), (stripe * width, 10))
        stall.alpha_composite(shapes.disc(width // 2, paint), (stripe * width, 76))
    return stall
