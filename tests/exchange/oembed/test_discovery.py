"""The head of a clip's page: where machines find its oEmbed, and what link cards are told, each thing once."""

import json
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from home.models import ClipPage
from media_pipeline.models import Clip
from tests import sampling
from tests.home import archive as building
from tests.home.recording import recorded

HOST = "http://testserver"
TITLE = 'Ça "suffit" <b>&amp; basta</b>'

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """``links`` and ``metas`` of a page's head, as attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.metas: list[tuple[str, str]] = []
        self.feed(text.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "link":
            self.links.append(said)
        if tag == "meta" and ("property" in said or "name" in said):
            self.metas.append((str(said.get("property") or said.get("name")), str(said.get("content"))))

    @property
    def oembed(self) -> dict[str, str]:
        """Type to address of the discovery links."""
        return {str(link["type"]): str(link["href"]) for link in self.links if "oembed" in str(link.get("type"))}


def head(client, path: str, **options) -> Head:
    response = client.get(path, **options)
    assert response.status_code == 200
    return Head(response.content.decode())


@pytest.fixture
@recorded
def page(archive) -> ClipPage:
    clip = building.ready_clip(public_id="abcdefghijk")
    facts = {"headline_de": "Es reicht", "summary_en": "About it.", "slug": "basta"}
    return archive.clip_page(archive.city(), clip, headline=TITLE, **facts)


def in_language(page: ClipPage, code: str) -> str:
    return page.get_url().replace("/en/", f"/{code}/", 1)


@pytest.mark.parametrize("code", sampling.languages(dict(settings.LANGUAGES)))
def test_every_language_leads_to_its_own_answer(client, page, code):
    path = in_language(page, code)
    found = head(client, path).oembed
    assert list(found) == ["application/json+oembed", "text/xml+oembed"]
    for kind, address in found.items():
        assert address.startswith(f"{HOST}/oembed?")
        query = {"url": [HOST + path], "format": [kind.partition("/")[2].removesuffix("+oembed")]}
        assert parse_qs(urlsplit(address).query) == query
        assert client.get(address.removeprefix(HOST)).status_code == 200
    said = json.loads(client.get(found["application/json+oembed"].removeprefix(HOST)).content)
    assert said["title"] == ("Es reicht" if code == "de" else TITLE)
    assert f"lang={code}" in said["html"]


def test_links_are_named_after_the_clip(client, page):
    links = [link for link in head(client, page.get_url()).links if "oembed" in str(link.get("type"))]
    assert [(link["rel"], link["title"]) for link in links] == [("alternate", TITLE)] * 2


def test_the_second_of_the_address_stays_in_the_answer(client, page):
    found = head(client, page.get_url() + "?t=42&cc=de&other=1").oembed
    said = json.loads(client.get(found["application/json+oembed"].removeprefix(HOST)).content)
    assert 'embed/abcdefghijk/?lang=en&amp;cc=de&amp;start=42"' in said["html"]


def test_link_cards_get_a_video(client, page):
    metas = head(client, page.get_url()).metas
    video = f"{HOST}/embed/abcdefghijk/?lang=en"
    assert [(name, value) for name, value in metas if name.startswith(("og:", "twitter:", "video:"))] == [
        ("og:site_name", "Polyphony"),
        ("og:title", TITLE),
        ("og:description", "About it."),
        ("og:image", f"{HOST}/media/abcdefghijk/{building.KEY}/poster-1-640.jpg"),
        ("og:url", HOST + page.get_url()),
        ("og:image:width", "640"),
        ("og:image:height", "360"),
        ("og:image:alt", f"A picture from the clip “{TITLE}”"),
        ("og:type", "video.other"),
        ("og:video:url", video),
        ("og:video:type", "text/html"),
        ("og:video:width", "720"),
        ("og:video:height", "405"),
        ("video:duration", "102"),
        ("twitter:card", "player"),
        ("twitter:player", video),
        ("twitter:player:width", "720"),
        ("twitter:player:height", "405"),
    ]
    assert len({name for name, _value in metas if "theme-color" not in name}) == len(metas) - 2


def test_a_secure_address_is_named_where_there_is_one(client, page, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    metas = dict(head(client, page.get_url(), secure=True).metas)
    video = "https://testserver/embed/abcdefghijk/?lang=en"
    assert (metas["og:video:url"], metas["og:video:secure_url"], metas["twitter:player"]) == (video, video, video)


def test_the_embed_page_that_is_named_answers(client, page):
    metas = dict(head(client, page.get_url()).metas)
    response = client.get(metas["og:video:url"].removeprefix(HOST))
    assert (response.status_code, response["Content-Language"]) == (200, "en")


@pytest.mark.parametrize("code", ["ar", "de", "pl"])
def test_numbers_are_machines_numbers_in_every_language(client, page, code):
    metas = dict(head(client, in_language(page, code)).metas)
    assert (metas["og:video:width"], metas["video:duration"], metas["og:image:height"]) == ("720", "102", "360")


def test_a_portrait_is_announced_as_one(client, page):
    page.clip.poster.width, page.clip.poster.height, page.clip.poster.widths = 1080, 1920, [360, 1080]
    page.clip.poster.save()
    metas = dict(head(client, page.get_url()).metas)
    assert (metas["og:video:width"], metas["og:video:height"]) == ("405", "720")
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1080", "1920")


def test_a_clip_without_a_poster_promises_no_picture(client, page):
    Clip.objects.update(poster=None)
    names = [name for name, _value in head(client, page.get_url()).metas]
    assert [name for name in names if name.startswith("og:image")] == []
    assert "og:video:url" in names


def says_nothing(found: Head) -> None:
    assert found.oembed == {}
    assert [name for name, _value in found.metas if name.startswith(("og:video", "twitter:", "og:type"))] == []


def test_a_clip_in_the_making_promises_nothing(client, page):
    Clip.objects.update(package=None, state=Clip.State.ENCODING)
    says_nothing(head(client, page.get_url()))


def test_a_page_behind_a_password_promises_nothing_even_to_those_inside(client, page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    response = client.get(page.get_url())
    assert TITLE.partition('"')[0] in response.content.decode()
    says_nothing(Head(response.content.decode()))


def test_a_preview_promises_nothing(page):
    response = page.make_preview_request(preview_mode="en")
    text = response.content.decode()
    assert "poster-1-640" in text
    says_nothing(Head(text))


def test_other_pages_promise_nothing(client, page):
    says_nothing(head(client, page.get_parent().specific.get_url()))
