"""Filters from the coded colours to plain BT.709: matrix, range, gamut and light, once, at the top rung's size.

What a frame says about itself is overwritten first and told to the converting filter instead: `scale` refuses frames
with a matrix or curve that it does not know, its own insertions too, and names may change in the middle of a film.
"""

from typing import Any

from media_pipeline.ffmpeg.plan.recipe import PictureTransform, Rung

FilterStream = Any  # ffmpeg-python has no types

# SDR white in an HDR picture (ITU-R BT.2408), in candela per square metre.
HDR_REFERENCE_WHITE = "203"

_BT709 = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709"}
# zscale's names where they differ from `PictureTransform.matrix`.
_ZSCALE_MATRICES = {"bt709": "709", "bt601": "470bg", "bt2020": "2020_ncl", "rgb": "gbr"}


def neutral_colours(picture: FilterStream, facts: PictureTransform) -> FilterStream:
    """Frames that name colours every filter takes; the pixels are as they were. Costs nothing."""
    named = {**_BT709, "colorspace": "gbr"} if facts.matrix == "rgb" else _BT709
    return picture.filter("setparams", range=_range(facts), **named)


def to_bt709(picture: FilterStream, facts: PictureTransform, top: Rung, scaler: str) -> FilterStream:
    """Scaled to the top rung with square samples, and in plain BT.709, limited range, 8 or 10 bit."""
    if facts.flatten:
        picture = picture.filter("premultiply", inplace=1)  # and without its alpha it is the picture on black
    if facts.tone_map == "zscale":
        picture = _with_zscale(picture, facts, top)
    else:
        coded = {} if facts.matrix == "rgb" else {"in_color_matrix": facts.matrix, "in_range": _range(facts)}
        picture = picture.filter(
            "scale", w=top.width, h=top.height, flags=scaler, out_color_matrix="bt709", out_range="limited", **coded
        )
    picture = picture.filter("format", "yuv420p10le" if top.ten_bit else "yuv420p")
    # Tags follow the pixels; mastering light, Dolby's metadata and the camera's SEI must not.
    picture = picture.filter("setparams", range="limited", **_BT709)
    return picture.filter("sidedata", mode="delete").filter("setsar", "1")


def _with_zscale(picture: FilterStream, facts: PictureTransform, top: Rung) -> FilterStream:
    if facts.expand_chroma:  # zscale wants sides that divide by four there
        picture = picture.filter("format", "yuv444p")
    said = {
        "tin": facts.transfer,
        "pin": facts.primaries,
        "min": _ZSCALE_MATRICES.get(facts.matrix, facts.matrix),
        "rin": _range(facts),
    }
    if facts.hdr == "none":  # ordinary light
        said = {**said, "t": "bt709", "p": "bt709", "m": "bt709", "r": "limited"}
        return picture.filter("zscale", w=top.width, h=top.height, **said)
    # Smaller first: mapping costs 30 ms a frame at 1080, 17 at 720. Linear light, then the gamut, then the curve.
    picture = picture.filter("zscale", w=top.width, h=top.height, t="linear", npl=HDR_REFERENCE_WHITE, **said)
    picture = picture.filter("format", "gbrpf32le").filter("zscale", p="bt709")
    picture = picture.filter("tonemap", tonemap="hable", desat=0)  # hable keeps skies that a plain conversion clips
    return picture.filter("zscale", t="bt709", m="bt709", r="limited")


def _range(facts: PictureTransform) -> str:
    return "full" if facts.full_range else "limited"
