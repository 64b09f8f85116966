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


def test_the_short_link_survives_a_new_slug(client, clip_page):
    clip_page.slug = "another-name"
    clip_page.save_revision().publish()
    assert client.get(short(clip_page.clip))["Location"].endswith("/another-name/")


def test_the_short_link_of_a_clip_in_the_making_leads_to_its_page(client, archive):
    page = archive.clip_page(archive.city(), new_clip())
    assert client.get(short(page.clip))["Location"] == page.get_url()


def test_the_short_link_says_what_is_gone(client, archive):
    city = archive.city()
    pages = withdrawn, unpublished, _draft = [archive.clip_page(city, live=live) for live in (True, True, False)]
    api.withdraw_clip(withdrawn.clip)
    unpublished.unpublish()
    found = [client.get(short(page.clip), headers={"Accept-Language": "tr"}) for page in pages]
    assert [response.status_code for response in found] == [410, 410, 404]
    assert ['<html lang="tr"' in response.content.decode() for response in found] == [True, True, True]
    assert client.get("/c/11111111111/").status_code == 404


def test_a_clip_behind_a_password_has_no_short_link(client, clip_page):
    PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password="open sesame")
    assert client.get(short(clip_page.clip)).status_code == 404


def test_a_withdrawn_clip_comes_back(client, clip_page):
    api.withdraw_clip(clip_page.clip)
    api.restore_clip(clip_page.clip)
    assert client.get(short(clip_page.clip)).status_code == 302
