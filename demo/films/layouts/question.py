"""One enormous question mark, and the answers that are stuck on it."""

from demo.films import typeface
from demo.films.motion import SpriteTrack, Transform, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, MINT, SKY, SUN, VIOLET
from demo.films.typeface import TextStyle

_SPOTS = ((930, 250, -8), (1060, 400, 6), (900, 520, -4))


def arrange(scene: Scene) -> None:
    """Type on the left, the mark on the right; it leans in when the question is repeated."""
    scene.ground = VIOLET
    mark = typeface.fit_text("?", 560, 820, TextStyle("en", "headline", SUN, "middle"), largest=980)
    mark = mark.crop(mark.getbbox())  # it turns all the time: the smaller, the faster
    here = Transform(985, 330, -6)
    track = SpriteTrack(here, sway=1.5, period=6)
    track.to(scene.start_of(1), here.moved(dx=-40, scale=1.16, angle=5), 0.4, ease_out_back)
    scene.add(mark, track.to(scene.start_of(2), here, 0.5))
    scene.add_sentences((385, 320), (640, 440), "#ffffff")
    for index, text in enumerate(scene.stickers):
        lands = landing(Transform(*_SPOTS[index]), scene.start_of(2 + index) + 0.4, dy=-50, scale=1.6)
        scene.add_sticker(text, (MINT, CORAL, SKY)[index], 74, lands)
