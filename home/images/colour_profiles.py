"""Colour profiles for pictures that only name their colours: by numbers (ITU-T H.273), as HEIC, AVIF and PNG do, or by
a note in the EXIF data, as cameras do.

Lightness beyond that of a page, which PQ and HLG pictures have, is rolled off by the curve of ITU-R BT.2390: up to
some 90 cd/m² nothing changes, and 1000 cd/m² become white. Pure: values in, bytes out.
"""

import struct
from collections.abc import Callable

SRGB_TRANSFER, HDR_TRANSFERS = 13, (16, 18)  # HDR: PQ and HLG

_Xyz = tuple[float, float, float]
_Primaries = tuple[_Xyz, _Xyz, _Xyz]
# Chromatic coordinates as XYZ of red, green and blue, adapted to D50 as profiles want them.
_BT709 = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
_BT2020 = ((0.67348, 0.27904, -0.00194), (0.16566, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686))
_DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
_PRIMARIES = {9: _BT2020, 12: _DISPLAY_P3}
_D50 = (0.9642, 1.0, 0.8249)

_PAGE_WHITE, _BRIGHTEST = 203.0, 1000.0  # cd/m²: white paper in an HDR picture (ITU-R BT.2408), and its lights
_CURVE_POINTS = 4096


def profile_for_codes(primaries: int, transfer: int) -> bytes | None:
    """An ICC profile for two codes of H.273; None where the colours are those of sRGB, or near enough.

    Unknown codes count as sRGB's. So does the transfer of BT.709 and of BT.2020 without HDR, as in browsers.
    """
    if primaries not in _PRIMARIES and transfer not in _TRANSFERS:
        return None
    return _profile(_PRIMARIES.get(primaries, _BT709), _TRANSFERS.get(transfer, _linear_of_srgb))


def srgb_levels(transfer: int, bits: int) -> list[int]:
    """For each code of a picture of so many bits, its level in sRGB, 0 to 255: the curve alone, not the colours."""
    curve, top = _TRANSFERS.get(transfer, _linear_of_srgb), (1 << bits) - 1
    light = (min(max(curve(code / top), 0.0), 1.0) for code in range(top + 1))
    return [round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)) for part in light]


def adobe_rgb_profile() -> bytes:
    """An ICC profile for Adobe RGB, which cameras that are set to it name in the EXIF data."""
    return _profile(_ADOBE_RGB, lambda code: code ** (563 / 256))


def _profile(primaries: _Primaries, curve: Callable[[float], float]) -> bytes:
    """A profile with these colours at full strength, and light in 0 to 1 for codes in 0 to 1."""
    levels = (min(max(curve(index / (_CURVE_POINTS - 1)), 0.0), 1.0) for index in range(_CURVE_POINTS))
    table = struct.pack(f">{_CURVE_POINTS}H", *(round(level * 65535) for level in levels))
    tags = {b"wtpt": _xyz_tag(_D50)}
    tags |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz_tag, primaries), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0" + struct.pack(">I", _CURVE_POINTS) + table)
    return _profile_of_tags(tags)


def _linear_of_srgb(code: float) -> float:
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4


def _light_of_pq(code: float) -> float:
    """cd/m² of a PQ code (SMPTE ST 2084)."""
    power = code ** (32 / 2523)
    return 10000.0 * (max(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power)) ** (16384 / 2610)


def _pq_of_light(light: float) -> float:
    power = (light / 10000.0) ** (2610 / 16384)
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** (2523 / 32)


def _light_of_hlg(code: float) -> float:
    """cd/m² of an HLG code on a screen of 1000 cd/m² (ITU-R BT.2100), each colour by itself."""
    scene = (
        code * code / 3 if code <= 0.5 else (2.718281828459045 ** ((code - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    return _BRIGHTEST * scene**1.2


def _toned(light: float) -> float:
    """Light of an HDR picture as that of a page, 0 to 1: the curve of BT.2390 from _BRIGHTEST down to _PAGE_WHITE."""
    whole, white = _pq_of_light(_BRIGHTEST), _pq_of_light(_PAGE_WHITE)
    level, top = min(_pq_of_light(light) / whole, 1.0), white / whole
    knee = 1.5 * top - 0.5
    if level > knee:
        part = (level - knee) / (1 - knee)
        level = (
            (2 * part**3 - 3 * part**2 + 1) * knee
            + (part**3 - 2 * part**2 + part) * (1 - knee)
            + (3 * part**2 - 2 * part**3) * top
        )
    return _light_of_pq(level * whole) / _PAGE_WHITE


_TRANSFERS: dict[int, Callable[[float], float]] = {
    4: lambda code: code**2.2,
    5: lambda code: code**2.8,
    8: lambda code: code,
    16: lambda code: _toned(_light_of_pq(code)),
    18: lambda code: _toned(_light_of_hlg(code)),
}


def _xyz_tag(value: _Xyz) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in value))


def _profile_of_tags(tags: dict[bytes, bytes]) -> bytes:
    """An ICC profile, version 2.4, of a display with these tags."""
    bodies = list(dict.fromkeys(tags.values()))
    start = 128 + 4 + 12 * len(tags)
    places = {body: start + sum(map(len, bodies[:index])) for index, body in enumerate(bodies)}
    listed = (struct.pack(">4sII", name, places[body], len(body)) for name, body in tags.items())
    content = struct.pack(">I", len(tags)) + b"".join(listed) + b"".join(bodies)
    white = _xyz_tag(_D50)[8:]
    head = struct.pack(
        ">I4sI4s4s4s12x4s28x12s48x", 128 + len(content), b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp", white
    )
    return head + content
