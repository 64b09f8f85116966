"""Colours computed by hand, from the standards' numbers: what a coded patch means, and how BT.709 shows it.

Independent of the filters that it judges: no ffmpeg, no library. Red, green and blue are display values from 0 to 1.
"""

from collections.abc import Callable, Sequence

Vector = tuple[float, float, float]
Rows = tuple[Vector, Vector, Vector]

D65, C, DCI = (0.3127, 0.3290), (0.310, 0.316), (0.314, 0.351)
# ITU-T H.273, table 2: x and y of red, green, blue, and white.
PRIMARIES: dict[str, tuple[tuple[float, float], ...]] = {
    "bt709": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65),
    "bt470m": ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), C),
    "bt470bg": ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65),
    "smpte170m": ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    "smpte240m": ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    "film": ((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), C),
    "bt2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65),
    "smpte431": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), DCI),
    "smpte432": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65),
    "ebu3213": ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), D65),
}
# H.273, table 4: the shares of red and blue in brightness.
SHARES = {
    "bt709": (0.2126, 0.0722),
    "fcc": (0.30, 0.11),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
    "bt2020c": (0.2627, 0.0593),
}
_BRADFORD: Rows = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_PQ = (2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128)


def apply(rows: Rows, vector: Sequence[float]) -> Vector:
    r, g, b = (sum(a * v for a, v in zip(row, vector, strict=True)) for row in rows)
    return r, g, b


def times(first: Rows, second: Rows) -> Rows:
    x, y, z = (apply(first, column) for column in zip(*second, strict=True))
    return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))


def inverse(rows: Rows) -> Rows:
    def minor(i: int, j: int) -> float:
        a, b = (i + 1) % 3, (i + 2) % 3
        c, d = (j + 1) % 3, (j + 2) % 3
        return rows[a][c] * rows[b][d] - rows[a][d] * rows[b][c]

    whole = sum(rows[0][j] * minor(0, j) for j in range(3))
    x, y, z = ((minor(0, i) / whole, minor(1, i) / whole, minor(2, i) / whole) for i in range(3))
    return x, y, z


def _xyz(point: tuple[float, float]) -> Vector:
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def to_xyz(primaries: str) -> Rows:
    """The matrix from linear red, green, blue to CIE XYZ."""
    red, green, blue, white = map(_xyz, PRIMARIES[primaries])
    plain: Rows = ((red[0], green[0], blue[0]), (red[1], green[1], blue[1]), (red[2], green[2], blue[2]))
    scale = apply(inverse(plain), white)
    x, y, z = ((row[0] * scale[0], row[1] * scale[1], row[2] * scale[2]) for row in plain)
    return x, y, z


def between(source: str, target: str) -> Rows:
    """From linear light in one set of primaries to another, white to white (Bradford)."""
    here, there = (apply(_BRADFORD, _xyz(PRIMARIES[name][3])) for name in (source, target))
    a, b, c = (new / old for old, new in zip(here, there, strict=True))
    adapted = times(inverse(_BRADFORD), times(((a, 0.0, 0.0), (0.0, b, 0.0), (0.0, 0.0, c)), _BRADFORD))
    return times(inverse(to_xyz(target)), times(adapted, to_xyz(source)))


def each(function: Callable[[float], float], colour: Sequence[float]) -> Vector:
    r, g, b = map(function, colour)
    return r, g, b


def in_bt709(colour: Vector, primaries: str = "bt709", *, linear: bool = False) -> Vector:
    """What a screen of BT.709 (gamma 2.4) shows for a colour of other primaries, or for linear light."""
    light = colour if linear else each(lambda value: value**2.4, colour)
    return each(lambda value: min(max(value, 0.0), 1.0) ** (1 / 2.4), apply(between(primaries, "bt709"), light))


def shares(matrix: str, primaries: str) -> tuple[float, float]:
    if matrix.startswith("chroma-derived"):
        brightness = to_xyz(primaries)[1]
        return brightness[0], brightness[2]
    return SHARES[matrix]


def camera_curve(light: float) -> float:
    """BT.709's and BT.2020's: how linear light is coded where brightness is constant."""
    return 4.5 * light if light < 0.018 else 1.099 * light**0.45 - 0.099


def to_yuv(colour: Vector, matrix: str, primaries: str = "bt709") -> Vector:
    """Brightness from 0 to 1, and two differences from -0.5 to 0.5."""
    red, green, blue = colour
    if matrix == "ycgco":
        return red / 4 + green / 2 + blue / 4, -red / 4 + green / 2 - blue / 4, red / 2 - blue / 2
    kr, kb = shares(matrix, primaries)
    if matrix in ("bt2020c", "chroma-derived-c"):
        light = each(lambda value: value**2.4, colour)
        y = camera_curve(kr * light[0] + (1 - kr - kb) * light[1] + kb * light[2])
        red, blue = camera_curve(light[0]), camera_curve(light[2])
        u = (blue - y) / (2 * camera_curve(1 - kb) if blue < y else 2 * (1 - camera_curve(kb)))
        return y, u, (red - y) / (2 * camera_curve(1 - kr) if red < y else 2 * (1 - camera_curve(kr)))
    y = kr * red + (1 - kr - kb) * green + kb * blue
    return y, (blue - y) / (2 - 2 * kb), (red - y) / (2 - 2 * kr)


def code(yuv: Vector, bits: int = 8, *, full: bool = False) -> tuple[int, int, int]:
    """Sample values of limited or full range."""
    most, unit = 2**bits - 1, 2 ** (bits - 8)
    y, u, v = yuv
    if full:
        values = (y * most, u * most + 128 * unit, v * most + 128 * unit)
    else:
        values = ((16 + 219 * y) * unit, (128 + 224 * u) * unit, (128 + 224 * v) * unit)
    a, b, c = (min(max(round(value), 0), most) for value in values)
    return a, b, c


def pq(light: float) -> float:
    """SMPTE ST 2084: candela per square metre as a coded value."""
    m1, m2, c1, c2, c3 = _PQ
    power = (max(light, 0.0) / 10_000) ** m1
    return float(((c1 + c2 * power) / (1 + c3 * power)) ** m2)


def ictcp(light: Vector) -> Vector:
    """ITU-R BT.2100 with PQ: light in BT.2020's primaries, in candela per square metre."""
    rows = ((1688, 2146, 262), (683, 2951, 462), (99, 309, 3688))
    long, middle, short = (pq(sum(a * v for a, v in zip(row, light, strict=True)) / 4096) for row in rows)
    ct = (6610 * long - 13613 * middle + 7003 * short) / 4096
    return (long + middle) / 2, ct, (17933 * long - 17390 * middle - 543 * short) / 4096


def hable(light: float, peak: float = 10.0) -> float:
    """The tone curve of ffmpeg's tonemap, for light in units of reference white."""

    def curve(x: float) -> float:
        return (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3

    return curve(max(light, 0.0)) / curve(peak)
