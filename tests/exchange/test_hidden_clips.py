"""A clip that is not public: one answer at every address about it, in the language asked for, telling nothing of it."""

import pytest
from wagtail.models import PageViewRestriction

from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Clip
from tests.exchange.oembed.test_lookup import refused
from tests.exchange.oembed.test_view import HOST, ask

FRAME = "/embed/{}/"
ADDRESSES = [
    FRAME,
    *(f"/c/{{}}/{rest}" for rest in ("use/", "files/", "transcript/", "transcript.txt", "report/", "qr.svg", "qr.png")),
]
TITLE = "A title of its own"


def hide(page: ClipPage, how: str) -> None:
    if how == "withdrawn":
        api.withdraw_clip(page.clip)
    elif how == "unpublished":
        page.unpublish()
    elif how == "never published":
        ClipPage.objects.update(live=False, first_published_at=None)
    elif how == "in the making":
        Clip.objects.update(package=None, state=Clip.State.ENCODING)
    elif how == "without a page":
        Clip.objects.update(title=TITLE)
        page.delete()
    else:
        behind = page.get_parent() if how == "city's password" else page
        kind = "login" if how == "login" else "password"
        PageViewRestriction.objects.create(page=behind, restriction_type=kind, password="open sesame")


def refusals(client, public_id: str) -> dict[str, tuple[int, str]]:
    """Status and caching at each address; no answer may name the clip or set a cookie."""
    found = {}
    for address in ADDRESSES:
        response = client.get(address.format(public_id) + "?lang=el")
        assert TITLE not in response.content.decode()
        assert response.cookies == {}
        if response["Content-Type"].startswith("text/html"):
            assert (response["Content-Language"], '<html lang="el"' in response.content.decode()) == ("el", True)
        found[address] = response.status_code, response["Cache-Control"]
    return found


@pytest.mark.parametrize(
    # Status of its pages, of its frame (which waits for a video whose page exists), of oEmbed by id and by path.
    ("how", "page_status", "frame_status", "oembed_by_id", "oembed_by_path"),
    [
        ("withdrawn", 410, 410, 404, 404),
        ("unpublished", 410, 410, 404, 404),
        ("never published", 404, 404, 401, 404),
        ("in the making", 404, 410, 401, 401),
        ("password", 404, 404, 401, 401),
        ("login", 404, 404, 401, 401),
        ("city's password", 404, 404, 401, 401),
        ("without a page", 404, 404, 401, 404),
    ],
)
def test_a_hidden_clip_is_refused_everywhere(
    client, admin_client, archive, how, page_status, frame_status, oembed_by_id, oembed_by_path
):
    page = archive.clip_page(archive.city(), headline=TITLE)
    path, public_id = page.get_url(), page.clip.public_id
    hide(page, how)
    statuses = dict.fromkeys(ADDRESSES, (page_status, "no-store")) | {FRAME: (frame_status, "no-store")}
    assert refusals(client, public_id) == statuses
    for visitor in (client, admin_client):  # whoever is signed in is told no more
        for kind in ("json", "xml"):
            refused(ask(visitor, f"{HOST}/c/{public_id}/", format=kind), oembed_by_id)
            refused(ask(visitor, f"{HOST}/embed/{public_id}/", format=kind), oembed_by_id)
            refused(ask(visitor, HOST + path, format=kind), oembed_by_path)


def test_an_unknown_clip_is_not_found_anywhere(client, archive):
    assert refusals(client, "1" * 11) == dict.fromkeys(ADDRESSES, (404, "no-store"))


def test_a_public_clip_is_shown_everywhere(client, clip_page):
    assert {client.get(address.format(clip_page.clip.public_id)).status_code for address in ADDRESSES} == {200}
