"""How things move in a demo film: poses, easing, and tracks that lead from one pose to the next."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

Ease = Callable[[float], float]


@dataclass(frozen=True)
class Pose:
    """Where a sprite's centre is (pixels), how it is turned (degrees, against the clock), its size and opacity."""

    x: float
    y: float
    angle: float = 0.0
    scale: float = 1.0
    opacity: float = 1.0

    def moved(self, dx: float = 0.0, dy: float = 0.0, **changes: float) -> "Pose":
        """The same pose some pixels further, with other changes."""
        return replace(self, x=self.x + dx, y=self.y + dy, **changes)

    def hidden(self) -> "Pose":
        """The same pose, not to be seen."""
        return replace(self, opacity=0.0)


def smooth(part: float) -> float:
    """Fast at first, then settling."""
    return 1 - (1 - part) ** 3


def spring(part: float) -> float:
    """Overshoots a little and comes back, as paper does when it is slapped on."""
    return 1 + 2.2 * (part - 1) ** 3 + 1.2 * (part - 1) ** 2


def fall(part: float) -> float:
    """Slow at first, then faster."""
    return part * part


@dataclass(frozen=True)
class Move:
    """From `at` on (seconds), go to `pose` within `seconds`."""

    at: float
    pose: Pose
    seconds: float
    ease: Ease


@dataclass
class Track:
    """A sprite's way through the film. Moves are added in the order of time."""

    start: Pose
    sway: float = 0.0  # degrees to both sides, for ever
    period: float = 4.0  # seconds of one sway
    moves: list[Move] = field(default_factory=list)

    def to(self, at: float, pose: Pose, seconds: float = 0.45, ease: Ease = smooth) -> "Track":
        """Add a move; return the track, so that moves can be chained."""
        self.moves.append(Move(at, pose, max(seconds, 0.001), ease))
        return self

    def at(self, time: float) -> Pose:
        """The pose at a time in seconds."""
        pose = self.start
        for move in self.moves:
            if time < move.at:
                break
            pose = _between(pose, move.pose, move.ease(min((time - move.at) / move.seconds, 1.0)))
        if self.sway and pose.opacity:
            pose = replace(pose, angle=pose.angle + self.sway * math.sin(math.tau * time / self.period))
        return pose


def _between(first: Pose, second: Pose, part: float) -> Pose:
    def mix(a: float, b: float) -> float:
        return a + (b - a) * part

    return Pose(
        mix(first.x, second.x),
        mix(first.y, second.y),
        mix(first.angle, second.angle),
        mix(first.scale, second.scale),
        min(max(mix(first.opacity, second.opacity), 0.0), 1.0),
    )
