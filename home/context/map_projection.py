"""Where a place is on the drawn map of Europe: the same Lambert conformal conic projection that the drawing uses.

The parameters are in ``static_src/map/projection.json``; ``static_src/map/europe.mjs`` draws the land with them.
Formulas: J. P. Snyder, Map Projections: A Working Manual (USGS 1395), chapter 15, on the sphere.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, log, pi, radians, sin, tan
from pathlib import Path

PROJECTION_JSON = Path(__file__).parent.parent / "static_src" / "map" / "projection.json"


@dataclass(frozen=True)
class ConicProjection:
    """Cone constant, radius factor, meridian in radians, units per radian; the rest in units of the view box."""

    n: float
    f: float
    meridian: float
    scale: float
    shift_x: float
    shift_y: float
    width: int
    height: int

    def raw(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return ``(x, y)`` on the unit sphere's cone, y upwards; degrees in."""
        radius = self.f / tan(pi / 4 + radians(latitude) / 2) ** self.n
        turn = self.n * (radians(longitude) - self.meridian)
        return radius * sin(turn), self.f - radius * cos(turn)


@cache
def _projection() -> ConicProjection:
    settings = json.loads(PROJECTION_JSON.read_text(encoding="utf-8"))
    first, second = (radians(parallel) for parallel in settings["parallels"])
    n = log(cos(first) / cos(second)) / log(tan(pi / 4 + second / 2) / tan(pi / 4 + first / 2))
    f = cos(first) * tan(pi / 4 + first / 2) ** n / n
    meridian, scale = radians(settings["central_meridian"]), settings["scale"]
    width, height = settings["width"], settings["height"]
    longitude, latitude = settings["centre"]
    centre_x, centre_y = ConicProjection(n, f, meridian, scale, 0, 0, width, height).raw(latitude, longitude)
    return ConicProjection(
        n, f, meridian, scale, width / 2 - scale * centre_x, height / 2 + scale * centre_y, width, height
    )


def project_to_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Return ``(x, y)`` in units of the map's view box, y downwards, to a tenth; latitude and longitude in degrees."""
    cone = _projection()
    x, y = cone.raw(float(latitude), float(longitude))
    return round(cone.shift_x + cone.scale * x, 1), round(cone.shift_y - cone.scale * y, 1)


def is_on_map(latitude: float, longitude: float) -> bool:
    """Whether a place is inside the drawing."""
    x, y = project_to_map(latitude, longitude)
    cone = _projection()
    return 0 <= x <= cone.width and 0 <= y <= cone.height


def view_box_around(x: float, y: float) -> str:
    """Return a ``viewBox`` of half the drawing with a place in its middle, or as near to it as the edge allows."""
    cone = _projection()
    width, height = cone.width / 2, cone.height / 2
    left = min(max(x - width / 2, 0), cone.width - width)
    top = min(max(y - height / 2, 0), cone.height - height)
    return f"{left:g} {top:g} {width:g} {height:g}"


def full_view_box() -> str:
    """Return the drawing's ``viewBox``."""
    cone = _projection()
    return f"0 0 {cone.width} {cone.height}"
