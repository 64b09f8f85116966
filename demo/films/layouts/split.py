"""A picture cut in two. The cut widens, and closes when somebody asks a question."""

from demo.films import shapes
from demo.films.motion import Pose, Track, smooth, spring
from demo.films.shapes import CARD, CORAL, INK, NIGHT, SKY
from demo.films.stage import Stage

_SLANT = 150


def arrange(stage: Stage) -> None:
    """Two colours meet in a slanting line; the type lies on a card across both."""
    stage.ground = NIGHT
    wide, height = stage.width, stage.height
    left = shapes.polygon((wide, height), SKY, [(0, 0), (wide, 0), (wide - _SLANT, height), (0, height)])
    right = shapes.polygon((wide, height), CORAL, [(_SLANT, 0), (wide, 0), (wide, height), (0, height)])
    one, two = Pose(75, height / 2), Pose(wide - 75, height / 2)
    for picture, home, side in ((left, one, -1), (right, two, 1)):
        track = Track(home).to(stage.begins(1), home.moved(dx=55 * side), 0.5, spring)
        track.to(stage.begins(2), home.moved(dx=130 * side), 0.5, spring)
        track.to(stage.begins(3) + 0.8, home.moved(dx=70 * side), 0.8, smooth).to(
            stage.begins(4) + 0.6, home, 0.8, spring
        )
        stage.add(picture, track)
    card = Pose(640, 325, 1.5)
    stage.add(shapes.shadow(shapes.block(880, 400, CARD, 26), 14), Track(card))
    stage.add_sentences((640, 322), (780, 330), INK, "middle")
    _stickers(stage)


def _stickers(stage: Stage) -> None:
    for text, colour, x, y, angle, side in zip(
        stage.stickers, (CORAL, SKY), (190, 1080), (158, 540), (8, -7), (-1, 1), strict=False
    ):
        here = Pose(x, y, angle)
        track = Track(here.moved(scale=0.9)).to(0, here, 0.4, spring)
        track.to(stage.begins(2), here.moved(dx=40 * side, angle=angle * 1.8), 0.4, spring)
        track.to(stage.begins(4) + 0.6, Pose(640 + 110 * side, 548, 3 * side), 0.8, smooth)
        stage.add(shapes.shadow(shapes.label(text, colour, stage.language, 86)), track)
