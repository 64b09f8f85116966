"""Talk that circles around somebody, until the person in the middle speaks."""

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, INK, MINT, NIGHT, PAPER, SKY, SUN, VIOLET

_RINGS = ((310, 44, CORAL), (245, 40, VIOLET), (182, 36, SUN), (124, 32, SKY))


def arrange(scene: Scene) -> None:
    """Rings on the side where reading ends, type on the other; the rings shrink, the middle grows."""
    scene.ground = PAPER
    middle = Transform(scene.mirrored(930), 330)
    speaks = scene.start_of(len(scene.sentences) - 1)
    for index, (radius, width, colour) in enumerate(_RINGS):
        track = SpriteTrack(middle.moved(scale=0.92)).to(0.1 * index, middle, 0.5, ease_out_back)
        for sentence in (1, 2):
            at = scene.start_of(sentence) + 0.1 * index
            track.to(at, middle.moved(scale=1.08), 0.3, ease_out).to(at + 0.3, middle, 0.4)
        track.to(speaks - 0.1 * index, middle.moved(scale=0.1).hidden(), 0.5)
        scene.add(shapes.ring(radius, width, colour), track)
    heart = SpriteTrack(middle.moved(scale=0.28)).to(scene.start_of(3), middle.moved(scale=0.4), 0.4, ease_out_back)
    scene.add(shapes.disc(290, NIGHT), heart.to(speaks + 0.2, middle, 0.6, ease_out_back))
    scene.add_sentences((scene.mirrored(330), 325), (520, 450), INK)
    for index, text in enumerate(scene.stickers):
        here = middle.moved(dx=-120 + 230 * index, dy=(-190, 40)[index], angle=(-8, 6)[index])
        begin = (scene.start_of(0) + 0.9, speaks + 0.35)[index]
        track = landing(here, begin, scale=1.6)
        if index == 0:
            track.to(speaks, here.moved(dy=-400).hidden(), 0.5)
        scene.add_sticker(text, (MINT, SUN)[index], 84, track)
