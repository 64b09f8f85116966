"""A front page whose headline keeps changing under the reader's eyes."""

from PIL import Image

from demo.films import shapes, typeface
from demo.films.motion import SpriteTrack, Transform, ease_out, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, INK, MINT, PAPER, SKY, SUN, VIOLET
from demo.films.typeface import TextStyle

_MASTHEAD = "The Evening Page"


def arrange(scene: Scene) -> None:
    """Rules and a masthead above, the headline across the page, a marker behind it, a lens that looks closer."""
    scene.ground = PAPER
    scene.add(shapes.block(1160, 10, INK), SpriteTrack(Transform(640, 150)))
    scene.add(shapes.block(1160, 3, INK), SpriteTrack(Transform(640, 163)))
    masthead = typeface.text_line(_MASTHEAD, 74, TextStyle("en", "headline", INK))
    scene.add(masthead, SpriteTrack(Transform(640, 92)))
    _markers(scene)
    scene.add_sentences((640, 380), (1130, 380), INK)
    lens = Transform(1010, 470)
    track = SpriteTrack(lens.moved(dx=520, dy=160)).to(scene.start_of(2), lens.moved(dx=-560, dy=-40), 1.6, ease_out)
    track.to(scene.start_of(3), lens.moved(dx=-120, dy=20), 1.0)
    scene.add(_lens(), track.to(scene.start_of(4), lens.moved(dx=110, dy=60), 0.8, ease_out_back))
    for index, text in enumerate(scene.stickers):
        here = Transform((210, 1040)[index], (172, 196)[index], (7, -8)[index])
        lands = landing(here, scene.start_of(1 + 2 * index) + 0.3, scale=1.7)
        scene.add_sticker(text, (CORAL, VIOLET)[index], 62, lands)


def _markers(scene: Scene) -> None:
    for index, colour in enumerate((MINT, CORAL, SUN, MINT, SUN)):
        here = Transform(600, 470, 1)
        away = here.moved(dx=-1300)
        track = SpriteTrack(here if index == 0 else away).to(scene.start_of(index), here, 0.5)
        if index + 1 < len(scene.sentences):
            track.to(scene.start_of(index + 1) - 0.2, here.moved(dx=1400), 0.4)
        scene.add(shapes.block(1060, 150, colour, 14), track)


def _lens() -> Image.Image:
    lens = shapes.ring(112, 18, SKY)
    whole = shapes.stroke((340, 340), SKY, [(190, 190), (322, 322)], 30)
    whole.alpha_composite(lens, (0, 0))
    return whole
