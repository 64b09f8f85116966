"""Photographs of phones end as one plain picture: upright, in the colours of sRGB, with nothing else of the file."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageOps

from home.images import cleaning
from home.images.colour_profiles import profile_for_codes
from home.upload_errors import FileCode, RefusedFileError

PROJECT = Path(__file__).resolve().parents[3]
RED, GREEN, BLUE, WHITE = (208, 16, 32), (16, 160, 32), (16, 32, 208), (255, 255, 255)
UPRIGHT = [RED, GREEN, BLUE, WHITE]
# What is behind the picture or beside it: none of it may come out.
TRACES = (b"Said by the camera", b"Exif", b"xmpmeta", b"GPS", b"hdrgm", b"hdrgainmap", b"MPF", b"ICC_PROFILE", b"ftyp")
CHROMATICITIES = {
    "sRGB": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)),
    "Display P3": ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06)),
    "Adobe RGB": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)),
}


def kept(photographs: Path, name: str) -> Image.Image:
    with Image.open(photographs / f"{name}.kept") as image:
        image.load()
        return image


def quarters_of(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    places = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    places += [(width // 4, 3 * height // 4), (3 * width // 4, 3 * height // 4)]
    return [image.convert("RGB").getpixel(place) for place in places]


def are_near(found, wanted, most=5):
    return all(
        abs(a - b) <= most for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


def solved(rows, right):
    """Three linear equations, by Cramer's rule."""

    def determinant(m):
        return sum(
            m[0][i] * (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3]) for i in range(3)
        )

    def replaced(column):
        return [[right[r] if c == column else rows[r][c] for c in range(3)] for r in range(3)]

    return [determinant(replaced(column)) / determinant(rows) for column in range(3)]


def in_srgb(colour, space, linear):
    """The triple of sRGB for one of another space with the same white (D65), from chromaticities alone."""

    def matrix(name):
        columns = [(x / y, 1.0, (1 - x - y) / y) for x, y in CHROMATICITIES[name]]
        rows = [list(row) for row in zip(*columns, strict=True)]
        scale = solved(rows, (0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290))
        return [[value * s for value, s in zip(row, scale, strict=True)] for row in rows]

    light = [linear(part / 255) for part in colour]
    xyz = [sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix(space)]
    found = (min(max(part, 0.0), 1.0) for part in solved(matrix("sRGB"), xyz))
    return tuple(round(255 * (12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055)) for p in found)


def linear_of_srgb(code):
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4


P3_MIDDLE = in_srgb((200, 100, 50), "Display P3", linear_of_srgb)
ADOBE_MIDDLE = in_srgb((200, 100, 50), "Adobe RGB", lambda code: code ** (563 / 256))


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        *((name, "jpg") for name in ("heic", "heic portrait", "heic burst", "heic burst, last", "avif", "avif moving")),
        *((name, "jpg") for name in ("jpeg", "jpeg progressive", "jpeg CMYK")),
        *(("png interlaced", "png"), ("png moving", "png"), ("webp", "webp")),
    ],
)
def test_the_one_picture_is_kept_and_nothing_else(photographs, name, ending):
    facts = json.loads((photographs / f"{name}.json").read_text())
    assert (facts["extension"], facts["width"], facts["height"]) == (ending, 96, 64)
    image, data = kept(photographs, name), (photographs / f"{name}.kept").read_bytes()
    assert are_near(quarters_of(image), UPRIGHT)
    assert [trace for trace in TRACES if trace in data] == []
    assert (dict(image.getexif()), getattr(image, "n_frames", 1), len(image.info.get("xmp", b""))) == ({}, 1, 0)


