"""QR codes of short links: what they say, how they are made for print, and who gets one."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from exchange.share import qr
from tests.exchange.share import zbar

pytestmark = pytest.mark.django_db


def address(page, ending: str = "png", query: str = "") -> str:
    return reverse("clip_qr", args=[page.clip.public_id, ending]) + query


@pytest.mark.parametrize(
    ("query", "behind"),
    [
        ("", ""),
        ("?t=42", "?t=42"),
        ("?t=1:02.5", "?t=62.5"),
        ("?t=42&lang=uk", "?t=42&lang=uk"),
        ("?lang=tlh", ""),
        ("?t=0", ""),
        ("?t=-3", ""),
        ("?t=99999", ""),
        ("?t=<script>", ""),
        ("?t=" + "9" * 400, ""),
    ],
)
def test_zbar_reads_the_short_link_with_its_second(client, clip_page, query, behind):
    response = client.get(address(clip_page, query=query))
    wanted = f"http://testserver/c/{clip_page.clip.public_id}/{behind}"
    assert zbar.codes(response.content) == [["ZBAR_QRCODE", wanted]]


@pytest.mark.parametrize(("query", "language", "moment"), [("?t=42&lang=uk", "uk", "#t=42"), ("?lang=tlh", "el", "")])
def test_the_short_link_leads_there(client, clip_page, query, language, moment):
    path = reverse("clip_redirect", args=[clip_page.clip.public_id]) + query
    response = client.get(path, headers={"Accept-Language": "el"})
    page = re.sub(r"^/[a-z]+/", f"/{language}/", clip_page.get_url())
    assert (response.status_code, response["Location"]) == (302, page + moment)


def test_the_picture_is_made_for_print(client, clip_page):
    """Four modules of white around 29 or more, at 24 pixels each; correction M as its format bits say."""
    with Image.open(io.BytesIO(client.get(address(clip_page)).content)) as opened:
        picture = opened.convert("1")
    modules, rest = divmod(picture.width, qr.PNG_SCALE)
    assert (picture.height, rest, (modules - 8 - 17) % 4) == (picture.width, 0, 0)
    quiet = 4 * qr.PNG_SCALE
    inside = picture.crop((quiet, quiet, picture.width - quiet, picture.height - quiet))
    assert picture.point(lambda value: 255 - value).getbbox() == (quiet, quiet, *[picture.width - quiet] * 2)
    bits = [inside.getpixel((column * 24 + 12, 8 * 24 + 12)) == 0 for column in (0, 1)]
    assert [bit ^ mask for bit, mask in zip(bits, (True, False), strict=True)] == [False, False]  # 00 is M


def test_the_drawing_says_where_it_leads_and_has_the_size_of_paper(client, clip_page):
    response = client.get(address(clip_page, "svg", "?t=42"))
    drawing = response.content.decode()
    side = int(re.search(r' width="(\d+)mm" height="\1mm" viewBox="0 0 \1 \1"', drawing)[1])
    ground = int(re.search(r'fill="#fff" d="M0 0h(\d+)v\1h-\1z"', drawing)[1])
    assert (side, ground * qr.SVG_SCALE) == (side, side)
    assert f"<title>http://testserver/c/{clip_page.clip.public_id}/?t=42</title>" in drawing
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/svg+xml", "nosniff")


@pytest.mark.parametrize(("ending", "kind"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_it_can_be_saved_under_a_name_that_tells(client, clip_page, ending, kind):
    shown = client.get(address(clip_page, ending))
    saved = client.get(address(clip_page, ending, "?t=3&save"))
    name = f'attachment; filename="polyphony-{clip_page.clip.public_id}-qr.{ending}"'
    assert (shown["Content-Type"], saved["Content-Type"]) == (kind, kind)
    assert ("Content-Disposition" in shown, saved["Content-Disposition"]) == (False, name)
    assert (saved["Cache-Control"], saved.cookies) == ("private, max-age=300", {})


def test_two_questions_to_the_database(client, clip_page, django_assert_num_queries):
    client.get(address(clip_page))
    with django_assert_num_queries(2):
        client.get(address(clip_page, query="?t=42"))


def test_it_is_only_asked_for(client, clip_page):
    assert client.post(address(clip_page)).status_code == 405
