"""One enormous question mark, and the answers that are stuck on it."""

from demo.films import shapes, typeface
from demo.films.motion import Pose, Track, spring
from demo.films.shapes import CORAL, MINT, SKY, SUN, VIOLET
from demo.films.stage import Stage
from demo.films.typeface import Style

_SPOTS = ((930, 250, -8), (1060, 400, 6), (900, 520, -4))


def arrange(stage: Stage) -> None:
    """Type on the left, the mark on the right; it leans in when the question is repeated."""
    stage.ground = VIOLET
    mark = typeface.fitted("?", 560, 820, Style("en", "headline", SUN, "middle"), largest=980)
    mark = mark.crop(mark.getbbox())  # it turns all the time: the smaller, the faster
    here = Pose(985, 330, -6)
    track = Track(here, sway=1.5, period=6).to(stage.begins(1), here.moved(dx=-40, scale=1.16, angle=5), 0.4, spring)
    stage.add(mark, track.to(stage.begins(2), here, 0.5))
    stage.add_sentences((385, 320), (640, 440), "#ffffff")
    for index, text in enumerate(stage.stickers):
        x, y, angle = _SPOTS[index]
        spot = Pose(x, y, angle)
        lands = Track(spot.moved(dy=-50, scale=1.6).hidden()).to(stage.begins(2 + index) + 0.4, spot, 0.3, spring)
        stage.add(shapes.shadow(shapes.label(text, (MINT, CORAL, SKY)[index], stage.language, 74)), lands)
