"""A name in three syllables, each on its own tile; wrong versions do not stick."""

from demo.films import shapes, typeface
from demo.films.motion import Pose, Track, fall, spring
from demo.films.shapes import CARD, CORAL, INK, MINT, SUN, VIOLET
from demo.films.stage import Stage
from demo.films.typeface import Style

_SYLLABLES = ("Zü", "ley", "ha")
_TILES = ((250, CORAL, 3), (640, VIOLET, -2), (1030, MINT, 2.5))


def arrange(stage: Stage) -> None:
    """The tiles fill the upper half; the sentences run below them."""
    stage.ground = SUN
    hops = stage.begins(3)
    for index, (syllable, (x, colour, angle)) in enumerate(zip(_SYLLABLES, _TILES, strict=True)):
        tile = shapes.block(370, 320, colour, 36)
        ink = Style(stage.language, "headline", shapes.ink_on(colour), "middle")
        shapes.inscribe(tile, typeface.fitted(syllable, 330, 300, ink))
        here = Pose(x, 262, angle)
        track = Track(here.moved(dy=26)).to(0.12 * index, here, 0.4, spring)
        track.to(hops + 0.5 * index, here.moved(dy=-52, angle=-angle), 0.22).to(
            hops + 0.25 + 0.5 * index, here, 0.25, spring
        )
        last = stage.begins(4) + 0.15 * index
        track.to(last, here.moved(angle=0, scale=1.05), 0.3, spring)
        stage.add(shapes.shadow(tile, 12), track)
    _wrong(stage)
    stage.add_sentences((640, 520), (1160, 150), INK, "middle")


def _wrong(stage: Stage) -> None:
    for index, text in enumerate(stage.stickers):
        here = Pose(470 + 400 * index, 190 + 120 * index, 8 - 15 * index)
        strike = shapes.shadow(shapes.label(text, CARD, stage.language, 84))
        bar = shapes.stroke(
            strike.size, CORAL, [(16, strike.height / 2 + 8), (strike.width - 26, strike.height / 2 - 10)], 12
        )
        at, off = stage.begins(1) + 0.5 + 0.9 * index, stage.begins(2) + 0.3 * index
        track = Track(here.moved(dy=-60, scale=1.4).hidden()).to(at, here, 0.25, spring)
        stage.add(strike, track.to(off, here.moved(dy=720, angle=-30), 0.7, fall))
        crossed = Track(here.hidden()).to(at + 0.5, here, 0.1)
        stage.add(bar, crossed.to(off, here.moved(dy=720, angle=-30), 0.7, fall))
