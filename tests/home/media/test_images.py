"""Sizes of pictures are as public as the pages that use them; what the camera wrote into the original is not."""

import io

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import ReferenceIndex

from home.access.roles import sync_city_roles
from home.models import CityPage, Picture
from tests.home.archive import person_in
from tests.home.images.test_cleaning import halves, saved, told_by_camera

# Wagtail leaves the buffer it draws a size in to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning"),
    pytest.mark.usefixtures("reference_indexed"),
    pytest.mark.postgres,
]


@pytest.fixture
def picture(archive):
    """A photograph that says where it was taken, lying on its side, on the page of a city."""
    cache.clear()  # Wagtail keeps sizes there by the picture's key, which the test before had too
    data = saved(halves(size=(800, 600)), "JPEG", exif=told_by_camera(6), comment=b"Said by the camera")
    file = ContentFile(data, name="square.jpg")
    picture = Picture.objects.create(title="Square", width=800, height=600, file=file)
    archive.city("Lille", picture=picture)
    return picture


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


def test_a_size_costs_two_questions(client, picture, django_assert_num_queries):
    url = picture.get_rendition("width-480|format-webp").url
    b"".join(client.get(url).streaming_content)  # content types are asked for once
    with django_assert_num_queries(2):
        answer = client.get(url)
    assert (b"".join(answer.streaming_content)[8:12], answer["Cache-Control"]) == (b"WEBP", "private, max-age=86400")


def test_a_picture_that_no_page_shows_is_for_those_who_work_with_it(client, picture, archive, admin_user):
    """Unused, or in a text that is not published yet."""
    CityPage.objects.update(picture=None)
    draft = CityPage.objects.get()
    draft.picture = picture
    draft.save_revision()
    url = picture.get_rendition("width-480|format-webp").url
    assert client.get(url).status_code == 404
    client.force_login(person_in())
    assert client.get(url).status_code == 404
    editors = sync_city_roles(draft)["editor"]
    client.force_login(person_in(editors, name="jan"))
    assert client.get(url).status_code == 404  # it belongs to the archive
    Picture.objects.update(collection=draft.collection)
    mine = client.get(url)
    assert (b"".join(mine.streaming_content)[8:12], mine["Cache-Control"]) == (b"WEBP", "private, no-store")


def test_a_picture_in_any_language_of_a_text_is_shown(client, picture, archive):
    CityPage.objects.update(picture=None)
    ReferenceIndex.remove_references_to(picture)
    url = picture.get_rendition("width-480|format-webp").url
    assert client.get(url).status_code == 404
    body = [("picture", {"picture": picture, "alt": "", "caption": ""})]
    archive.standard("About", original_language="ca", body_uk=body)
    assert b"".join(client.get(url).streaming_content)[8:12] == b"WEBP"


def test_only_renditions_have_an_address(client, picture):
    response = client.get(picture.get_rendition("width-800|format-webp").url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert len(b"".join(response.streaming_content)) > 0
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
    assert client.get("/uploads/../secret_key").status_code == 404
    client.force_login(person_in())
    assert client.get(f"/uploads/{picture.file.name}").status_code == 404
