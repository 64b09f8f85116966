"""The scene of a demo film: sprites on tracks, in front of a colour, painted frame by frame.

Frames that look like the one before are not painted again, and of the others only what lies above the lowest
sprite that moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from PIL import Image, ImageOps

from demo.films import shapes, typeface
from demo.films.motion import SpriteTrack, Transform, ease_out
from demo.films.typeface import TextStyle
from demo.films.voice import SentenceTiming

FILM_FPS = 25
_KEPT = 48  # turned or scaled pictures kept per sprite

SpriteState = tuple[int, int, float, float, float]


@dataclass
class Sprite:
    """A picture on its way through the film."""

    picture: Image.Image
    track: SpriteTrack
    _made: dict[tuple[float, float, float], Image.Image] = field(default_factory=dict)

    def state(self, time: float) -> SpriteState | None:
        """What of its transform can be seen, in steps too small to notice; None when it is hidden."""
        transform = self.track.at(time)
        if transform.opacity < 0.03 or transform.scale < 0.02:
            return None
        return (
            round(transform.x),
            round(transform.y),
            round(transform.angle * 2) / 2,
            round(transform.scale, 2),
            round(transform.opacity * 16) / 16,
        )

    def paint(self, canvas: Image.Image, state: SpriteState) -> None:
        """Put the picture on the canvas."""
        picture = self._transformed(*state[2:])
        canvas.paste(picture, (round(state[0] - picture.width / 2), round(state[1] - picture.height / 2)), picture)

    def _transformed(self, angle: float, scale: float, opacity: float) -> Image.Image:
        if (angle, scale, opacity) == (0.0, 1.0, 1.0):
            return self.picture
        key = (angle, scale, opacity)
        if key not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[key] = _transform(self.picture, *key)
        return self._made[key]


def _transform(picture: Image.Image, angle: float, scale: float, opacity: float) -> Image.Image:
    if scale != 1.0:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.BILINEAR)
    if angle:
        # A clear rim lets the turned edge blend with what lies below.
        picture = ImageOps.expand(picture, 2, (0, 0, 0, 0))
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    if opacity != 1.0:
        picture = picture.copy()
        picture.putalpha(picture.getchannel("A").point(lambda value: round(value * opacity)))
    return picture


@dataclass
class Scene:
    """Size, ground and cast of one film. `sentences` are spoken at `cues`; times in seconds, sizes in pixels."""

    width: int
    height: int
    seconds: float
    language: str
    sentences: tuple[str, ...]
    timings: tuple[SentenceTiming, ...]
    stickers: tuple[str, ...] = ()
    ground: str = shapes.PAPER
    sprites: list[Sprite] = field(default_factory=list)
    spoken: list[Sprite] = field(default_factory=list)  # the sentences among the sprites, in order

    @property
    def rtl(self) -> bool:
        """Whether the film is read from the right."""
        return typeface.is_rtl(self.language)

    def start_of(self, sentence: int) -> float:
        """When a sentence appears: a little before it is spoken, and the first one at once."""
        return max(0.0, self.timings[sentence].start_ms / 1000 - 0.3) if sentence else 0.0

    def mirrored(self, x: float) -> float:
        """`x` for languages read from the left, its mirror image for the others."""
        return self.width - x if self.rtl else x

    def add(self, picture: Image.Image, track: SpriteTrack) -> Sprite:
        """Put a sprite in front of all others."""
        sprite = Sprite(picture, track)
        self.sprites.append(sprite)
        return sprite

    def add_sticker(self, text: str, colour: str, size: int, track: SpriteTrack) -> None:
        """A label in the film's language, with its shadow."""
        self.add(shapes.shadow(shapes.label(text, colour, self.language, size)), track)

    def add_sentences(
        self, centre: tuple[float, float], box: tuple[int, int], colours: str | tuple[str, ...], align: str = "start"
    ) -> None:
        """The sentences one after the other as big type: each slides in from below and makes room for the next."""
        for index, sentence in enumerate(self.sentences):
            colour = colours if isinstance(colours, str) else colours[index % len(colours)]
            picture = typeface.fit_text(sentence, *box, TextStyle(self.language, "headline", colour, align))
            here, last = Transform(*centre), index == len(self.sentences) - 1
            track = SpriteTrack(here if index == 0 else here.moved(dy=70).hidden())
            if index:
                track.to(self.start_of(index), here, 0.4)
            if not last:
                track.to(self.start_of(index + 1) - 0.18, here.moved(dy=-46).hidden(), 0.2, ease_out)
            self.spoken.append(self.add(picture, track))

    @cached_property
    def frames(self) -> int:
        """How many frames the film has."""
        return round(self.seconds * FILM_FPS)

    def paint(self) -> Iterator[tuple[Image.Image, bool]]:
        """All frames in order, each with whether it differs from the one before. The picture is reused: copy it."""
        canvas = under = Image.new("RGB", (self.width, self.height), self.ground)
        before: list[SpriteState | None] | None = None
        depth = 0  # how many sprites `under` already contains
        for number in range(self.frames):
            states = [sprite.state(number / FILM_FPS) for sprite in self.sprites]
            if states == before:
                yield canvas, False
                continue
            changed = 0  # the lowest sprite that has changed
            while before and states[changed] == before[changed]:
                changed += 1
            if changed < depth or before is None:
                under, depth = Image.new("RGB", (self.width, self.height), self.ground), 0
            if changed > depth:
                self._paint(under := under.copy(), states, depth, changed)
                depth = changed
            self._paint(canvas := under.copy(), states, depth, len(states))
            before = states
            yield canvas, True

    def _paint(self, canvas: Image.Image, states: list[SpriteState | None], first: int, last: int) -> None:
        for sprite, state in zip(self.sprites[first:last], states[first:last], strict=True):
            if state is not None:
                sprite.paint(canvas, state)
