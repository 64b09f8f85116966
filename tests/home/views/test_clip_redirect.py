"""The short link of a clip."""

from wagtail.models import PageViewRestriction

from media_pipeline import api
from media_pipeline.models import Clip
from tests.home.archive import new_clip


def short(clip: Clip) -> str:
    return f"/c/{clip.public_id}/"


def test_the_short_link_leads_to_the_page_in_the_visitors_language(client, clip_page):
    response = client.get(short(clip_page.clip), headers={"Accept-Language": "el,en;q=0.3"})
    assert (response.status_code, response["Location"]) == (302, clip_page.get_url().replace("/en/", "/el/"))
    assert (response["Vary"], dict(response.cookies)) == ("Accept-Language", {})


def test_the_short_link_survives_a_new_slug_and_leads_to_a_clip_in_the_making(client, archive):
    page = archive.clip_page(archive.city(), new_clip())
    page.slug = "another-name"
    page.save_revision().publish()
    assert client.get(short(page.clip))["Location"].endswith("/another-name/")


def test_the_short_link_says_what_is_gone_or_hidden_until_it_comes_back(client, archive):
    city = archive.city()
    pages = [archive.clip_page(city, live=live) for live in (True, True, True, False)]
    withdrawn, unpublished, restricted, _draft = pages
    api.withdraw_clip(withdrawn.clip)
    unpublished.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="password", password="open sesame")
    found = [client.get(short(page.clip), headers={"Accept-Language": "tr"}) for page in pages]
    assert [response.status_code for response in found] == [410, 410, 404, 404]
    assert all('<html lang="tr"' in response.content.decode() for response in found)
    assert client.get("/c/11111111111/").status_code == 404
    api.restore_clip(withdrawn.clip)
    assert client.get(short(withdrawn.clip)).status_code == 302
