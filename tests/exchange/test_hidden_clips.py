"""A refused clip: a page in the language asked for, which no cache keeps and which sets no cookie."""

import pytest

from media_pipeline import api
from tests.exchange.oembed.test_lookup import refused
from tests.exchange.oembed.test_view import HOST, ask

ADDRESSES = [
    "/embed/{}/",
    *(f"/c/{{}}/{rest}" for rest in ("use/", "files/", "transcript/", "transcript.txt", "report/", "qr.svg", "qr.png")),
]


def refusals(client, public_id: str) -> set[tuple[int, str]]:
    """Status and caching at each address; no answer may set a cookie."""
    found = set()
    for address in ADDRESSES:
        response = client.get(address.format(public_id) + "?lang=el")
        assert response.cookies == {}
        if response["Content-Type"].startswith("text/html"):
            assert (response["Content-Language"], '<html lang="el"' in response.content.decode()) == ("el", True)
        found.add((response.status_code, response["Cache-Control"]))
    return found


@pytest.mark.parametrize(("withdraw", "status"), [(True, 410), (False, 404)])
def test_whoever_is_signed_in_is_told_no_more(client, admin_client, clip_page, withdraw, status):
    public_id = clip_page.clip.public_id
    if withdraw:
        api.withdraw_clip(clip_page.clip)
    else:
        type(clip_page).objects.update(live=False, first_published_at=None)
    assert refusals(client, public_id) == {(status, "no-store")}
    for visitor in (client, admin_client):
        for address in (f"/c/{public_id}/", f"/embed/{public_id}/", clip_page.get_url()):
            refused(ask(visitor, HOST + address), status)


def test_an_unknown_clip_is_not_found_anywhere(client, archive):
    assert refusals(client, "1" * 11) == {(404, "no-store")}
