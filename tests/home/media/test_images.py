"""Sizes of pictures are public; what the camera wrote into the original is not."""

import io

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from home.models import Picture
from tests.home.archive import person_in
from tests.home.images.test_cleaning import halves, saved, told_by_camera

# Wagtail leaves the buffer it draws a size in to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


@pytest.fixture
def picture(archive):
    """A photograph that says where it was taken, lying on its side."""
    cache.clear()  # Wagtail keeps sizes there by the picture's key, which the test before had too
    data = saved(halves(size=(800, 600)), "JPEG", exif=told_by_camera(6), comment=b"Said by the camera")
    file = ContentFile(data, name="square.jpg")
    return Picture.objects.create(title="Square", width=800, height=600, file=file)


@pytest.mark.parametrize("size", ["max-165x165", "original", "width-480|format-webp", "width-480|format-png"])
def test_no_size_says_where_it_was_taken(client, picture, size):
    response = client.get(picture.get_rendition(size).url)
    body = b"".join(response.streaming_content)
    with Image.open(io.BytesIO(body)) as shown:
        assert (dict(shown.getexif()), shown.height > shown.width) == ({}, True)
    assert b"Said by the camera" not in body


def test_pictures_are_sent_from_here_whoever_sends_the_clips(client, picture, settings):
    settings.MEDIA_ACCEL = "/protected/"
    response = client.get(picture.get_rendition("width-480|format-webp").url)
    assert (response.get("X-Accel-Redirect"), b"".join(response.streaming_content)[8:12]) == (None, b"WEBP")


def test_a_name_no_database_can_hold_is_unknown(client, archive):
    assert client.get("/uploads/images/%00.webp").status_code == 404


def test_only_renditions_have_an_address(client, picture):
    response = client.get(picture.get_rendition("width-800|format-webp").url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert len(b"".join(response.streaming_content)) > 0
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
    assert client.get("/uploads/../secret_key").status_code == 404
    client.force_login(person_in())
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
