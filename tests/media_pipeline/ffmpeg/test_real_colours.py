"""Every name that ffmpeg has for colours goes through the real encode and comes out as it should look.

Patches are coded by arithmetic of our own (colorimetry.py), named in the bitstream, and read from the published rung.
"""

import random
import re
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

import ffmpeg
import pytest

from media_pipeline.ffmpeg.encode.argv import OutputFile, compile_argv
from media_pipeline.ffmpeg.encode.colour_filters import neutral_colours, to_bt709
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import Colour
from media_pipeline.ffmpeg.plan.colour import assumed_colours, picture_transform
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import colorimetry
from tests.media_pipeline.ffmpeg.patches import (
    GREY,
    PATCHES,
    Coded,
    Maker,
    as_shown,
    differences,
    published_patches,
    write_film,
)
from tests.media_pipeline.ffmpeg.samples import video
from tests.sampling import sampled

pytestmark = pytest.mark.slow

REST = "names of colours"
MATRICES = {
    "gbr": 0, "bt709": 1, "fcc": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "ycgco": 8, "bt2020nc": 9,
    "bt2020c": 10, "smpte2085": 11, "chroma-derived-nc": 12, "chroma-derived-c": 13, "ictcp": 14, "ipt-c2": 15,
    "ycgco-re": 16, "ycgco-ro": 17,
}  # fmt: skip
PRIMARIES = {
    "bt709": 1, "bt470m": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "film": 8, "bt2020": 9, "smpte428": 10,
    "smpte431": 11, "smpte432": 12, "ebu3213": 22, "jedec-p22": 22, "vgamut": 256,
}  # fmt: skip
TRANSFERS = {
    "bt709": 1, "bt470m": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "linear": 8, "log100": 9, "log316": 10,
    "iec61966-2-4": 11, "bt1361e": 12, "iec61966-2-1": 13, "bt2020-10": 14, "bt2020-12": 15, "smpte2084": 16,
    "smpte428": 17, "arib-std-b67": 18, "vlog": 256,
}  # fmt: skip
RANGES = {"limited", "tv", "mpeg", "full", "pc", "jpeg"}
NO_NAME = {"auto", "unknown", "unspecified"}
FOREIGN = {"bt470m", "film", "bt2020", "smpte431", "smpte432"}


def assumed(recipe: Recipe) -> bool:
    return WarningCode.COLOUR_ASSUMED in recipe.warnings


def to_yuv(matrix: str, primaries: str = "bt709") -> partial[colorimetry.Vector]:
    return partial(colorimetry.to_yuv, matrix=matrix, primaries=primaries)


def test_no_name_of_ffmpeg_is_missing_here(tools: Toolchain) -> None:
    command = ProcessCommand((str(tools.ffmpeg), "-hide_banner", "-h", "filter=setparams"))
    said = process.run_process(command).stdout.decode()
    known: dict[str, set[str]] = {}
    for line in said.splitlines():
        if option := re.match(r" {2,3}(\w+) +<int>", line):
            names = known.setdefault(option[1], set())
        elif known and (name := re.match(r" {5}(\S+)", line)):
            names.add(name[1])
    assert known["colorspace"] - NO_NAME <= set(MATRICES)
    assert known["color_primaries"] - NO_NAME <= set(PRIMARIES)
    assert known["color_trc"] - NO_NAME <= set(TRANSFERS)
    assert known["range"] - NO_NAME == RANGES


CONVERTED_MATRICES = {
    **{name: Coded(to_yuv(name), MATRICES[name]) for name in colorimetry.SHARES if name != "bt2020c"},
    "bt2020c": Coded(to_yuv("bt2020c"), 10, pix_fmt="yuv444p10le"),
    "ycgco": Coded(to_yuv("ycgco"), 8, pix_fmt="yuv444p"),
    "ycgco-full": Coded(to_yuv("ycgco"), 8, pix_fmt="yuv444p", full=True),
    "smpte170m-full": Coded(to_yuv("smpte170m"), 6, full=True),
    **{
        f"{name}-{primaries}": Coded(
            to_yuv(name, primaries), MATRICES[name], PRIMARIES[primaries], pix_fmt="yuv420p10le"
        )
        for name in ("chroma-derived-nc", "chroma-derived-c")
        for primaries in ("bt709", "bt470m", "smpte432", "bt2020", "smpte170m")
    },
}


