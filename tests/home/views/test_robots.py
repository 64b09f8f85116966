"""``/robots.txt``: crawlers leave out the admin and the media; link previews get their pictures."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from home import links
from tests.home.archive import put


def is_allowed(robots: str, path: str) -> bool:
    """What a crawler makes of it that keeps to RFC 9309: the longest rule counts, "*" stands for anything."""
    rules = [line.partition(": ") for line in robots.splitlines()]
    found = [
        (len(rule), name == "Allow")
        for name, _colon, rule in rules
        if name in ("Allow", "Disallow") and re.match(re.escape(rule).replace(r"\*", ".*"), path)
    ]
    return max(found)[1]


@pytest.fixture
def robots(client, db):
    return client.get("/robots.txt").content.decode()


def test_there_is_one_group_for_all_and_the_sitemap(robots):
    assert [line for line in robots.splitlines() if line.startswith(("User-agent", "Sitemap"))] == [
        "User-agent: *",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_every_picture_of_a_link_preview_may_be_fetched(client, clip_page, robots):
    clip = clip_page.clip
    put(clip, "poster-1-640.jpg", b"\xff\xd8\xff")
    meta = BeautifulSoup(client.get(clip_page.get_url()).content, "html.parser").find("meta", property="og:image")
    oembed = client.get("/oembed", {"url": f"http://testserver{links.permanent_url(clip)}"}).json()
    pictures = [meta["content"], oembed["thumbnail_url"]]
    assert [is_allowed(robots, picture.removeprefix("http://testserver")) for picture in pictures] == [True, True]
    assert {b"".join(client.get(picture).streaming_content)[:2] for picture in pictures} == {b"\xff\xd8"}
    assert is_allowed(robots, links.permanent_poster_url(clip, 640, "jpg"))


def test_the_rest_of_the_media_and_the_admin_are_left_out(clip_page, robots):
    clip = clip_page.clip
    left_out = [
        reverse("wagtailadmin_home"),
        links.playlist_url(clip),
        links.download_url(clip),
        links.storyboard_url(clip),
        reverse("media_file", args=[clip.public_id, clip.package.key, "720-h264.mp4"]),
    ]
    assert [path for path in left_out if is_allowed(robots, path)] == []
    assert is_allowed(robots, clip_page.get_url())
