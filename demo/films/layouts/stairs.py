"""Three steps and a wheel; then somebody builds a ramp."""

import math

from PIL import Image

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, INK, MINT, PAPER, SUN, VIOLET

_STEP, _LEFT = 140, 860


def arrange(scene: Scene) -> None:
    """Type on the left; stairs rise to a lit door on the right."""
    scene.ground = MINT
    last = len(scene.sentences) - 1
    scene.add(shapes.block(150, 236, SUN, 18), SpriteTrack(Transform(1205, 204)))
    for number in range(3):
        step = shapes.block(_STEP * 3, 140, INK)
        place = Transform(_LEFT + _STEP * (number + 1.5), 650 - 130 * number)
        scene.add(step, SpriteTrack(place.moved(dx=34 * number)).to(0.15 * number, place, 0.4, ease_out_back))
        colour = (CORAL, SUN, PAPER)[number]
        spot = place.moved(dx=-_STEP * 1.5 + 74, dy=-18, angle=(5, -6, 4)[number])
        scene.add(shapes.label(scene.stickers[number], colour, scene.language, 46), SpriteTrack(spot))
    _ramp(scene, scene.start_of(last))
    _wheel(scene, scene.start_of(1), scene.start_of(last) + 0.8)
    scene.add_sentences((400, 290), (680, 400), INK)


def _ramp(scene: Scene, begin: float) -> None:
    ramp = shapes.polygon((580, 400), VIOLET, [(0, 400), (580, 0), (580, 400)])
    scene.add(ramp, landing(Transform(1000, 522), begin, 0.6, dy=420))


def _wheel(scene: Scene, bump: float, roll: float) -> None:
    start = Transform(700, 622)
    track = SpriteTrack(start.moved(dx=-60, angle=60)).to(0, start, 0.7)
    for number in range(2):
        at = bump + 0.6 * number
        track.to(at, start.moved(dx=62, angle=-50), 0.25, ease_out).to(at + 0.27, start, 0.3)
    track.to(roll, Transform(1112, 334, -420), 2.2, ease_out)
    scene.add(_wheel_picture(), track)


def _wheel_picture() -> Image.Image:
    wheel = shapes.ring(84, 16, PAPER)
    for spoke in range(6):
        x, y = math.cos(spoke * math.pi / 6), math.sin(spoke * math.pi / 6)
        ends = [(84 - 74 * x, 84 - 74 * y), (84 + 74 * x, 84 + 74 * y)]
        wheel.alpha_composite(shapes.stroke((168, 168), PAPER, ends, 5))
    wheel.alpha_composite(shapes.disc(20, CORAL), (64, 64))
    return wheel
