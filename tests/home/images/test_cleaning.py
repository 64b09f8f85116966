"""Images are encoded afresh: what the eye sees stays, what was hidden goes, and what is no picture is refused."""

import contextlib
import io
import os
import struct
import subprocess
import sys
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageCms

from home.images import cleaning
from home.images.cleaning import CleanedImage
from home.images.open_image import ImageError
from home.images.reencode import reencode_image
from home.models import Picture
from home.upload_errors import FileCode, RefusedFileError
from tests.home.images.hostile_pictures import HOSTILE_PICTURES

PROJECT = Path(__file__).resolve().parents[3]


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(mode="RGB", size=(64, 32)):
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, "#d01020")
    picture.paste("#1020d0", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def clean_image(data):
    """What the process with limits does, without the process."""
    facts, image = reencode_image(data)
    return CleanedImage(image, **facts)


def seen(clean: CleanedImage):
    with Image.open(io.BytesIO(clean.data)) as picture:
        picture.load()
        return picture


def refused(data):
    with pytest.raises(ImageError) as refusal:
        clean_image(data)
    return refusal.value.args[0]


def told_by_camera(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "Said by the camera"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 37.0, 48.0)
    return exif


@pytest.mark.parametrize(
    ("kind", "ending", "mime"), [("JPEG", "jpg", "jpeg"), ("PNG", "png", "png"), ("WEBP", "webp", "webp")]
)
def test_nothing_of_the_camera_and_nothing_behind_the_image_is_kept(kind, ending, mime):
    comment = {"comment": b"Said by the camera"} if kind == "JPEG" else {}
    data = saved(halves(), kind, exif=told_by_camera(), **comment)
    assert b"Said by the camera" in data
    clean = clean_image(data + b"<script>alert(1)</script>")
    assert (clean.extension, clean.content_type, clean.width, clean.height) == (ending, f"image/{mime}", 64, 32)
    assert (dict(seen(clean).getexif()), b"Said by the camera" in clean.data) == ({}, False)
    assert b"<script>" not in clean.data
    left, right = (seen(clean).convert("RGB").getpixel((x, 16)) for x in (8, 56))
    assert (left[0] > 150 > left[2], right[2] > 150 > right[0]) == (True, True)


def test_it_is_turned_before_the_note_that_says_so_is_gone():
    clean = clean_image(saved(halves(), "JPEG", exif=told_by_camera(orientation=6)))
    top, bottom = (seen(clean).getpixel((16, y)) for y in (8, 56))
    assert ((clean.width, clean.height), top[0] > 150, bottom[2] > 150) == ((32, 64), True, True)


def test_a_note_nobody_can_read_turns_nothing_and_harms_nothing(tmp_path):
    """In a process of its own: what is a warning here depends on the filters, and pytest has others."""
    data = saved(halves(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40)
    (tmp_path / "odd.jpg").write_bytes(data)
    code = (
        "import pathlib, sys, django; django.setup()\n"
        "from home.images.reencode import reencode_image\n"
        "found, _image = reencode_image(pathlib.Path(sys.argv[1]).read_bytes()); print(found['width'], found['height'])"
    )
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "campaign_site.settings.test"}
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "odd.jpg"], cwd=PROJECT, env=settings, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("64 32\n", "")


@pytest.mark.parametrize(
    ("mode", "kind", "becomes"),
    [
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("P", "PNG", "RGB"),
        ("1", "PNG", "L"),
        ("LA", "PNG", "RGBA"),
        ("RGBA", "PNG", "RGBA"),
    ],
)
def test_every_kind_of_colour_is_kept_in_a_usual_one(mode, kind, becomes):
    picture = halves(mode)
    found = seen(clean_image(saved(picture, kind)))
    assert found.mode == becomes
    was, now = (p.convert("RGB").getpixel((8, 16)) for p in (picture, found))
    assert max(abs(a - b) for a, b in zip(was, now, strict=True)) < 12


def test_grey_in_sixteen_bits_keeps_its_brightness():
    picture = Image.new("I;16", (32, 32), 0x8000)
    assert seen(clean_image(saved(picture, "PNG"))).getpixel((5, 5)) == 0x80


def test_a_picture_of_more_than_24_million_pixels_is_scaled_down_in_its_shape():
    clean = clean_image(saved(halves("L", size=(8000, 4000)), "PNG"))
    assert (clean.width, clean.height) == (6928, 3464)
    assert clean_image(saved(halves("L", size=(6000, 4000)), "PNG")).width == 6000


def test_a_clear_background_stays_clear():
    for kind in ("PNG", "WEBP"):
        assert seen(clean_image(saved(Image.new("RGBA", (64, 32), "#d0102000"), kind))).getpixel((3, 3))[3] == 0


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("profile", [SRGB, b"nonsense"], ids=["sRGB", "nonsense"])
def test_colours_of_a_profile_are_converted_to_srgb_and_the_profile_goes(profile):
    found = seen(clean_image(saved(halves(), "PNG", icc_profile=profile)))
    assert ("icc_profile" in found.info, found.getpixel((8, 16))) == (False, (0xD0, 0x10, 0x20))


