"""A database that is away or locked: a page in the reader's language with what was typed, and one line in the log."""

import logging
import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from campaign_site.outage_lines import WithoutOutages
from home.models import StandardPage
from media_pipeline.models import Clip, Master
from tests.database_outages import database_outage_of_tests
from tests.home.editing.desk import add_url, filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAGE = {"Accept": "text/html"}
LOGGER = "media_pipeline.database_outage"


@pytest.fixture
def outage(archive):
    with database_outage_of_tests() as outage:
        yield outage


@pytest.fixture
def visitor():
    """A browser that shows what the site answers to an exception."""
    return Client(raise_request_exception=False, headers=PAGE)


@pytest.fixture
def admin(visitor):
    visitor.force_login(get_user_model().objects.create_superuser("admin", "admin@example.org", "correct horse"))
    return visitor


def said(response):
    """The sentences of a page."""
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def resent(client, response):
    """Press the button of the page: send what it holds, as a browser does."""
    html = response.content.decode()
    action = unescape(re.search(r'<form method="post" action="([^"]+)"', html).group(1))
    data = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html):
        data.setdefault(unescape(name), []).append(unescape(value))
    return client.post(action, data)


def assert_is_busy(response):
    retry_after = {"sqlite": "5", "postgresql": "30"}[connection.vendor]
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, retry_after, "no-store")


def sign_in(client):
    return client.post(reverse("wagtailadmin_login"), {"username": "admin", "password": "correct horse"})


def test_signing_in_meets_a_page_that_keeps_no_password(visitor, outage):
    get_user_model().objects.create_superuser("admin", "admin@example.org", "correct horse")
    outage.begin()
    response = sign_in(visitor)
    assert_is_busy(response)
    assert "The site is busy" in said(response)
    assert [words in response.content.decode() for words in ("correct horse", "<form")] == [False, False]
    outage.end()
    assert sign_in(visitor).status_code == 302


def test_a_page_that_could_not_be_saved_is_sent_again_with_all_that_was_typed(admin, archive, outage):
    sent = filled(StandardPage, original_language="de", headline_de='"Kopf" & <Fuß>', slug="kopf")
    outage.begin()
    response = admin.post(add_url(archive.home, StandardPage), sent | {"action-publish": "1"})
    assert_is_busy(response)
    assert "What you typed is still here." in said(response)
    outage.end()
    assert StandardPage.objects.filter(slug="kopf").exists() is False
    assert resent(admin, response).status_code == 302
    assert StandardPage.objects.get(slug="kopf").headline_de == '"Kopf" & <Fuß>'


def test_what_the_page_editor_saves_by_itself_is_refused_as_json(admin, archive, outage):
    url = add_url(archive.home, StandardPage)
    outage.begin()
    response = admin.post(url, filled(StandardPage, headline_de="Kopf"), headers={"Accept": "application/json"})
    assert_is_busy(response)
    assert response.json() == {
        "success": False,
        "error_code": "unavailable",
        "error_message": "Please try again in a minute.",
    }


def test_an_upload_that_could_not_be_stored_leaves_nothing_and_asks_for_the_file(admin, archive, outage, settings):
    city = archive.city()
    sent = {"title": "A clip", "spoken_language": "de", "city": city.pk}
    outage.begin()
    response = admin.post(
        reverse("clips:add"), sent | {"file": SimpleUploadedFile("a.mp4", b"x" * 5_000_000, "video/mp4")}
    )
    assert_is_busy(response)
    assert "choose your files again" in said(response)
    outage.end()
    assert (Clip.objects.count(), Master.objects.count()) == (0, 0)
    if connection.vendor == "sqlite":  # there one can still see that no row names the file
        masters = Path(settings.STORAGES["masters"]["OPTIONS"]["location"])
        assert [path for path in masters.rglob("*") if path.is_file()] == []


def test_a_clip_that_could_not_be_withdrawn_can_be_in_a_minute(admin, clip_page, outage):
    url = reverse("clips:withdraw", args=[clip_page.clip.pk])
    outage.begin()
    response = admin.post(url, {"reason": "somebody asked"})
    assert_is_busy(response)
    outage.end()
    assert Clip.objects.get().state == "READY"
    assert resent(admin, response).status_code == 302
    assert Clip.objects.get().state == "WITHDRAWN"


def test_the_password_of_a_page_can_be_entered_again(visitor, clip_page, outage):
    restriction = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password="sesame")
    url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, clip_page.pk])
    sent = {"password": "sesame", "return_url": clip_page.get_url()}
    outage.begin()
    assert_is_busy(visitor.post(url, sent))
    outage.end()
    assert visitor.post(url, sent).status_code == 302


def test_the_answer_is_in_the_language_of_the_address_or_the_browser(visitor, admin, outage):
    outage.begin()
    response = visitor.post("/admin/login/", {"username": "a", "password": "b"}, headers={"Accept-Language": "de"})
    assert_is_busy(response)
    assert '<html lang="de"' in response.content.decode()


def test_reading_and_programs_get_one_line_while_postgresql_is_away(client, clip_page, outage):
    if connection.vendor == "sqlite":
        pytest.skip("what is locked can still be read")
    client.raise_request_exception = False
    public_id, address = clip_page.clip.public_id, clip_page.get_url()
    outage.begin()
    for path in (
        f"/media/{public_id}/master.m3u8",
        f"/oembed?url=http://testserver/c/{public_id}/",
        "/sitemap.xml",
        f"/c/{public_id}/",
    ):
        response = client.get(path)
        assert_is_busy(response)
        assert response.content == b"Please try again in a minute.\n"
    framed = client.get(f"/embed/{public_id}/", headers=PAGE)
    assert_is_busy(framed)
    assert ("X-Frame-Options" in framed, "frame-ancestors * file:" in framed["Content-Security-Policy"]) == (
        False,
        True,
    )
    page = client.get(f"/fr{address[3:]}", headers=PAGE)
    assert_is_busy(page)
    assert '<html lang="fr"' in page.content.decode()
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (503, {"ok": False})


def test_an_outage_is_one_line_and_no_traceback_however_many_ask(visitor, outage, caplog):
    get_user_model().objects.create_superuser("admin", "admin@example.org", "correct horse")
    outage.begin()
    for _visitor in range(5):
        assert_is_busy(sign_in(visitor))
        visitor.get("/healthz")
    told = [record for record in caplog.records if WithoutOutages().filter(record)]
    assert [(record.name, record.levelname) for record in told] == [(LOGGER, "ERROR")]


def test_a_fault_of_ours_is_still_a_traceback():
    try:
        raise ValueError("a fault")
    except ValueError as fault:
        facts = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Internal Server Error: /", (), facts)
    assert WithoutOutages().filter(record) is True
