"""Addresses without a language: the short link, health, robots, the sitemap, uploaded pictures."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import PageViewRestriction

from home.models import Picture
from home.views import health
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
    withdrawn, unpublished, draft = (
        archive.clip_page(city),
        archive.clip_page(city),
        archive.clip_page(city, live=False),
    )
    api.withdraw_clip(withdrawn.clip)
    unpublished.unpublish()
    found = [
        client.get(short(page.clip), headers={"Accept-Language": "tr"}) for page in (withdrawn, unpublished, draft)
    ]
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


def test_health_says_what_is_degraded(client, db, files):
    found = client.get("/healthz")
    facts = found.json()
    assert (found.status_code, found["Cache-Control"]) == (200, "no-store")
    assert facts["ok"] is (facts["problems"] == [])
    assert {"database", "ffmpeg", "sandbox", "free_bytes", "queue_age_s"} <= set(facts)


def test_health_without_a_database_is_503(client, monkeypatch):
    from django.db import OperationalError

    def broken():
        raise OperationalError("no such host")

    monkeypatch.setattr(health.api, "health", broken)
    found = client.get("/healthz")
    assert (found.status_code, found.json()["ok"]) == (503, False)
    assert "no such host" not in found.content.decode()


def test_robots_are_kept_out_of_the_editors_rooms(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def sitemap(client) -> str:
    return b"".join(client.get("/sitemap.xml").streaming_content).decode()


def test_the_sitemap_lists_each_real_translation(client, clip_page):
    clip_page.headline_pl = "Wolne miejsce"
    clip_page.save_revision().publish()
    path = clip_page.get_url().removeprefix("/en")
    entry = re.findall(rf"<url><loc>([^<]*{path})</loc>.*?</url>", sitemap(client))
    assert entry == [f"http://testserver/en{path}", f"http://testserver/pl{path}"]
    assert f'hreflang="x-default" href="http://testserver/en{path}"' in sitemap(client)


def test_the_sitemap_leaves_out_what_is_not_public(client, archive):
    city = archive.city("Open")
    hidden = archive.city("Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="open sesame")
    draft, failed = archive.clip_page(city, live=False), archive.clip_page(city, new_clip(state=Clip.State.FAILED))
    text = sitemap(client)
    assert city.get_url() in text
    assert [page for page in (hidden, draft, failed) if page.get_url() in text] == []


@pytest.fixture
def picture(archive):
    return Picture.objects.create(title="Square", width=800, height=600, file=drawn("JPEG", "square.jpg"))


def drawn(kind: str, name: str) -> ImageFile:
    data = io.BytesIO()
    Image.new("RGB", (800, 600), "#ff5a36").save(data, kind)
    return ImageFile(data, name=name)


def test_only_sizes_of_a_picture_have_an_address(client, picture):
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
