"""Every no of oEmbed: short, the same for everybody, kept by nobody, and telling nothing of what is behind it."""

import pytest
from django.test import Client

from media_pipeline.models import Clip
from tests.exchange.oembed.test_view import HOST, ID, address, ask, clip_page
from tests.home import archive as building

pytestmark = pytest.mark.django_db

NO = {
    400: b"The url parameter is missing or is not a web address.\n",
    404: b"Not found.\n",
    410: b"No longer shown.\n",
    501: b"Only json and xml are supported.\n",
}


def refused(response, status: int) -> None:
    assert (response.status_code, response.content) == (status, NO[status])
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.cookies == {}


def test_400_without_an_address(client):
    refused(client.get("/oembed"), 400)
    refused(client.get("/oembed.xml?format=xml"), 400)
    for url in ("", "clip", "javascript:alert(1)", "/c/abcdefghijk/", "http://", "x" * 3000):
        refused(ask(client, url), 400)


def test_404_for_what_is_unknown_or_somebody_else_s(client, archive):
    page = clip_page(archive)
    for path in (f"/c/{'z' * 11}/", "/en/cities/lille/nothing/", "/en/", "/", page.get_parent().specific.get_url()):
        refused(ask(client, HOST + path), 404)
    refused(ask(client, f"https://elsewhere.example/c/{ID}/"), 404)


def test_501_for_another_format(client, archive):
    page = clip_page(archive)
    for kind in ("yaml", "JSON", "jsonp", "html"):
        refused(ask(client, address(page), format=kind), 501)


def test_a_withdrawn_clip_without_a_page_is_unknown(client, archive):
    clip = building.ready_clip()
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WITHDRAWN)
    refused(ask(client, f"{HOST}/c/{clip.public_id}/"), 404)


def test_other_methods_are_refused():
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(Client(enforce_csrf_checks=True), method)("/oembed")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_a_no_is_no_dearer(client, archive, django_assert_max_num_queries):
    """Three of them are Wagtail's, which looks at every 404 whether an editor has sent the address elsewhere."""
    for path in ("/c/zzzzzzzzzzz/", "/en/cities/lille/nothing/"):
        with django_assert_max_num_queries(6 + 3):
            assert ask(client, HOST + path).status_code == 404
    with django_assert_max_num_queries(3):
        assert ask(client, HOST + "/").status_code == 404
