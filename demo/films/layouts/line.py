"""A way home at night: a line of lamps that light up one after the other, up to a window."""

from PIL import Image

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out, landing
from demo.films.scene import Scene
from demo.films.shapes import BARK, CORAL, DUSK, MINT, NIGHT, PAPER, SUN, VIOLET

_WAY = ((60, 640), (330, 588), (560, 632), (800, 540), (985, 585), (1130, 478))


def arrange(scene: Scene) -> None:
    """Type above, the way below; somebody walks it from lamp to lamp."""
    scene.ground = NIGHT
    scene.add(_house(), SpriteTrack(Transform(1130, 388)))
    walk = SpriteTrack(Transform(*_WAY[0]))
    for index in range(len(_WAY) - 1):
        begin = 0 if index == 0 else scene.start_of(index) + 0.2
        _lamp(scene, index, begin)
        walk.to(begin, Transform(*_WAY[index + 1]), 1.6, ease_out)
    scene.add(shapes.disc(24, CORAL), walk)
    lit = Transform(1130, 388)
    scene.add(shapes.block(92, 112, SUN, 8), SpriteTrack(lit.hidden()).to(scene.start_of(2) + 0.4, lit, 0.3))
    scene.add_sentences((455, 300), (780, 420), (PAPER, PAPER, SUN, PAPER, MINT))
    for text in scene.stickers:
        lands = landing(Transform(1040, 210, -7), scene.start_of(2) + 0.7, 0.35, dy=40, scale=0.5)
        scene.add_sticker(text, VIOLET, 66, lands)


def _lamp(scene: Scene, index: int, begin: float) -> None:
    (x1, y1), (x2, y2) = _WAY[index], _WAY[index + 1]
    left, top = min(x1, x2) - 10, min(y1, y2) - 10
    size = (abs(x2 - x1) + 20, abs(y2 - y1) + 20)
    path = shapes.stroke(size, SUN, [(x1 - left, y1 - top), (x2 - left, y2 - top)], 10)
    middle = Transform(left + size[0] / 2, top + size[1] / 2)
    faint, shown = middle.moved(opacity=0.16), middle
    scene.add(path, SpriteTrack(shown if begin == 0 else faint).to(begin, shown, 0.5))
    spot = Transform(x2, y2)
    scene.add(shapes.disc(72, SUN), landing(spot.moved(opacity=0.24), begin + 0.5, 0.4, scale=0.3))
    scene.add(shapes.disc(20, SUN), SpriteTrack(spot.moved(opacity=0.3)).to(begin + 0.5, spot, 0.3))


def _house() -> Image.Image:
    house = Image.new("RGBA", (300, 620), f"{DUSK}00")
    house.alpha_composite(shapes.polygon((300, 160), BARK, [(150, 0), (300, 160), (0, 160)]))
    house.alpha_composite(shapes.block(256, 460, BARK), (22, 160))
    house.alpha_composite(shapes.block(92, 112, DUSK, 8), (104, 254))
    return house