@pytest.mark.parametrize(
    ("name", "traces"),
    [
        ("heic", {b"Said by the camera", b"xmpmeta"}),
        ("heic portrait", {b"Said by the camera", b"xmpmeta", b"hdrgainmap"}),
        ("avif", {b"Said by the camera", b"xmpmeta"}),
        ("jpeg Ultra HDR", {b"Said by the camera", b"xmpmeta", b"hdrgm", b"MPF", b"ICC_PROFILE"}),
    ],
)
def test_the_files_do_hold_what_is_then_gone(photographs, name, traces):
    assert {trace for trace in TRACES if trace in (photographs / name).read_bytes()} >= traces
    assert [trace for trace in TRACES if trace in (photographs / f"{name}.kept").read_bytes()] == []


@pytest.mark.parametrize("kind", ["heic", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_once(photographs, kind, orientation):
    """The encoders write both: boxes that turn the picture, and EXIF data that say the same."""
    exif, upright = Image.Exif(), Image.open(photographs / "png interlaced")
    exif[ExifTags.Base.Orientation] = orientation
    upright.info["exif"] = exif.tobytes()
    wanted = ImageOps.exif_transpose(upright)
    found = kept(photographs, f"{kind} orientation {orientation}")
    assert (found.size, are_near(quarters_of(found), quarters_of(wanted))) == (wanted.size, True)


def test_boxes_turn_it_whatever_the_exif_data_say(photographs):
    for name in ("heic turned by boxes", "heic turned by boxes and EXIF"):
        found = kept(photographs, name)
        assert (found.size, are_near(quarters_of(found), [WHITE, GREEN, BLUE, RED])) == ((64, 96), True)


@pytest.mark.parametrize("name", ["heic cropped", "avif cropped"])
def test_what_was_cut_off_stays_cut_off(photographs, name):
    found = kept(photographs, name)
    assert (found.size, are_near(quarters_of(found), [WHITE] * 4)) == ((32, 48), True)
    assert are_near([found.getpixel((0, 0)), found.getpixel((31, 47))], [WHITE] * 2, 12)


def test_tiles_are_joined_and_cut_to_size(photographs):
    found = kept(photographs, "heic grid")
    wanted = [in_srgb(colour, "Display P3", linear_of_srgb) for colour in UPRIGHT]
    assert (found.size, are_near(quarters_of(found), wanted)) == ((200, 150), True)
    assert are_near([found.getpixel((199, 149)), found.getpixel((0, 0))], [WHITE, wanted[0]])


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("heic 10 bit", (200, 100, 50)),
        ("heic 12 bit", (200, 100, 50)),
        ("avif 10 bit", (200, 100, 50)),
        ("avif 12 bit", (200, 100, 50)),
        ("png 16 bit middle", (200, 100, 50)),
        ("heic grey", (90, 90, 90)),
        ("heic P3 red", (255, 0, 0)),
        ("heic P3 middle", P3_MIDDLE),
        ("heic P3 by numbers", P3_MIDDLE),
        ("avif P3 middle", P3_MIDDLE),
        ("avif P3 by numbers", P3_MIDDLE),
        ("png palette P3 middle", P3_MIDDLE),
        ("png P3 by numbers", P3_MIDDLE),
        ("jpeg Adobe RGB middle", ADOBE_MIDDLE),
        ("jpeg Adobe RGB by camera", ADOBE_MIDDLE),
    ],
)
def test_colours_are_those_of_srgb(photographs, name, colour):
    assert are_near([kept(photographs, name).convert("RGB").getpixel((40, 40))], [colour], 2)


def test_the_gain_map_of_ultra_hdr_is_left_out_and_its_colours_are_converted(photographs):
    wanted = [in_srgb(colour, "Display P3", linear_of_srgb) for colour in UPRIGHT]
    assert are_near(quarters_of(kept(photographs, "jpeg Ultra HDR")), wanted, 8)


@pytest.mark.parametrize("kind", ["heic", "avif"])
def test_lights_beyond_paper_are_rolled_off_and_the_rest_stays(photographs, kind):
    dim, paper, lamp = (
        kept(photographs, f"{kind} PQ {name}").getpixel((40, 40))[0] for name in ("dim", "paper", "lamp")
    )
    straight = 50 / 203
    assert abs(dim - 255 * (1.055 * straight ** (1 / 2.4) - 0.055)) <= 2
    assert (215 <= paper <= 240, lamp) == (True, 255)


