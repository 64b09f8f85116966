"""Talk that circles around somebody, until the person in the middle speaks."""

from demo.films import shapes
from demo.films.motion import Pose, Track, smooth, spring
from demo.films.shapes import CORAL, INK, MINT, NIGHT, PAPER, SKY, SUN, VIOLET
from demo.films.stage import Stage

_RINGS = ((310, 44, CORAL), (245, 40, VIOLET), (182, 36, SUN), (124, 32, SKY))


def arrange(stage: Stage) -> None:
    """Rings on the side where reading ends, type on the other; the rings shrink, the middle grows."""
    stage.ground = PAPER
    middle = Pose(stage.mirrored(930), 330)
    speaks = stage.begins(len(stage.sentences) - 1)
    for index, (radius, width, colour) in enumerate(_RINGS):
        track = Track(middle.moved(scale=0.92)).to(0.1 * index, middle, 0.5, spring)
        for sentence in (1, 2):
            at = stage.begins(sentence) + 0.1 * index
            track.to(at, middle.moved(scale=1.08), 0.3, smooth).to(at + 0.3, middle, 0.4)
        stage.add(
            shapes.ring(radius, width, colour), track.to(speaks - 0.1 * index, middle.moved(scale=0.1).hidden(), 0.5)
        )
    heart = Track(middle.moved(scale=0.28)).to(stage.begins(3), middle.moved(scale=0.4), 0.4, spring)
    stage.add(shapes.disc(290, NIGHT), heart.to(speaks + 0.2, middle, 0.6, spring))
    stage.add_sentences((stage.mirrored(330), 325), (520, 450), INK)
    for index, text in enumerate(stage.stickers):
        here = middle.moved(dx=-120 + 230 * index, dy=(-190, 40)[index], angle=(-8, 6)[index])
        begin = (stage.begins(0) + 0.9, speaks + 0.35)[index]
        track = Track(here.moved(scale=1.6).hidden()).to(begin, here, 0.3, spring)
        if index == 0:
            track.to(speaks, here.moved(dy=-400).hidden(), 0.5)
        stage.add(shapes.shadow(shapes.label(text, (MINT, SUN)[index], stage.language, 84)), track)
