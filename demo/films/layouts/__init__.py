"""One module per composition; each has `arrange(scene)`, which sets the ground and puts the cast on scene.

The lowest sixth of the picture stays free of type: that is where the player shows captions.
"""

from collections.abc import Callable

from demo.films.layouts import (
    bubbles,
    cards,
    grid,
    headline,
    line,
    name,
    pile,
    pitch,
    question,
    rings,
    seats,
    split,
    stairs,
)
from demo.films.scene import Scene

LAYOUTS: dict[str, Callable[[Scene], None]] = {
    module.__name__.rpartition(".")[2]: module.arrange
    for module in (bubbles, cards, grid, headline, line, name, pile, pitch, question, rings, seats, split, stairs)
}
