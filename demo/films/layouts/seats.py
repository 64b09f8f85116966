"""A bus from above. One seat stays empty until somebody gets up."""

from demo.films import shapes
from demo.films.motion import SpriteTrack, Transform, ease_in, ease_out, ease_out_back, landing
from demo.films.scene import Scene
from demo.films.shapes import CARD, CORAL, MINT, NIGHT, SKY, SUN, VIOLET

_COLUMNS, _ROWS = (-165, -72, 72, 165), (-205, -105, -5, 95, 195)
_HERS, _FREE, _MINE = (3, 1), (2, 1), (0, 4)
_CROWD = (VIOLET, CORAL, MINT, NIGHT)


def arrange(scene: Scene) -> None:
    """Type on the left, the bus on the right; a person changes seats."""
    scene.ground = SKY
    bus = Transform(1010, 388)
    scene.add(shapes.shadow(shapes.block(470, 600, CARD, 70), 14), SpriteTrack(bus))
    scene.add(shapes.block(330, 44, NIGHT, 20), SpriteTrack(bus.moved(dy=-256)))
    moves = scene.start_of(len(scene.sentences) - 1) + 0.5
    for row in range(len(_ROWS)):
        for column in range(len(_COLUMNS)):
            _seat(scene, bus, (column, row), moves)
    scene.add_sentences((385, 325), (640, 460), "#ffffff")
    for text in scene.stickers:
        here = bus.moved(dx=-150, dy=-95, angle=9)
        track = landing(here, scene.start_of(2) + 0.5, dy=-60, scale=1.6)
        scene.add_sticker(text, CORAL, 70, track.to(moves, here.moved(dy=640, angle=-40), 0.7, ease_in))


def _seat(scene: Scene, bus: Transform, place: tuple[int, int], moves: float) -> None:
    here = bus.moved(_COLUMNS[place[0]], _ROWS[place[1]] + 30)
    scene.add(shapes.block(80, 80, "#e8dcc8", 22), SpriteTrack(here))
    if place == _FREE:
        return
    if place == _MINE:
        aisle, seat = bus.moved(0, _ROWS[4] + 30), bus.moved(_COLUMNS[_FREE[0]], _ROWS[_FREE[1]] + 30)
        track = SpriteTrack(here).to(moves, aisle, 0.4).to(moves + 0.4, aisle.moved(dy=-300), 0.9, ease_out)
        scene.add(shapes.disc(32, MINT), track.to(moves + 1.2, seat, 0.4, ease_out_back))
        return
    colour = SUN if place == _HERS else _CROWD[(place[0] * 2 + place[1] * 3) % len(_CROWD)]
    scene.add(shapes.disc(38 if place == _HERS else 30, colour), SpriteTrack(here, sway=0))
