"""A phone held upright: messages pile up until one says stop."""

from PIL import Image, ImageChops

from demo.films import shapes, typeface
from demo.films.motion import Pose, Track, spring
from demo.films.shapes import BARK, CORAL, INK, MINT, NIGHT, PAPER, SKY, SUN, VIOLET
from demo.films.stage import Stage
from demo.films.typeface import Style


def arrange(stage: Stage) -> None:
    """Type above, the chat below; it scrolls up with each message."""
    stage.ground = NIGHT
    chat = _chat(stage)
    for index, (picture, x, at) in enumerate(chat):
        here = Pose(x, 0).moved(dy=_bottom(chat, index) - picture.height / 2)
        track = Track(here if at == 0 else here.moved(dy=60, scale=0.7).hidden()).to(at, here, 0.3, spring)
        for later, (following, _x, begin) in enumerate(chat[index + 1 :], index + 1):
            lifted = here.moved(dy=_bottom(chat, index, later) - _bottom(chat, index))
            track.to(begin, lifted, 0.3)
            _ = following
        stage.add(picture, track)
    # The head lies over the chat, so that old messages leave under it.
    stage.add(shapes.block(720, 580, NIGHT), Track(Pose(360, 290)))
    stage.add_sentences((360, 345), (610, 410), (PAPER, SUN, PAPER, PAPER, CORAL))


def _bottom(chat: list[tuple[Image.Image, float, float]], index: int, newest: int | None = None) -> float:
    newest = index if newest is None else newest
    return 1080 - sum(chat[number][0].height + 22 for number in range(index + 1, newest + 1))


def _chat(stage: Stage) -> list[tuple[Image.Image, float, float]]:
    forwarded, laugh = stage.stickers
    reply = typeface.capitals(stage.sentences[-1].split()[-1].strip("."), stage.language)
    return [
        (_photo(), 275, 0),
        (_bubble(laugh, BARK, PAPER, stage), 150, stage.begins(1) + 0.2),
        (_bubble(laugh * 2, VIOLET, "#ffffff", stage), 480, stage.begins(1) + 0.9),
        (_bubble(f"{forwarded} ×40", MINT, INK, stage), 230, stage.begins(2) + 0.5),
        (_bubble(laugh, SKY, "#ffffff", stage), 560, stage.begins(3) + 0.4),
        (_bubble(reply, CORAL, INK, stage, 92), 470, stage.begins(4) + 1.2),
    ]


def _bubble(text: str, colour: str, ink: str, stage: Stage, size: int = 58) -> Image.Image:
    words = typeface.line(text, size, Style(stage.language, "text", ink))
    bubble = shapes.block(words.width + 76, words.height + 48, colour, 40)
    bubble.alpha_composite(words, (38, 22))
    return bubble


def _photo() -> Image.Image:
    photo = shapes.block(440, 350, SUN, 34)
    photo.alpha_composite(shapes.disc(62, CORAL), (286, 44))
    hills = shapes.polygon(
        (440, 350), INK, [(0, 330), (130, 160), (225, 265), (300, 190), (440, 330), (440, 350), (0, 350)]
    )
    hills.putalpha(ImageChops.darker(hills.getchannel("A"), photo.getchannel("A")))
    photo.alpha_composite(hills)
    return photo
