"""A name in three syllables, each on its own tile; wrong versions do not stick."""

from demo.films import shapes, typeface
from demo.films.motion import SpriteTrack, Transform, ease_in, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CARD, CORAL, INK, MINT, SUN, VIOLET
from demo.films.typeface import TextStyle

_SYLLABLES = ("Zü", "ley", "ha")
_TILES = ((250, CORAL, 3), (640, VIOLET, -2), (1030, MINT, 2.5))


def arrange(scene: Scene) -> None:
    """The tiles fill the upper half; the sentences run below them."""
    scene.ground = SUN
    hops = scene.start_of(3)
    for index, (syllable, (x, colour, angle)) in enumerate(zip(_SYLLABLES, _TILES, strict=True)):
        tile = shapes.block(370, 320, colour, 36)
        ink = TextStyle(scene.language, "headline", shapes.ink_on(colour), "middle")
        shapes.inscribe(tile, typeface.fit_text(syllable, 330, 300, ink))
        here = Transform(x, 262, angle)
        track = SpriteTrack(here.moved(dy=26)).to(0.12 * index, here, 0.4, ease_out_back)
        track.to(hops + 0.5 * index, here.moved(dy=-52, angle=-angle), 0.22)
        track.to(hops + 0.25 + 0.5 * index, here, 0.25, ease_out_back)
        track.to(scene.start_of(4) + 0.15 * index, here.moved(angle=0, scale=1.05), 0.3, ease_out_back)
        scene.add(shapes.shadow(tile, 12), track)
    _wrong(scene)
    scene.add_sentences((640, 520), (1160, 150), INK, "middle")


def _wrong(scene: Scene) -> None:
    for index, text in enumerate(scene.stickers):
        here = Transform(470 + 400 * index, 190 + 120 * index, 8 - 15 * index)
        sticker = shapes.shadow(shapes.label(text, CARD, scene.language, 84))
        middle = sticker.height / 2
        bar = shapes.stroke(sticker.size, CORAL, [(16, middle + 8), (sticker.width - 26, middle - 10)], 12)
        at, off = scene.start_of(1) + 0.5 + 0.9 * index, scene.start_of(2) + 0.3 * index
        crossed = SpriteTrack(here.hidden()).to(at + 0.5, here, 0.1)
        for picture, track in ((sticker, landing(here, at, 0.25, dy=-60, scale=1.4)), (bar, crossed)):
            scene.add(picture, track.to(off, here.moved(dy=720, angle=-30), 0.7, ease_in))
