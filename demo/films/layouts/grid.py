"""One word for a person, and then the many others: rows of labels that push it aside."""

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_out_back
from demo.films.scene import Scene
from demo.films.shapes import CORAL, INK, MINT, PAPER, SKY, SUN, VIOLET

_COLOURS = (SUN, SKY, MINT, PAPER, VIOLET, SUN, SKY)
_TOP, _GAP, _SIZE = 420, 28, 74


def arrange(scene: Scene) -> None:
    """Type above, two rows of labels below that move on with each sentence, in opposite directions."""
    scene.ground = CORAL
    half = len(scene.stickers) // 2
    for row, words in enumerate((scene.stickers[:half], scene.stickers[half:])):
        _row(scene, row, words * 3)
    scene.add_sentences((640, 205), (1140, 250), INK)


def _row(scene: Scene, row: int, words: tuple[str, ...]) -> None:
    side = -1 if row == 0 else 1
    x = -260.0 if row == 0 else -1040.0
    for index, word in enumerate(words):
        picture = shapes.shadow(shapes.label(word, _COLOURS[(index + 3 * row) % len(_COLOURS)], scene.language, _SIZE))
        here = Transform(x + picture.width / 2, _TOP + 140 * row, (3, -2, 2, -3)[index % 4])
        track = SpriteTrack(here)
        for sentence in range(1, len(scene.sentences)):
            here = here.moved(dx=190 * side, angle=-here.angle)
            track.to(scene.start_of(sentence) + 0.1, here, 0.7, ease_out_back)
        scene.add(picture, track)
        x += picture.width + _GAP
