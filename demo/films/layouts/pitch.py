"""A pitch from above, held upright: eleven, then ten, then eleven again."""

import math

from demo.films import shapes
from demo.films.motion import Pose, Track, smooth, spring
from demo.films.shapes import CORAL, INK, MINT, PAPER, SUN, VIOLET
from demo.films.stage import Stage

_TEAM = (
    (360, 1090),
    (130, 985), (285, 1005), (435, 1005), (590, 985),
    (150, 860), (295, 880), (425, 880), (570, 860),
    (265, 740), (455, 740),
)  # fmt: skip
_HE = 10  # his place in the team


def arrange(stage: Stage) -> None:
    """Type above, the pitch below; one leaves, the others fetch him, and all stand in a circle."""
    stage.ground = MINT
    for picture, y in ((shapes.block(640, 8, PAPER), 640), (shapes.block(640, 8, PAPER), 1150)):
        stage.add(picture, Track(Pose(360, y)))
    for x in (44, 676):
        stage.add(shapes.block(8, 518, PAPER), Track(Pose(x, 895)))
    stage.add(shapes.ring(92, 8, PAPER), Track(Pose(360, 640)))
    stage.add_sentences((360, 318), (610, 390), INK)
    for number, place in enumerate(_TEAM):
        _player(stage, number, Pose(*place))
    for text in stage.stickers:
        here = Pose(360, 895, -5)
        lands = Track(here.moved(scale=0.3).hidden()).to(stage.begins(4) + 1.1, here, 0.35, spring)
        stage.add(shapes.shadow(shapes.label(text, SUN, stage.language, 70)), lands)


def _player(stage: Stage, number: int, here: Pose) -> None:
    leaves, fetched, together = stage.begins(2), stage.begins(3), stage.begins(4)
    turn = math.tau * number / len(_TEAM)
    circle = Pose(360 + 215 * math.cos(turn), 895 + 190 * math.sin(turn))
    if number == _HE:
        track = Track(here).to(stage.begins(1) + 0.6, here.moved(dx=10, scale=0.8), 0.3)
        track.to(leaves, Pose(800, 760, scale=0.6), 0.8).to(fetched + 1.4, Pose(600, 790), 0.8)
    else:
        track = Track(here.moved(dy=14)).to(0.04 * number, here, 0.4, spring)
        towards = Pose(600 - (600 - here.x) * 0.55, 800 + (here.y - 800) * 0.6)
        track.to(fetched + 0.3 + 0.04 * number, towards, 0.7, smooth)
    track.to(together + 0.03 * number, circle, 0.7, spring)
    shirt = shapes.disc(40, VIOLET if number == _HE else CORAL)
    shirt.alpha_composite(shapes.disc(14, PAPER), (26, 26))
    stage.add(shapes.shadow(shirt, 6), track)
