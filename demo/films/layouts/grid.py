"""One word for a person, and then the many others: rows of labels that push it aside."""

from demo.films import shapes
from demo.films.motion import Pose, Track, spring
from demo.films.shapes import CORAL, INK, MINT, PAPER, SKY, SUN, VIOLET
from demo.films.stage import Stage

_COLOURS = (SUN, SKY, MINT, PAPER, VIOLET, SUN, SKY)
_TOP, _GAP, _SIZE = 420, 28, 74


def arrange(stage: Stage) -> None:
    """Type above, two rows of labels below that move on with each sentence, in opposite directions."""
    stage.ground = CORAL
    half = len(stage.stickers) // 2
    for row, words in enumerate((stage.stickers[:half], stage.stickers[half:])):
        _row(stage, row, words * 3)
    stage.add_sentences((640, 205), (1140, 250), INK)


def _row(stage: Stage, row: int, words: tuple[str, ...]) -> None:
    side = -1 if row == 0 else 1
    x = -260.0 if row == 0 else -1040.0
    for index, word in enumerate(words):
        picture = shapes.shadow(shapes.label(word, _COLOURS[(index + 3 * row) % len(_COLOURS)], stage.language, _SIZE))
        here = Pose(x + picture.width / 2, _TOP + 140 * row, (3, -2, 2, -3)[index % 4])
        track = Track(here)
        for sentence in range(1, len(stage.sentences)):
            here = here.moved(dx=190 * side, angle=-here.angle)
            track.to(stage.begins(sentence) + 0.1, here, 0.7, spring)
        stage.add(picture, track)
        x += picture.width + _GAP