@pytest.mark.parametrize(("kind", "becomes"), [("MPO", "JPEG"), ("WEBP", "WEBP")])
def test_of_several_pictures_and_of_a_moving_one_the_first_is_kept(kind, becomes):
    data = saved(halves(), kind, save_all=True, append_images=[Image.new("RGB", (64, 32))])
    clean = seen(clean_image(data))
    assert (clean.format, getattr(clean, "n_frames", 1)) == (becomes, 1)


def png(width, height, pixels=b""):
    """A PNG whose header says what it likes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FileCode.NOT_AN_IMAGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileCode.NOT_AN_IMAGE),
        (b"MZ" + b"x" * 200, FileCode.NOT_AN_IMAGE),
        (b"GIF89a" + b"x" * 200, FileCode.IMAGE_FORMAT),
        (b"II*\0" + b"x" * 200, FileCode.IMAGE_FORMAT),
        (b"%!PS-Adobe-3.0 EPSF", FileCode.IMAGE_FORMAT),
        (b"\xff\xd8\xff\xe0" + b"x" * 200, FileCode.IMAGE_DAMAGED),
        (png(65535, 65535), FileCode.IMAGE_DAMAGED),
        (png(20000, 20000, b"\0" * (20000 * 2501)), FileCode.IMAGE_TOO_LARGE),
        (png(9000, 9000, b"\0" * (9000 * 1126)), FileCode.IMAGE_TOO_LARGE),
        (png(9000, 900), FileCode.IMAGE_DAMAGED),
        (png(15, 200, b"\0" * 600), FileCode.IMAGE_TOO_SMALL),
        (saved(halves(size=(640, 480)), "JPEG")[:900], FileCode.IMAGE_DAMAGED),
        (saved(halves(size=(640, 480)), "PNG")[:300], FileCode.IMAGE_DAMAGED),
        (saved(halves(size=(640, 480)), "WEBP")[:60], FileCode.IMAGE_DAMAGED),
    ],
)
def test_refusals(data, code):
    assert refused(data) == code


def test_every_cut_and_every_flipped_byte_ends_in_a_picture_or_a_refusal():
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = saved(halves(), kind, exif=told_by_camera())
        for place in range(1, len(whole), 7):
            for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]):
                # Anything else that is raised would be a fault of ours.
                with contextlib.suppress(ImageError):
                    assert Image.open(io.BytesIO(clean_image(data).data)).format == kind


def test_the_web_process_gets_the_clean_image_or_the_reason_from_a_process_with_limits():
    clean = cleaning.clean_image(saved(halves(), "JPEG", exif=told_by_camera(6)))
    assert (clean.extension, clean.width, clean.height, seen(clean).format) == ("jpg", 32, 64, "JPEG")
    for data, code in ((b"", FileCode.FILE_EMPTY), (b"<svg/>", FileCode.NOT_AN_IMAGE)):
        with pytest.raises(RefusedFileError) as refusal:
            cleaning.clean_image(data)
        assert refusal.value.code == code


def test_a_process_may_use_seconds_and_two_gigabytes():
    limits = cleaning.REENCODING_LIMITS
    assert (limits.wall_s, limits.cpu_s, limits.memory_bytes, limits.stdout_bytes) == (45, 30, 2 << 30, 64 << 20)


@pytest.mark.parametrize("name", HOSTILE_PICTURES)
def test_pictures_made_to_hold_the_site_up_end_in_an_answer(name):
    code, make = HOSTILE_PICTURES[name]
    if code is None:
        clean = cleaning.clean_image(make())
        assert (seen(clean).info.get("exif"), len(clean.data) < 100_000) == (None, True)
        return
    with pytest.raises(RefusedFileError) as refusal:
        cleaning.clean_image(make())
    assert refusal.value.code == code


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_size_of_a_picture_is_read_without_decoding_it(kind):
    """Of a picture that ends where its pixels begin nothing can be decoded."""
    header = saved(Image.effect_noise((640, 480), 100).convert("RGB"), kind)[:2048]
    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(header)).load()
    picture = Picture(file=ContentFile(header, name="a"))
    assert (picture.width, picture.height) == (640, 480)


def test_two_uploads_are_inspected_at_a_time(settings, tmp_path):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"WORK_DIR": tmp_path}
    data, most, over = saved(halves(size=(2000, 2000)), "PNG"), [0], threading.Event()

    def count():
        while not over.wait(0.002):
            most[0] = max(most[0], len(list(tmp_path.glob("incoming/limited-*"))))

    counting = threading.Thread(target=count)
    counting.start()
    with ThreadPoolExecutor(6) as pool:
        sizes = list(pool.map(lambda _number: cleaning.clean_image(data).width, range(6)))
    over.set()
    counting.join()
    assert (sizes, most) == ([2000] * 6, [2])
