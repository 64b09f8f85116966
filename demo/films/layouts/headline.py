"""A front page whose headline keeps changing under the reader's eyes."""

from PIL import Image

from demo.films import shapes, typeface
from demo.films.motion import Pose, Track, smooth, spring
from demo.films.shapes import CORAL, INK, MINT, PAPER, SKY, SUN, VIOLET
from demo.films.stage import Stage
from demo.films.typeface import Style

_MASTHEAD = "The Evening Page"


def arrange(stage: Stage) -> None:
    """Rules and a masthead above, the headline across the page, a marker behind it, a lens that looks closer."""
    stage.ground = PAPER
    stage.add(shapes.block(1160, 10, INK), Track(Pose(640, 150)))
    stage.add(shapes.block(1160, 3, INK), Track(Pose(640, 163)))
    masthead = typeface.line(_MASTHEAD, 74, Style("en", "headline", INK))
    stage.add(masthead, Track(Pose(640, 92)))
    _markers(stage)
    stage.add_sentences((640, 380), (1130, 380), INK)
    lens = Pose(1010, 470)
    track = Track(lens.moved(dx=520, dy=160)).to(stage.begins(2), lens.moved(dx=-560, dy=-40), 1.6, smooth)
    track.to(stage.begins(3), lens.moved(dx=-120, dy=20), 1.0).to(
        stage.begins(4), lens.moved(dx=110, dy=60), 0.8, spring
    )
    stage.add(_lens(), track)
    for index, text in enumerate(stage.stickers):
        here = Pose((210, 1040)[index], (172, 196)[index], (7, -8)[index])
        lands = Track(here.moved(scale=1.7).hidden()).to(stage.begins(1 + 2 * index) + 0.3, here, 0.3, spring)
        stage.add(shapes.shadow(shapes.label(text, (CORAL, VIOLET)[index], "en", 62)), lands)


def _markers(stage: Stage) -> None:
    for index, colour in enumerate((MINT, CORAL, SUN, MINT, SUN)):
        here = Pose(600, 470, 1)
        away = here.moved(dx=-1300)
        track = Track(here if index == 0 else away).to(stage.begins(index), here, 0.5)
        if index + 1 < len(stage.sentences):
            track.to(stage.begins(index + 1) - 0.2, here.moved(dx=1400), 0.4)
        stage.add(shapes.block(1060, 150, colour, 14), track)


def _lens() -> Image.Image:
    lens = shapes.ring(112, 18, SKY)
    whole = shapes.stroke((340, 340), SKY, [(190, 190), (322, 322)], 30)
    whole.alpha_composite(lens, (0, 0))
    return whole
