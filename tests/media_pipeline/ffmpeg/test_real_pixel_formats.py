"""Screen recorders, editors and cameras store colours in many ways: each comes out as it should look."""

from functools import partial
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import Colour
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import colorimetry
from tests.media_pipeline.ffmpeg.chain import encode, look
from tests.media_pipeline.ffmpeg.patches import (
    FRAMES,
    HEIGHT,
    PATCHES,
    SIDE,
    WIDTH,
    Coded,
    Maker,
    differences,
    patches_at,
    published_patches,
    write_film,
)
from tests.media_pipeline.ffmpeg.test_real_picture import POLICY
from tests.sampling import sampled

pytestmark = pytest.mark.slow

REST = "pixel formats of codecs"
LIES = ("-colorspace", "bt2020nc", "-color_range", "tv")  # on RGB, which has no matrix and is always full range
TRUE = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
GREYS = [(value, value, value) for value in (round(0.299 * r + 0.587 * g + 0.114 * b) for r, g, b in PATCHES)]
HALF = [(red // 2, green // 2, blue // 2) for red, green, blue in PATCHES]

# codec, container, pixel format, further arguments, and how the patches are seen
FORMATS: dict[str, tuple[str, str, str, tuple[str, ...], list[tuple[int, int, int]]]] = {
    **{f"ffv1-{pixels}": ("ffv1", "mkv", pixels, LIES, PATCHES) for pixels in ("gbrp", "gbrp10le", "gbrp16le", "bgr0")},
    **{f"utvideo-{pixels}": ("utvideo", "avi", pixels, (), PATCHES) for pixels in ("gbrp", "gbrap")},
    **{f"png-{pixels}": ("png", "mov", pixels, (), PATCHES) for pixels in ("rgb24", "rgba", "rgb48be", "pal8")},
    **{f"png-{pixels}": ("png", "mov", pixels, (), GREYS) for pixels in ("gray", "gray16be", "ya8")},
    **{f"rawvideo-{pixels}": ("rawvideo", "avi", pixels, (), PATCHES) for pixels in ("bgr24", "bgra")},
    **{f"rawvideo-{pixels}": ("rawvideo", "mov", pixels, TRUE, PATCHES) for pixels in ("uyvy422", "rgb24", "argb")},
    **{f"qtrle-{pixels}": ("qtrle", "mov", pixels, LIES, PATCHES) for pixels in ("rgb24", "argb")},
    **{
        f"ffv1-{pixels}": ("ffv1", "mkv", pixels, TRUE, PATCHES)
        for pixels in ("yuv410p", "yuv411p", "yuv440p", "yuv422p", "yuv444p12le", "yuv444p16le", "yuva420p")
    },
    **{f"ffv1-{pixels}": ("ffv1", "mkv", pixels, (), GREYS) for pixels in ("gray", "gray10le", "gray16le")},
    "h264rgb": ("libx264rgb", "mp4", "bgr24", ("-qp", "0", "-color_range", "tv"), PATCHES),
    "hevc-gray": ("libx265", "mp4", "gray", ("-x265-params", "lossless=1:log-level=none:range=limited"), GREYS),
    "mjpeg-yuvj": ("mjpeg", "avi", "yuvj422p", ("-q:v", "1"), PATCHES),
    "huffyuv": ("huffyuv", "avi", "yuv422p", TRUE, PATCHES),
    "huffyuv-rgb": ("huffyuv", "avi", "rgb24", (), PATCHES),
    "v210": ("v210", "mov", "yuv422p10le", (), PATCHES),
    "prores": ("prores_ks", "mov", "yuva444p10le", ("-profile:v", "4444", *TRUE), PATCHES),
    "cfhd": ("cfhd", "mov", "gbrp12le", (), PATCHES),
}


def write_format(make_video: Maker, folder: Path, name: str, filters: str = "null") -> Path:
    """The patches in one codec and pixel format, made by ffmpeg from plain RGB."""
    codec, container, pixels, arguments, _ = FORMATS[name]
    row = b"".join(bytes(patch) * SIDE for patch in PATCHES)
    raw = folder / f"{name}.raw"
    raw.write_bytes(row * HEIGHT * FRAMES)
    read = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", "10", "-i", str(raw))
    full = pixels.startswith(("yuvj", "gray", "ya8")) and codec != "libx265"
    matrix = "bt601" if not arguments or "bt709" not in arguments else "bt709"
    if pixels == "pal8":
        filters += ",split[a][b];[b]palettegen=reserve_transparent=0[p];[a][p]paletteuse=dither=none"
    elif name == "hevc-gray":  # `scale` makes nothing but full range
        filters += ",scale=out_color_matrix=bt601:out_range=limited,format=yuv420p,extractplanes=y,setrange=limited"
    else:
        filters += f",scale=out_color_matrix={matrix}:out_range={'full' if full else 'limited'},format={pixels}"
    return make_video(f"{folder.name}-{name}.{container}", *read, "-vf", filters, "-c:v", codec, *arguments)


@pytest.mark.parametrize("name", sampled(FORMATS, {"ffv1-gbrp", "png-pal8"}.__contains__, REST))
def test_pixel_formats(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    clip = write_format(make_video, tmp_path, name)
    recipe, got = published_patches(tools, clip, tmp_path)
    assert differences(got, FORMATS[name][4]) == {}, recipe.reasons
    assert WarningCode.COLOUR_ASSUMED not in recipe.warnings


TRANSPARENT = ["png-rgba", "qtrle-argb", "prores", "utvideo-gbrap", "ffv1-yuva420p", "png-ya8"]


@pytest.mark.parametrize("name", sampled(TRANSPARENT, {"png-rgba"}.__contains__, REST))
def test_transparent_parts_are_seen_on_black(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    clip = write_format(make_video, tmp_path, name, "format=rgba,colorchannelmixer=aa=0.5")
    recipe, got = published_patches(tools, clip, tmp_path)
    seen = [(value // 2,) * 3 for value, *_ in GREYS] if name == "png-ya8" else HALF
    assert recipe.picture.flatten
    assert differences(got, seen) == {}


def test_the_pictures_are_believed_and_not_the_header(tools: Toolchain, make_video: Maker, tmp_path: Path) -> None:
    coded = write_film(make_video, tmp_path, Coded(partial(colorimetry.to_yuv, matrix="bt709"), 1, 1, 1, full=True))
    header = ("-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m")
    clip = make_video(f"{tmp_path.name}-header.mp4", "-i", str(coded), "-c", "copy", *header, "-color_range", "tv")
    seen = look(tools, clip).video
    assert seen is not None
    assert (seen.colour, seen.header_colour) == (
        Colour("bt709", "bt709", "bt709", full_range=True),
        Colour("smpte170m", "smpte170m", "smpte170m", full_range=True),  # the decoder's pixels say so
    )
    recipe, got = published_patches(tools, clip, tmp_path)
    assert differences(got, PATCHES) == {}
    assert any("header names other colours" in reason for reason in recipe.reasons)


@pytest.mark.parametrize("matrix", sampled([5, 8, 255], (8).__eq__, REST))
def test_names_that_change_in_the_middle(tools: Toolchain, make_video: Maker, tmp_path: Path, matrix: int) -> None:
    to_yuv = partial(colorimetry.to_yuv, matrix="bt709")
    raw = ("-f", "h264")
    parts = [
        write_film(make_video, tmp_path, Coded(to_yuv, number), f"{number}.h264", *raw) for number in (1, matrix, 1)
    ]
    joined = tmp_path / "joined.h264"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    clip = make_video(f"{tmp_path.name}-joined.mp4", "-r", "10", "-i", str(joined), "-c", "copy")
    made = encode(tools, clip, tmp_path, POLICY)  # verified: as many frames as there should be
    assert abs(made.duration_s - 3) < 0.2
    assert differences(published_patches(tools, clip, tmp_path)[1], PATCHES) == {}


SIX = {"r": (255, 0, 0), "g": (0, 255, 0), "b": (0, 0, 255), "y": (255, 255, 0), "m": (255, 0, 255), "c": (0, 255, 255)}


@pytest.mark.parametrize("name", sampled(["bt1361", "smpte428", "ycgco"], "ycgco".__eq__, REST))
def test_cases_from_the_wild(tools: Toolchain, shared: Path, tmp_path: Path, name: str) -> None:
    clip = shared / "public_cases" / "colour" / f"{name}.mp4"
    if not clip.exists():
        pytest.skip("no such case beside the project")
    recipe, _ = published_patches(tools, clip, tmp_path)
    assert (WarningCode.COLOUR_ASSUMED in recipe.warnings) == (name != "bt1361")
    seen = [patches_at(tools, recipe.rungs[0], tmp_path, second + 0.5)[3] for second in range(len(SIX))]
    assert differences(seen, list(SIX.values())) == {}
