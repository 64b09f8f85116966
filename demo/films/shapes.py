"""Paper shapes of the demo films: labels with a punched hole, cards, circles, polygons; all RGBA, all smooth."""

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from demo.films import typeface
from demo.films.typeface import TextStyle

PAPER, CARD, INK, SOFT, NIGHT, DUSK = "#fff7e8", "#fffdf8", "#1a1410", "#5c5148", "#14100d", "#201a15"
CORAL, SUN, SKY, MINT, VIOLET = "#ff5a36", "#ffc93c", "#2b5cff", "#19c39c", "#6a3df0"
SAND, BARK = "#e8dcc8", "#3b322b"  # paper in shade, and wood at night
_FINE = 3  # drawn this much larger, then made smaller: Pillow's shapes have no smooth edges

Point = tuple[float, float]


def ink_on(colour: str) -> str:
    """The text colour that is readable on a colour of the house."""
    return "#ffffff" if colour in (SKY, VIOLET) else PAPER if colour in (NIGHT, DUSK, INK) else INK


def label(text: str, colour: str, language: str, size: int = 54) -> Image.Image:
    """A sticker: rounded, with a punched hole at the side where reading starts."""
    words = typeface.text_line(text, size, TextStyle(language, "text", ink_on(colour)))
    edge, hole = round(size * 0.42), round(size * 0.17)
    width, height = words.width + edge * 2 + hole * 4, round(size * 1.62)
    words = words.crop((0, (words.height - height) // 2, words.width, (words.height + height) // 2))
    rtl = typeface.is_rtl(language)
    at = (width - edge - hole if rtl else edge + hole, height / 2)
    sticker = block(width, height, colour, size * 0.3)
    punched = disc(hole, SAND if colour in (PAPER, CARD) else CARD)
    sticker.alpha_composite(punched, (round(at[0] - hole), round(at[1] - hole)))
    sticker.alpha_composite(words, (edge if rtl else edge + hole * 4, 0))
    return sticker


def inscribe(picture: Image.Image, words: Image.Image) -> None:
    """Put words into the middle of a picture; what is higher than it is cut off."""
    cut = max(0, (words.height - picture.height) // 2)
    words = words.crop((0, cut, words.width, words.height - cut))
    picture.alpha_composite(words, ((picture.width - words.width) // 2, max(0, (picture.height - words.height) // 2)))


def shape(size: tuple[int, int], colour: str, draw: Callable[[ImageDraw.ImageDraw, int, int], None]) -> Image.Image:
    """A shape of one colour. `draw(pen, factor, paint)` draws with `paint` on a canvas `factor` times as large."""
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    draw(ImageDraw.Draw(mask), _FINE, 255)
    picture = Image.new("RGBA", size, colour)
    picture.putalpha(mask.resize(size, Image.Resampling.BOX))
    return picture


def block(width: int, height: int, colour: str, radius: float = 0) -> Image.Image:
    """A rectangle, with round corners where a radius is given."""
    if not radius:
        return Image.new("RGBA", (width, height), colour)
    return shape(
        (width, height),
        colour,
        lambda pen, f, paint: pen.rounded_rectangle((0, 0, width * f - 1, height * f - 1), radius * f, fill=paint),
    )


def disc(radius: int, colour: str) -> Image.Image:
    """A filled circle."""
    return ring(radius, radius, colour)


def ring(radius: int, width: int, colour: str) -> Image.Image:
    """A circle's line, `width` pixels thick, inside the radius."""
    edge = radius * 2
    return shape(
        (edge, edge),
        colour,
        lambda pen, f, paint: pen.ellipse((0, 0, edge * f - 1, edge * f - 1), outline=paint, width=width * f),
    )


def polygon(size: tuple[int, int], colour: str, points: Sequence[Point]) -> Image.Image:
    """A filled polygon; points in pixels of the picture."""
    return shape(size, colour, lambda pen, f, paint: pen.polygon([(x * f, y * f) for x, y in points], fill=paint))


def stroke(size: tuple[int, int], colour: str, points: Sequence[Point], width: int) -> Image.Image:
    """A line through points with round joints."""
    return shape(
        size,
        colour,
        lambda pen, f, paint: pen.line([(x * f, y * f) for x, y in points], fill=paint, width=width * f, joint="curve"),
    )


def shadow(picture: Image.Image, drop: int = 8, strength: float = 0.16) -> Image.Image:
    """The picture with a hard, soft-coloured shadow below it: paper that lies on paper."""
    result = Image.new("RGBA", (picture.width + drop, picture.height + drop), "#1a141000")
    dark = Image.new("RGBA", picture.size, INK)
    dark.putalpha(picture.getchannel("A").point(lambda value: round(value * strength)))
    result.alpha_composite(dark, (drop, drop))
    result.alpha_composite(picture)
    return result
