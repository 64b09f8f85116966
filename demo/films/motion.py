"""How sprites move in a demo film: transforms, easing, and tracks of tweens."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

Easing = Callable[[float], float]


@dataclass(frozen=True)
class Transform:
    """Where a sprite's centre is (pixels), how it is turned (degrees, against the clock), its size and opacity."""

    x: float
    y: float
    angle: float = 0.0
    scale: float = 1.0
    opacity: float = 1.0

    def moved(self, dx: float = 0.0, dy: float = 0.0, **changes: float) -> "Transform":
        """The same transform some pixels further, with other changes."""
        return replace(self, x=self.x + dx, y=self.y + dy, **changes)

    def hidden(self) -> "Transform":
        """The same transform, not to be seen."""
        return replace(self, opacity=0.0)


def ease_out(part: float) -> float:
    """Fast at first, then settling."""
    return 1 - (1 - part) ** 3


def ease_out_back(part: float) -> float:
    """Overshoots a little and comes back, as paper does when it is slapped on."""
    return 1 + 2.2 * (part - 1) ** 3 + 1.2 * (part - 1) ** 2


def ease_in(part: float) -> float:
    """Slow at first, then faster."""
    return part * part


@dataclass(frozen=True)
class Tween:
    """From `at` on (seconds), go to `transform` within `seconds`."""

    at: float
    transform: Transform
    seconds: float
    ease: Easing


@dataclass
class SpriteTrack:
    """A sprite's way through the film. Tweens are added in the order of time."""

    start: Transform
    sway: float = 0.0  # degrees to both sides, for ever
    period: float = 4.0  # seconds of one sway
    tweens: list[Tween] = field(default_factory=list)

    def to(self, at: float, transform: Transform, seconds: float = 0.45, ease: Easing = ease_out) -> "SpriteTrack":
        """Add a tween; return the track, so that tweens can be chained."""
        self.tweens.append(Tween(at, transform, max(seconds, 0.001), ease))
        return self

    def at(self, time: float) -> Transform:
        """The transform at a time in seconds."""
        transform = self.start
        for tween in self.tweens:
            if time < tween.at:
                break
            transform = _between(transform, tween.transform, tween.ease(min((time - tween.at) / tween.seconds, 1.0)))
        if self.sway and transform.opacity:
            transform = replace(transform, angle=transform.angle + self.sway * math.sin(math.tau * time / self.period))
        return transform


def landing(here: Transform, at: float, seconds: float = 0.3, **start: float) -> SpriteTrack:
    """The track of a sprite that comes into sight `at` a time, moved as `start` says, and settles `here`."""
    return SpriteTrack(here.moved(**start).hidden()).to(at, here, seconds, ease_out_back)


def _between(first: Transform, second: Transform, part: float) -> Transform:
    def mix(a: float, b: float) -> float:
        return a + (b - a) * part

    return Transform(
        mix(first.x, second.x),
        mix(first.y, second.y),
        mix(first.angle, second.angle),
        mix(first.scale, second.scale),
        min(max(mix(first.opacity, second.opacity), 0.0), 1.0),
    )
