"""Two applications side by side: equal but for the name."""

from PIL import Image

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_in, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CARD, CORAL, INK, MINT, NIGHT, SAND, SKY, SUN, VIOLET

_NAMES = ("Camille", "Sami")


def arrange(scene: Scene) -> None:
    """Type on the left, the cards on the right; one is stamped, the other slips away and is brought back."""
    scene.ground = SUN
    left, right = Transform(815, 330, 5), Transform(1080, 352, -6)
    slip, back = scene.start_of(3), scene.start_of(5)
    gone = right.moved(dx=30, dy=330, angle=-24)
    scene.add(_card(SKY, _NAMES[0], scene), SpriteTrack(left.moved(dy=30)).to(0, left, 0.5))
    scene.add(
        _card(VIOLET, _NAMES[1], scene),
        SpriteTrack(right.moved(dy=60))
        .to(0, right, 0.6)
        .to(slip, gone, 0.6, ease_in)
        .to(back, right.moved(angle=4), 0.6, ease_out_back),
    )
    scene.add(_stamp(), landing(left.moved(dx=70, dy=110, angle=-4), scene.start_of(2) + 0.5, 0.25, scale=1.8))
    scene.add_sentences((345, 330), (560, 470), INK)
    for index, text in enumerate(scene.stickers):
        here = Transform(800 + 290 * index, 560 + 18 * index, 4 - 9 * index)
        begin = scene.start_of(1) + 0.4 + 0.6 * index
        track = landing(here, begin, 0.35, dy=60, scale=0.4)
        scene.add_sticker(text, CORAL, 44, track.to(slip, here.moved(dy=260), 0.5, ease_in))


def _card(colour: str, name: str, scene: Scene) -> Image.Image:
    card = shapes.block(300, 420, CARD, 20)
    card.alpha_composite(shapes.block(110, 130, colour, 16), (28, 28))
    card.alpha_composite(shapes.disc(26, CARD), (57, 50))
    card.alpha_composite(shapes.block(76, 40, CARD, 18), (45, 110))
    card.alpha_composite(shapes.label(name, colour, scene.language, 36), (24, 184))
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