@pytest.mark.parametrize("name", sampled(CONVERTED_MATRICES, {"ycgco", "bt2020c"}.__contains__, REST))
def test_matrices_are_converted(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    film = CONVERTED_MATRICES[name]
    recipe, got = published_patches(tools, write_film(make_video, tmp_path, film), tmp_path)
    primaries = next((one for one, number in PRIMARIES.items() if number == film.primaries), "bt709")
    assert differences(got, as_shown(partial(colorimetry.in_bt709, primaries=primaries))) == {}
    assert not assumed(recipe)


# Names that nobody follows, numbers without a name, and names that cannot be true of these pictures.
DOUBTFUL_MATRICES = {
    **{name: Coded(matrix=MATRICES[name]) for name in MATRICES if name not in colorimetry.SHARES},
    **{f"number-{number}": Coded(matrix=number) for number in (3, 18, 40, 255)},
    "ictcp-10": Coded(matrix=14, pix_fmt="yuv420p10le"),
    "chroma-derived-10": Coded(matrix=12, pix_fmt="yuv444p10le"),
    "smpte2085-444": Coded(matrix=11, pix_fmt="yuv444p"),
    "bt2020c-8": Coded(to_yuv("bt2020nc"), 10),
}


@pytest.mark.parametrize("name", sampled(DOUBTFUL_MATRICES, {"ycgco", "gbr"}.__contains__, REST))
def test_doubtful_matrices_are_shown_as_players_do(
    tools: Toolchain, make_video: Maker, tmp_path: Path, name: str
) -> None:
    recipe, got = published_patches(tools, write_film(make_video, tmp_path, DOUBTFUL_MATRICES[name]), tmp_path)
    assert differences(got, PATCHES) == {}
    # ffprobe reports a number without a name as nothing said.
    assert assumed(recipe) == (not name.startswith("number"))


@pytest.mark.parametrize("name", sampled(PRIMARIES, {"smpte432", "smpte428"}.__contains__, REST))
def test_primaries(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    if PRIMARIES[name] > 255:
        pytest.skip("no bitstream can name it")
    film = Coded(to_yuv("bt709"), matrix=1, primaries=PRIMARIES[name])
    recipe, got = published_patches(tools, write_film(make_video, tmp_path, film), tmp_path)
    wanted = as_shown(partial(colorimetry.in_bt709, primaries=name)) if name in FOREIGN else PATCHES
    assert differences(got, wanted) == {}
    assert assumed(recipe) == (name == "smpte428")


def tone_mapped(colour: colorimetry.Vector) -> colorimetry.Vector:
    return colorimetry.each(lambda value: colorimetry.hable(value**2.4) ** (1 / 2.4), colour)


def in_pq(colour: colorimetry.Vector, matrix: str = "", primaries: str = "bt709") -> colorimetry.Vector:
    """HDR10 of a colour as bright as paper (203 candela), coded with a matrix or as ICtCp."""
    light = colorimetry.each(lambda value: 203 * value**2.4, colour)
    wide = colorimetry.apply(colorimetry.between("bt709", primaries), light)
    return colorimetry.to_yuv(colorimetry.each(colorimetry.pq, wide), matrix) if matrix else colorimetry.ictcp(wide)


@pytest.mark.parametrize("name", sampled(TRANSFERS, {"linear", "log100"}.__contains__, REST))
def test_transfers(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    if TRANSFERS[name] > 255 or name == "arib-std-b67":
        pytest.skip("no bitstream can name it, or test_real_picture.py looks at it")
    film = Coded(to_yuv("bt709"), matrix=1, primaries=1, transfer=TRANSFERS[name])
    if name == "smpte2084":
        film = replace(film, yuv=partial(in_pq, matrix="bt709"), pix_fmt="yuv420p10le")
    recipe, got = published_patches(tools, write_film(make_video, tmp_path, film), tmp_path)
    meanings = {"linear": partial(colorimetry.in_bt709, linear=True), "smpte2084": tone_mapped}
    assert differences(got, as_shown(meanings[name]) if name in meanings else PATCHES) == {}
    assert assumed(recipe) == (name in ("log100", "log316", "smpte428"))


HDR10 = {
    "bt2020": Coded(partial(in_pq, matrix="bt2020nc", primaries="bt2020"), 9, 9, 16, "yuv420p10le"),
    "unsaid": Coded(partial(in_pq, matrix="bt2020nc", primaries="bt2020"), 2, 2, 16, "yuv420p10le"),
    "ictcp": Coded(partial(in_pq, primaries="bt2020"), 14, 9, 16, "yuv420p10le"),
    "bt709": Coded(partial(in_pq, matrix="bt709"), 1, 1, 16, "yuv420p10le"),
    "smpte428": Coded(partial(in_pq, matrix="bt2020nc", primaries="bt2020"), 9, 10, 16, "yuv420p10le"),
    "ipt-c2": Coded(partial(in_pq, matrix="bt2020nc", primaries="bt2020"), 15, 9, 16, "yuv420p10le"),
}


@pytest.mark.parametrize("name", sampled(HDR10, {"unsaid", "ictcp"}.__contains__, REST))
def test_pq_without_mastering_metadata(tools: Toolchain, make_video: Maker, tmp_path: Path, name: str) -> None:
    recipe, got = published_patches(tools, write_film(make_video, tmp_path, HDR10[name]), tmp_path)
    assert differences(got, as_shown(tone_mapped)) == {}
    assert assumed(recipe) == (name in ("smpte428", "ipt-c2"))
    assert WarningCode.HDR_TONE_MAPPED in recipe.warnings


NUMBERS = (range(18), (*range(13), 22, 23), range(20))
PAIRS = [tuple(random.Random(seed).choice(numbers) for numbers in NUMBERS) for seed in range(40)]


@pytest.mark.parametrize("names", sampled(PAIRS, PAIRS[:1].__contains__, REST))
@pytest.mark.parametrize("zscale", sampled([True, False], bool, REST))
def test_any_names_together_become_a_film(
    tools: Toolchain, make_video: Maker, tmp_path: Path, names: tuple[int, int, int], zscale: bool
) -> None:
    film = Coded(to_yuv("bt709"), *names, pix_fmt=random.Random(str(names)).choice(["yuv420p", "yuv444p10le"]))
    if names[0] == 0:
        film = replace(film, pix_fmt="yuv420p")  # in 4:4:4 the name is true, and the patches are none
    able = tools if zscale else replace(tools, filters=tools.filters - {"zscale"})
    recipe, got = published_patches(able, write_film(make_video, tmp_path, film), tmp_path)
    grey = got[PATCHES.index(GREY)]
    assert max(grey) - min(grey) < NEAR_GREY, (recipe.picture, recipe.reasons[-1])


NEAR_GREY = 14  # whatever the names mean, grey is grey


@pytest.mark.parametrize("zscale", sampled([True, False], bool, REST))
def test_no_name_on_a_frame_stops_the_filters(tools: Toolchain, zscale: bool) -> None:
    """Also those that no header can carry, and a header that says nothing of them."""
    if zscale and not tools.supports_zscale:
        pytest.skip("no zscale")
    top = Rung("h264", 64, 48, fps=10)  # type: ignore[arg-type]
    able = replace(tools, filters=frozenset({"zscale", "tonemap"} if zscale else ()))
    foreign = picture_transform(video(160, 90, pix_fmt="yuv410p", chroma="410", colour=Colour("", "smpte432")), able)
    plain = picture_transform(video(160, 90, colour=Colour()), able)
    names = {"colorspace": MATRICES, "color_primaries": PRIMARIES, "color_trc": TRANSFERS, "range": RANGES}
    for option, values in names.items():
        outputs = []
        for place, (name, transform) in enumerate(product(values, (plain, foreign))):
            # Each its own input: ffmpeg-python takes two that read alike for one.
            frames = ffmpeg.input(f"testsrc2=size=160x90:rate=10:duration=0.{20 + place}", f="lavfi")
            # yuv410p needs a conversion before zscale, which inserts a `scale` of its own.
            named = frames.filter("format", "yuv410p").filter("setparams", **{option: name})
            made = to_bt709(neutral_colours(named, transform), transform, top, "bicubic")
            outputs.append(OutputFile((made,), "-", {"f": "null"}))
        for first in range(0, len(outputs), 8):  # more at once need more memory than a command may have
            some = outputs[first : first + 8]
            process.run_process(ProcessCommand(compile_argv(able, some, progress=False)))
    assert assumed_colours(video(colour=Colour("", "vgamut", "vlog")), plain) == ("primaries vgamut", "transfer vlog")
