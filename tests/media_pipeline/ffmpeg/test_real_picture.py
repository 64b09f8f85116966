"""Is the picture upright, and are its colours right? Looked at in decoded pixels, for every way a phone is held."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.ffmpeg.encode import argv
from media_pipeline.ffmpeg.inspect import probe
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import LadderPolicy
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import look

pytestmark = pytest.mark.slow
Maker = Callable[..., Path]
Pixel = tuple[int, int, int]

POLICY = LadderPolicy(h264_sides=(1080,))
WIDE, HIGH = 192, 128
# A quarter each: red and green above, blue and yellow below.
QUARTERS = (
    f"color=red:size={WIDE}x{HIGH}:rate=25:duration=1[a];"
    f"[a]drawbox=x={WIDE // 2}:y=0:w={WIDE // 2}:h={HIGH // 2}:color=green:t=fill,"
    f"drawbox=x=0:y={HIGH // 2}:w={WIDE // 2}:h={HIGH // 2}:color=blue:t=fill,"
    f"drawbox=x={WIDE // 2}:y={HIGH // 2}:w={WIDE // 2}:h={HIGH // 2}:color=yellow:t=fill"
)
LOSSLESS = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p")
TURNS = {0: "0", 90: "-90", 180: "180", 270: "90"}  # ffmpeg counts against the clock


def published(tools: Toolchain, clip: Path, folder: Path) -> Image.Image:
    """The first picture of what we make of a clip."""
    source = look(tools, clip)
    recipe = ladder.plan_recipe(source, POLICY, tools)
    process.run_process(argv.encode_command(recipe, source, tools, clip, folder))
    rung = recipe.rungs[0]
    seen = (str(tools.ffmpeg), "-v", "error", "-noautorotate", "-i", "{in0}", "-frames:v", "1")
    raw = ("-vf", "scale=in_color_matrix=bt709:in_range=limited", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1")
    pixels = process.run_process(ProcessCommand((*seen, *raw), inputs=(folder / rung.file_name,))).stdout
    return Image.frombytes("RGB", (rung.width, rung.height), pixels)


def named(pixel: Pixel) -> str:
    red, green, blue = (value > 80 for value in pixel)
    return {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 0): "yellow"}[red, green, blue]


def corners(picture: Image.Image) -> list[str]:
    """Colours of the quarters, clockwise from the upper left."""
    left, right, top, bottom = picture.width // 4, picture.width * 3 // 4, picture.height // 4, picture.height * 3 // 4
    places = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return [named(picture.getpixel(place)) for place in places]  # type: ignore[arg-type]


def shown_corners(tools: Toolchain, clip: Path) -> list[str]:
    """What the file format says a viewer sees: a point (x, y) is shown at (a x + c y, b x + d y)."""
    said = process.run_process(probe.probe_command(tools, clip)).stdout
    sides = json.loads(said)["streams"][0].get("side_data_list", [{"displaymatrix": "0: 1 0 0\n1: 0 1 0"}])
    words = [int(word) for word in sides[0]["displaymatrix"].split() if not word.endswith(":")]
    a, b, _, c, d, _ = words[:6]
    places = {(-1, -1): "red", (1, -1): "green", (1, 1): "yellow", (-1, 1): "blue"}
    unit = max(abs(a), abs(b))
    seen = {((a * x + c * y) // unit, (b * x + d * y) // unit): colour for (x, y), colour in places.items()}
    return [seen[place] for place in places]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("mirrored", [False, True])
def test_upright_however_it_was_held(
    tools: Toolchain, make_video: Maker, tmp_path: Path, turn: int, mirrored: bool
) -> None:
    plain = make_video("quarters.mp4", "-f", "lavfi", "-i", QUARTERS, *LOSSLESS)
    matrix = ("-display_rotation", TURNS[turn], *(("-display_hflip",) if mirrored else ()))
    clip = make_video(f"held-{turn}-{mirrored}.mp4", *matrix, "-i", str(plain), "-c", "copy")
    picture = published(tools, clip, tmp_path)
    assert picture.size == ((HIGH, WIDE) if turn in (90, 270) else (WIDE, HIGH))
    assert corners(picture) == shown_corners(tools, clip)


def near(picture: Image.Image, wanted: Pixel) -> bool:
    got = picture.getpixel((picture.width // 2, picture.height // 2))
    return all(abs(a - b) <= 6 for a, b in zip(got, wanted, strict=True))  # type: ignore[arg-type]


FLAT = ("-f", "lavfi", "-i", "color=0xB46432:size=1280x720:rate=25:duration=1")
SKIN: Pixel = (0xB4, 0x64, 0x32)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("hd", ("-vf", "scale=out_color_matrix=bt709:out_range=limited", "-colorspace", "bt709")),
        ("sd", ("-vf", "scale=640:480:out_color_matrix=bt601:out_range=limited", "-colorspace", "smpte170m")),
        ("sd-unsaid", ("-vf", "scale=640:480:out_color_matrix=bt601:out_range=limited")),
        ("hd-unsaid", ("-vf", "scale=out_color_matrix=bt709:out_range=limited")),
        ("full", ("-vf", "scale=out_color_matrix=bt709:out_range=full", "-colorspace", "bt709", "-color_range", "pc")),
    ],
)
def test_colours_stay(
    tools: Toolchain, make_video: Maker, tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    clip = make_video(f"{name}.mp4", *FLAT, *arguments, *LOSSLESS)
    assert near(published(tools, clip, tmp_path), SKIN)


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_high_dynamic_range_is_neither_dark_nor_burnt(
    tools: Toolchain, make_video: Maker, tmp_path: Path, transfer: str
) -> None:
    if not tools.supports_zscale:
        pytest.skip("no zscale")
    light = f"zscale=tin=bt709:pin=bt709:min=bt709:rin=limited:t={transfer}:p=bt2020:m=bt2020nc:r=limited:npl=203"
    tags = ("-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer)
    ramp = "nullsrc=size=640x360:rate=25:duration=1,format=gray,geq=lum=255*X/W"
    graph = ("-vf", f"format=yuv420p,{light},format=yuv420p10le")
    clip = make_video(f"{transfer}.mkv", "-f", "lavfi", "-i", ramp, *graph, "-c:v", "libx264", "-qp", "0", *tags)
    picture = published(tools, clip, tmp_path).convert("L")
    greys = [picture.getpixel((x, 180)) for x in (8, 160, 320, 480, 632)]
    assert greys == sorted(greys)  # type: ignore[type-var]
    assert greys[0] < 24  # type: ignore[operator]
    assert 60 < greys[2] < 190  # type: ignore[operator]
    assert greys[4] > 150  # type: ignore[operator]
