"""Filters from the coded colours to plain BT.709: matrix, range, gamut and light, once, at the top rung's size."""

from typing import Any

from media_pipeline.ffmpeg.plan.recipe import PictureTransform, Rung

FilterStream = Any  # ffmpeg-python has no types

# SDR white in an HDR picture (ITU-R BT.2408), in candela per square metre.
HDR_REFERENCE_WHITE = "203"


def to_bt709(picture: FilterStream, facts: PictureTransform, top: Rung, scaler: str) -> FilterStream:
    """Scaled to the top rung with square samples, and in plain BT.709, limited range, 8 bit."""
    if facts.tone_map == "zscale":
        picture = _tone_mapped(picture, facts, top)
    else:
        picture = picture.filter(
            "scale",
            w=top.width,
            h=top.height,
            flags=scaler,
            in_color_matrix=facts.matrix,
            out_color_matrix="bt709",
            in_range="full" if facts.full_range else "limited",
            out_range="limited",
        )
    picture = picture.filter("format", "yuv420p10le" if top.ten_bit else "yuv420p")
    # Tags follow the pixels; mastering light, Dolby's metadata and the camera's SEI must not.
    picture = picture.filter(
        "setparams", range="limited", colorspace="bt709", color_primaries="bt709", color_trc="bt709"
    )
    return picture.filter("sidedata", mode="delete").filter("setsar", "1")


def _tone_mapped(picture: FilterStream, facts: PictureTransform, top: Rung) -> FilterStream:
    said = {
        "tin": facts.transfer or "bt709",
        "pin": facts.primaries or "bt2020",
        "min": "2020_ncl" if facts.matrix == "bt2020" else "709" if facts.matrix == "bt709" else "470bg",
        "rin": "full" if facts.full_range else "limited",
    }
    if facts.hdr == "none":  # a wide gamut with ordinary light
        said = {**said, "t": "bt709", "p": "bt709", "m": "bt709", "r": "limited"}
        return picture.filter("zscale", w=top.width, h=top.height, **said)
    # Smaller first: mapping costs 30 ms a frame at 1080, 17 at 720. Linear light, then the gamut, then the curve.
    picture = picture.filter("zscale", w=top.width, h=top.height, t="linear", npl=HDR_REFERENCE_WHITE, **said)
    picture = picture.filter("format", "gbrpf32le").filter("zscale", p="bt709")
    picture = picture.filter("tonemap", tonemap="hable", desat=0)  # hable keeps skies that a plain conversion clips
    return picture.filter("zscale", t="bt709", m="bt709", r="limited")
