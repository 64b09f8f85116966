"""Sizes of pictures are public; what the camera wrote into the original is not."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import ExifTags, Image

from home.models import Picture

# Wagtail leaves the buffer it draws a size in to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


@pytest.fixture
def picture(archive):
    """A photograph that says where it was taken, lying on its side."""
    cache.clear()  # Wagtail keeps sizes there by the picture's key, which the test before had too
    data, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "Said by the camera"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 37.0, 48.0)
    Image.new("RGB", (800, 600), "#ff5a36").save(data, "JPEG", exif=exif, comment=b"Said by the camera")
    return Picture.objects.create(title="Square", width=800, height=600, file=ImageFile(data, name="square.jpg"))


@pytest.mark.parametrize("size", ["max-165x165", "original", "width-480|format-webp", "width-480|format-png"])
def test_no_size_says_where_it_was_taken(client, picture, size):
    response = client.get(picture.get_rendition(size).url)
    body = b"".join(response.streaming_content)
    with Image.open(io.BytesIO(body)) as shown:
        assert (dict(shown.getexif()), shown.height > shown.width) == ({}, True)
    assert b"Said by the camera" not in body


def test_pictures_are_sent_from_here_whoever_sends_the_films(client, picture, settings):
    settings.MEDIA_ACCEL = "/protected/"
    response = client.get(picture.get_rendition("width-480|format-webp").url)
    assert (response.get("X-Accel-Redirect"), b"".join(response.streaming_content)[8:12]) == (None, b"WEBP")


def test_a_name_no_database_can_hold_is_unknown(client, archive):
    assert client.get("/uploads/images/%00.webp").status_code == 404


def drawn(kind: str, name: str) -> ImageFile:
    data = io.BytesIO()
    Image.new("RGB", (800, 600), "#ff5a36").save(data, kind)
    return ImageFile(data, name=name)


def test_only_renditions_have_an_address(client, picture):
    made = picture.renditions.create(
        filter_spec="width-800|format-webp", width=800, height=600, file=drawn("WEBP", "s.webp")
    )
    response = client.get(made.url)
    assert (response.status_code, response["Content-Type"], len(b"".join(response.streaming_content)) > 0) == (
        200, "image/webp", True,
    )  # fmt: skip
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
    assert client.get("/uploads/../secret_key").status_code == 404
    client.force_login(get_user_model().objects.create_user("somebody"))
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
