"""One module per composition; each has `arrange(stage)`, which sets the ground and puts the cast on stage.

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
from demo.films.stage import Stage

LAYOUTS: dict[str, Callable[[Stage], None]] = {
    module.__name__.rpartition(".")[2]: module.arrange
    for module in (bubbles, cards, grid, headline, line, name, pile, pitch, question, rings, seats, split, stairs)
}
