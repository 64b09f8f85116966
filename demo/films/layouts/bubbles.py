"""A phone held upright: messages pile up until one says stop."""

from PIL import Image, ImageChops

from demo.films import shapes, typeface
from demo.films.motion import SpriteTrack, Transform, landing
from demo.films.scene import Scene
from demo.films.shapes import BARK, CORAL, INK, MINT, NIGHT, PAPER, SKY, SUN, VIOLET
from demo.films.typeface import TextStyle


def arrange(scene: Scene) -> None:
    """Type above, the chat below; it scrolls up with each message."""
    scene.ground = NIGHT
    chat = _chat(scene)
    for index, (picture, x, at) in enumerate(chat):
        here = Transform(x, 0).moved(dy=_bottom(chat, index) - picture.height / 2)
        track = landing(here, at, dy=60, scale=0.7) if at else SpriteTrack(here)
        for later, (_following, _x, begin) in enumerate(chat[index + 1 :], index + 1):
            track.to(begin, here.moved(dy=_bottom(chat, index, later) - _bottom(chat, index)), 0.3)
        scene.add(picture, track)
    # The head lies over the chat, so that old messages leave under it.
    scene.add(shapes.block(720, 580, NIGHT), SpriteTrack(Transform(360, 290)))
    scene.add_sentences((360, 345), (610, 410), (PAPER, SUN, PAPER, PAPER, CORAL))


def _bottom(chat: list[tuple[Image.Image, float, float]], index: int, newest: int | None = None) -> float:
    newest = index if newest is None else newest
    return 1080 - sum(chat[number][0].height + 22 for number in range(index + 1, newest + 1))


def _chat(scene: Scene) -> list[tuple[Image.Image, float, float]]:
    forwarded, laugh = scene.stickers
    reply = typeface.capitals(scene.sentences[-1].split()[-1].strip("."), scene.language)
    return [
        (_photo(), 275, 0),
        (_bubble(laugh, BARK, PAPER, scene), 150, scene.start_of(1) + 0.2),
        (_bubble(laugh * 2, VIOLET, "#ffffff", scene), 480, scene.start_of(1) + 0.9),
        (_bubble(f"{forwarded} ×40", MINT, INK, scene), 230, scene.start_of(2) + 0.5),
        (_bubble(laugh, SKY, "#ffffff", scene), 560, scene.start_of(3) + 0.4),
        (_bubble(reply, CORAL, INK, scene, 92), 470, scene.start_of(4) + 1.2),
    ]


def _bubble(text: str, colour: str, ink: str, scene: Scene, size: int = 58) -> Image.Image:
    words = typeface.text_line(text, size, TextStyle(scene.language, "text", ink))
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