@pytest.mark.parametrize("kind", ["heic", "avif"])
def test_colours_of_hdr_are_those_of_srgb(photographs, kind):
    fifth = round(255 * (1.055 * 0.2 ** (1 / 2.4) - 0.055))
    assert are_near([kept(photographs, f"{kind} PQ red").getpixel((40, 40))], [(fifth, 0, 0)], 4)
    paper = [kept(photographs, f"{kind} {curve} paper").getpixel((40, 40)) for curve in ("HLG", "PQ")]
    assert are_near(paper[:1], paper[1:], 4)


def test_hdr_of_more_than_8_bits_shows_no_steps(photographs):
    one, two = (kept(photographs, f"heic PQ step {number}").getpixel((40, 40))[0] for number in (1, 2))
    assert 2 <= two - one <= 4


def test_numbers_that_mean_srgb_need_no_profile():
    assert [profile_for_codes(*codes) for codes in ((1, 13), (2, 2), (1, 1), (5, 6), (1, 200))] == [None] * 5


@pytest.mark.parametrize("name", ["heic clear", "avif clear"])
def test_a_clear_corner_stays_clear(photographs, name):
    image = kept(photographs, name)
    assert (image.format, image.getpixel((8, 8))[3], image.getpixel((90, 60))[3]) == ("WEBP", 0, 255)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0\0\0\x08wide", FileCode.IMAGE_IS_VIDEO),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", FileCode.IMAGE_IS_VIDEO),
        (b"\x1a\x45\xdf\xa3" + b"x" * 40, FileCode.IMAGE_IS_VIDEO),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1j2ki" + b"x" * 40, FileCode.IMAGE_FORMAT),
        (b"\0\0\0\x10ftypmif3heic\0\0\x4b\x1dmini" + b"x" * 40, FileCode.IMAGE_FORMAT),
        (b"\0\0\0\x10ftypnews\0\0\0\0\0\0\0\x40meta" + b"x" * 60, FileCode.IMAGE_FORMAT),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"x" * 200, FileCode.IMAGE_DAMAGED),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileCode.IMAGE_DAMAGED),
    ],
)
def test_the_film_of_a_live_photo_and_formats_nobody_shows_are_named(data, code):
    with pytest.raises(RefusedFileError) as refusal:
        cleaning.clean_image(data)
    assert refusal.value.code == code


WEB_PROCESS = """
import io, pathlib, sys, warnings
import django
django.setup()
import willow.plugins.pillow  # tries to load the reader of HEIC
from django.core.files.images import get_image_dimensions
from PIL import AvifImagePlugin, Image, UnidentifiedImageError
warnings.simplefilter("ignore")
data = pathlib.Path(sys.argv[1]).read_bytes()
try:
    Image.open(io.BytesIO(data)).load()
    print("opened")
except UnidentifiedImageError:
    print(get_image_dimensions(io.BytesIO(data)))
print(AvifImagePlugin.SUPPORTED, any(name in pathlib.Path("/proc/self/maps").read_text() for name in ("heif", "de265")))
"""


@pytest.mark.parametrize("name", ["heic", "avif"])
def test_the_web_process_has_no_decoder_of_heic_or_avif(photographs, name):
    """As it starts, before any test could have imported one; the same files are pictures in the process with limits."""
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "campaign_site.settings.test"}
    argv = [sys.executable, "-c", WEB_PROCESS, str(photographs / name)]
    ran = subprocess.run(argv, cwd=PROJECT, env=settings, capture_output=True, text=True)
    assert (ran.stdout.split("\n"), ran.stderr) == (["(None, None)", "False False", ""], "")
    with Image.open(io.BytesIO(cleaning.clean_image((photographs / name).read_bytes()).data)) as clean:
        assert are_near(quarters_of(clean), UPRIGHT)
