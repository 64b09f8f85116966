"""A picture cut in two. The cut widens, and closes when somebody asks a question."""

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out, ease_out_back
from demo.films.scene import Scene
from demo.films.shapes import CARD, CORAL, INK, NIGHT, SKY

_SLANT = 150


def arrange(scene: Scene) -> None:
    """Two colours meet in a slanting line; the type lies on a card across both."""
    scene.ground = NIGHT
    wide, height = scene.width, scene.height
    left = shapes.polygon((wide, height), SKY, [(0, 0), (wide, 0), (wide - _SLANT, height), (0, height)])
    right = shapes.polygon((wide, height), CORAL, [(_SLANT, 0), (wide, 0), (wide, height), (0, height)])
    one, two = Transform(75, height / 2), Transform(wide - 75, height / 2)
    for picture, home, side in ((left, one, -1), (right, two, 1)):
        track = SpriteTrack(home).to(scene.start_of(1), home.moved(dx=55 * side), 0.5, ease_out_back)
        track.to(scene.start_of(2), home.moved(dx=130 * side), 0.5, ease_out_back)
        track.to(scene.start_of(3) + 0.8, home.moved(dx=70 * side), 0.8, ease_out)
        scene.add(picture, track.to(scene.start_of(4) + 0.6, home, 0.8, ease_out_back))
    card = Transform(640, 325, 1.5)
    scene.add(shapes.shadow(shapes.block(880, 400, CARD, 26), 14), SpriteTrack(card))
    scene.add_sentences((640, 322), (780, 330), INK, "middle")
    _stickers(scene)


def _stickers(scene: Scene) -> None:
    for text, colour, x, y, angle, side in zip(
        scene.stickers, (CORAL, SKY), (190, 1080), (158, 540), (8, -7), (-1, 1), strict=False
    ):
        here = Transform(x, y, angle)
        track = SpriteTrack(here.moved(scale=0.9)).to(0, here, 0.4, ease_out_back)
        track.to(scene.start_of(2), here.moved(dx=40 * side, angle=angle * 1.8), 0.4, ease_out_back)
        track.to(scene.start_of(4) + 0.6, Transform(640 + 110 * side, 548, 3 * side), 0.8, ease_out)
        scene.add_sticker(text, colour, 86, track)
