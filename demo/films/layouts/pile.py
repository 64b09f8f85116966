"""A figure that is labelled until it can hardly be seen, and takes the labels off again."""

from PIL import Image

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_in, landing
from demo.films.scene import Scene
from demo.films.shapes import CORAL, MINT, NIGHT, PAPER, SKY, SUN, VIOLET

_SPOTS = ((985, 305, 7), (1050, 408, -9), (950, 492, 4), (1030, 208, -5), (1010, 588, 8))
_COLOURS = (SUN, SKY, MINT, VIOLET, PAPER)


def arrange(scene: Scene) -> None:
    """Type on the left, the figure on the right, labels on top."""
    scene.ground = CORAL
    scene.add(_figure(), SpriteTrack(Transform(1010, 420), sway=0.6, period=5))
    scene.add_sentences((405, 330), (670, 460), NIGHT)
    off = scene.start_of(len(scene.sentences) - 2)
    for index, text in enumerate(scene.stickers):
        _stick(scene, index, text, off + 0.22 * index)


def _figure() -> Image.Image:
    figure = Image.new("RGBA", (520, 640), "#14100d00")
    figure.alpha_composite(shapes.disc(112, NIGHT), (148, 20))
    figure.alpha_composite(shapes.block(440, 460, NIGHT, 170), (40, 262))
    return figure


def _stick(scene: Scene, index: int, text: str, off: float) -> None:
    here = Transform(*_SPOTS[index])
    at = scene.start_of(min(index, 2)) + 0.35 + 0.75 * max(index - 2, 0)
    track = landing(here, at, dy=-40, scale=1.5, angle=here.angle + 14) if index else SpriteTrack(here)
    track.to(off, here.moved(dx=60, dy=760, angle=here.angle - 50), 0.7, ease_in)
    scene.add_sticker(text, _COLOURS[index], 82, track)
