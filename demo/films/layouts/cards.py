"""Two applications side by side: equal but for the name."""

from PIL import Image

from demo.films import shapes
from demo.films.motion import Pose, Track, fall, spring
from demo.films.shapes import CARD, CORAL, INK, MINT, NIGHT, SAND, SKY, SUN, VIOLET
from demo.films.stage import Stage

_NAMES = ("Camille", "Sami")


def arrange(stage: Stage) -> None:
    """Type on the left, the cards on the right; one is stamped, the other slips away and is brought back."""
    stage.ground = SUN
    left, right = Pose(815, 330, 5), Pose(1080, 352, -6)
    slip, back = stage.begins(3), stage.begins(5)
    gone = right.moved(dx=30, dy=330, angle=-24)
    stage.add(_card(SKY, _NAMES[0], stage), Track(left.moved(dy=30)).to(0, left, 0.5))
    stage.add(
        _card(VIOLET, _NAMES[1], stage),
        Track(right.moved(dy=60))
        .to(0, right, 0.6)
        .to(slip, gone, 0.6, fall)
        .to(back, right.moved(angle=4), 0.6, spring),
    )
    stamp = left.moved(dx=70, dy=110, angle=-4)
    stage.add(_stamp(), Track(stamp.moved(scale=1.8).hidden()).to(stage.begins(2) + 0.5, stamp, 0.25, spring))
    stage.add_sentences((345, 330), (560, 470), INK)
    for index, text in enumerate(stage.stickers):
        here = Pose(800 + 290 * index, 560 + 18 * index, 4 - 9 * index)
        begin = stage.begins(1) + 0.4 + 0.6 * index
        track = Track(here.moved(dy=60, scale=0.4).hidden()).to(begin, here, 0.35, spring)
        stage.add(
            shapes.shadow(shapes.label(text, CORAL, stage.language, 44)), track.to(slip, here.moved(dy=260), 0.5, fall)
        )


def _card(colour: str, name: str, stage: Stage) -> Image.Image:
    card = shapes.block(300, 420, CARD, 20)
    card.alpha_composite(shapes.block(110, 130, colour, 16), (28, 28))
    card.alpha_composite(shapes.disc(26, CARD), (57, 50))
    card.alpha_composite(shapes.block(76, 40, CARD, 18), (45, 110))
    card.alpha_composite(shapes.label(name, colour, stage.language, 36), (24, 184))
    for number, width in enumerate((244, 206, 244, 150)):
        card.alpha_composite(shapes.block(width, 16, SAND, 8), (28, 272 + 34 * number))
    for number, width in enumerate((110, 84, 98)):
        card.alpha_composite(shapes.block(width, 14, SAND, 7), (160, 42 + 34 * number))
    return shapes.shadow(card, 12)


def _stamp() -> Image.Image:
    stamp = shapes.disc(78, MINT)
    tick = shapes.stroke((156, 156), NIGHT, [(40, 82), (70, 112), (118, 50)], 20)
    stamp.alpha_composite(tick)
    return shapes.shadow(stamp)
