"""Three steps and a wheel; then somebody builds a ramp."""

import math

from PIL import Image

from demo.films import shapes
from demo.films.motion import Pose, Track, smooth, spring
from demo.films.shapes import CORAL, INK, MINT, PAPER, SUN, VIOLET
from demo.films.stage import Stage

_STEP, _LEFT = 140, 860


def arrange(stage: Stage) -> None:
    """Type on the left; stairs rise to a lit door on the right."""
    stage.ground = MINT
    last = len(stage.sentences) - 1
    stage.add(shapes.block(150, 236, SUN, 18), Track(Pose(1205, 204)))
    for number in range(3):
        step = shapes.block(_STEP * 3, 140, INK)
        place = Pose(_LEFT + _STEP * (number + 1.5), 650 - 130 * number)
        stage.add(step, Track(place.moved(dx=34 * number)).to(0.15 * number, place, 0.4, spring))
        colour = (CORAL, SUN, PAPER)[number]
        spot = place.moved(dx=-_STEP * 1.5 + 74, dy=-18, angle=(5, -6, 4)[number])
        stage.add(shapes.label(stage.stickers[number], colour, stage.language, 46), Track(spot))
    _ramp(stage, stage.begins(last))
    _wheel(stage, stage.begins(1), stage.begins(last) + 0.8)
    stage.add_sentences((400, 290), (680, 400), INK)


def _ramp(stage: Stage, begin: float) -> None:
    ramp = shapes.polygon((580, 400), VIOLET, [(0, 400), (580, 0), (580, 400)])
    here = Pose(1000, 522)
    stage.add(ramp, Track(here.moved(dy=420).hidden()).to(begin, here, 0.6, spring))


def _wheel(stage: Stage, bump: float, roll: float) -> None:
    start = Pose(700, 622)
    track = Track(start.moved(dx=-60, angle=60)).to(0, start, 0.7)
    for number in range(2):
        at = bump + 0.6 * number
        track.to(at, start.moved(dx=62, angle=-50), 0.25, smooth).to(at + 0.27, start, 0.3)
    track.to(roll, Pose(1112, 334, -420), 2.2, smooth)
    stage.add(_wheel_picture(), track)


def _wheel_picture() -> Image.Image:
    wheel = shapes.ring(84, 16, PAPER)
    for spoke in range(6):
        x, y = math.cos(spoke * math.pi / 6), math.sin(spoke * math.pi / 6)
        ends = [(84 - 74 * x, 84 - 74 * y), (84 + 74 * x, 84 + 74 * y)]
        wheel.alpha_composite(shapes.stroke((168, 168), PAPER, ends, 5))
    wheel.alpha_composite(shapes.disc(20, CORAL), (64, 64))
    return wheel
