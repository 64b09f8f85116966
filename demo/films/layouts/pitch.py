"""A pitch from above, held upright: eleven, then ten, then eleven again."""

import math

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, INK, MINT, PAPER, SUN, VIOLET

_TEAM = (
    (360, 1090),
    (130, 985), (285, 1005), (435, 1005), (590, 985),
    (150, 860), (295, 880), (425, 880), (570, 860),
    (265, 740), (455, 740),
)  # fmt: skip
_HE = 10  # his place in the team


def arrange(scene: Scene) -> None:
    """Type above, the pitch below; one leaves, the others fetch him, and all stand in a circle."""
    scene.ground = MINT
    for picture, y in ((shapes.block(640, 8, PAPER), 640), (shapes.block(640, 8, PAPER), 1150)):
        scene.add(picture, SpriteTrack(Transform(360, y)))
    for x in (44, 676):
        scene.add(shapes.block(8, 518, PAPER), SpriteTrack(Transform(x, 895)))
    scene.add(shapes.ring(92, 8, PAPER), SpriteTrack(Transform(360, 640)))
    scene.add_sentences((360, 318), (610, 390), INK)
    for number, place in enumerate(_TEAM):
        _player(scene, number, Transform(*place))
    for text in scene.stickers:
        scene.add_sticker(text, SUN, 70, landing(Transform(360, 895, -5), scene.start_of(4) + 1.1, 0.35, scale=0.3))


def _player(scene: Scene, number: int, here: Transform) -> None:
    leaves, fetched, together = scene.start_of(2), scene.start_of(3), scene.start_of(4)
    turn = math.tau * number / len(_TEAM)
    circle = Transform(360 + 215 * math.cos(turn), 895 + 190 * math.sin(turn))
    if number == _HE:
        track = SpriteTrack(here).to(scene.start_of(1) + 0.6, here.moved(dx=10, scale=0.8), 0.3)
        track.to(leaves, Transform(800, 760, scale=0.6), 0.8).to(fetched + 1.4, Transform(600, 790), 0.8)
    else:
        track = SpriteTrack(here.moved(dy=14)).to(0.04 * number, here, 0.4, ease_out_back)
        towards = Transform(600 - (600 - here.x) * 0.55, 800 + (here.y - 800) * 0.6)
        track.to(fetched + 0.3 + 0.04 * number, towards, 0.7, ease_out)
    track.to(together + 0.03 * number, circle, 0.7, ease_out_back)
    shirt = shapes.disc(40, VIOLET if number == _HE else CORAL)
    shirt.alpha_composite(shapes.disc(14, PAPER), (26, 26))
    scene.add(shapes.shadow(shirt, 6), track)
