"""Films of coloured patches, named as a test wants, and what is seen of them in the published rung."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media_pipeline.ffmpeg.encode import argv
from media_pipeline.ffmpeg.inspect.source import Colour
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import colorimetry
from tests.media_pipeline.ffmpeg.chain import facts, look
from tests.media_pipeline.ffmpeg.colorimetry import Vector
from tests.media_pipeline.ffmpeg.test_real_picture import POLICY

Maker = Callable[..., Path]

GREY = (128, 128, 128)
PATCHES = [(180, 100, 60), (70, 90, 150), (100, 140, 95), GREY, (200, 180, 110), (220, 210, 215)]
SIDE = 32
WIDTH, HEIGHT, FRAMES = SIDE * len(PATCHES), 96, 10
NEAR = 9  # of 255: 8 bit, rounded in the source, in the filters and by a lossy encoder


AS_BT601 = partial(colorimetry.to_yuv, matrix="smpte170m")


@dataclass(frozen=True)
class Coded:
    """A film of patches: how they are coded, and the numbers that name it (2: unsaid)."""

    yuv: Callable[[Vector], Vector] = AS_BT601
    matrix: int = 2
    primaries: int = 2
    transfer: int = 2
    pix_fmt: str = "yuv420p"
    full: bool = False


def write_film(make_video: Maker, folder: Path, film: Coded, name: str = "coded.mp4", *arguments: str) -> Path:
    """An H.264 film of the patches, side by side."""
    deep, thinned = film.pix_fmt.endswith("10le"), "420" in film.pix_fmt
    codes = []
    for red, green, blue in PATCHES:
        codes.append(
            colorimetry.code(film.yuv((red / 255, green / 255, blue / 255)), 10 if deep else 8, full=film.full)
        )
    frame = b""
    for plane in range(3):
        half = 2 if plane and thinned else 1
        row = b"".join(code[plane].to_bytes(2 if deep else 1, "little") * (SIDE // half) for code in codes)
        frame += row * (HEIGHT // half)
    raw = folder / f"{name}.raw"
    raw.write_bytes(frame * FRAMES)
    read = ("-f", "rawvideo", "-pix_fmt", film.pix_fmt, "-s", f"{WIDTH}x{HEIGHT}", "-r", "10", "-i", str(raw))
    names = (
        f"matrix_coefficients={film.matrix}:colour_primaries={film.primaries}:"
        f"transfer_characteristics={film.transfer}:video_full_range_flag={int(film.full)}"
    )
    written = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-bsf:v", f"h264_metadata={names}")
    return make_video(f"{folder.name}-{name}", *read, *written, *arguments)


def published_patches(tools: Toolchain, clip: Path, folder: Path) -> tuple[Recipe, list[Vector]]:
    """What we make of a clip: the recipe, and the patches' red, green and blue in the middle of the film."""
    source = look(tools, clip)
    recipe = ladder.plan_recipe(source, POLICY, tools)
    process.run_process(argv.encode_command(recipe, source, tools, clip, folder))
    made = facts(tools, folder / recipe.rungs[0].file_name).video
    assert made is not None
    assert (made.colour, made.pix_fmt) == (Colour("bt709", "bt709", "bt709"), "yuv420p")
    return recipe, patches_at(tools, recipe.rungs[0], folder, 0.5)


def patches_at(tools: Toolchain, rung: Rung, folder: Path, second: float) -> list[Vector]:
    """Red, green and blue of the patches in a published rung at a time."""
    seen = (str(tools.ffmpeg), "-v", "error", "-i", "{in0}", "-vf", f"select=gte(t\\,{second})", "-frames:v", "1")
    raw = process.run_process(
        ProcessCommand((*seen, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"), inputs=(folder / rung.file_name,))
    ).stdout
    assert len(raw) == rung.width * rung.height * 3 // 2
    return [_shown(raw, rung, place) for place in range(len(PATCHES))]


def _shown(raw: bytes, rung: Rung, place: int) -> Vector:
    """Red, green and blue from 0 to 255 in the middle of a patch."""
    x, y = round((place + 0.5) * rung.width / len(PATCHES)), rung.height // 2
    whole, half = rung.width * rung.height, rung.width // 2
    at = y // 2 * half + x // 2
    bright = (raw[y * rung.width + x] - 16) / 219
    blue, red = ((raw[whole + at + shift] - 128) / 224 for shift in (0, whole // 4))
    r, b = bright + 1.5748 * red, bright + 1.8556 * blue
    return colorimetry.each(lambda v: 255 * min(max(v, 0), 1), (r, (bright - 0.2126 * r - 0.0722 * b) / 0.7152, b))


def differences(got: Sequence[Vector], wanted: Sequence[Sequence[float]]) -> dict[int, tuple[Vector, Sequence[float]]]:
    """Patches that are not what they should be, by their place."""
    return {
        place: (one, other)
        for place, (one, other) in enumerate(zip(got, wanted, strict=True))
        if max(abs(a - b) for a, b in zip(one, other, strict=True)) > NEAR
    }


def as_shown(meaning: Callable[[Vector], Vector]) -> list[Vector]:
    """The patches as BT.709 shows them, from 0 to 255."""
    scaled = [colorimetry.each(lambda value: value / 255, patch) for patch in PATCHES]
    return [colorimetry.each(lambda value: 255 * value, meaning(colour)) for colour in scaled]
