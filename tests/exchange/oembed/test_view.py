"""oEmbed as machines ask for it: the answer byte by byte, its size, its language, and every no."""

import json
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core.cache import cache

from exchange.links import FrameSize
from exchange.oembed import provider
from home.i18n.languages import interface_languages
from home.models import CityPage, ClipPage
from media_pipeline.models import Caption, Clip, Poster
from tests.home import archive as building

GOLDEN = Path(__file__).parent / "golden"
ID = "abcdefghijk"
HOST = "http://testserver"
TITLE = 'Ça "suffit" <b>&amp; basta</b>, Αθήνα'

pytestmark = pytest.mark.django_db


def ask(client, url: str, path: str = "/oembed", **query: object):
    return client.get(f"{path}?{urlencode({'url': url, **query})}")


def told(client, url: str, **query: object) -> dict[str, object]:
    response = ask(client, url, **query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json; charset=utf-8")
    return json.loads(response.content)


def address(page: ClipPage, rest: str = "") -> str:
    return f"{HOST}/c/{page.clip.public_id}/{rest}"


def clip_page(archive, **values) -> ClipPage:
    city = archive.city("Lille", slug="lille", headline_de="Lille auf Deutsch")
    return archive.clip_page(city, building.ready_clip(public_id=ID), headline=TITLE, slug="basta", **values)


def shaped(page: ClipPage, width: int, height: int, *widths: int) -> None:
    Poster.objects.filter(pk=page.clip.poster_id).update(width=width, height=height, widths=list(widths))


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_the_answer_is_the_golden_one(client, archive, kind):
    clip_page(archive)
    golden = (GOLDEN / f"oembed.{kind}").read_text(encoding="utf-8")
    for path in ("/oembed", "/oembed/", f"/oembed.{kind}"):
        response = ask(client, f"{HOST}/c/{ID}/?t=42&cc=de&lang=en", path, format=kind, maxwidth=640)
        assert response.content.decode().replace(archive.cities.slug, "cities") == golden
    assert response["Content-Type"] == {"json": "application/json", "xml": "text/xml"}[kind] + "; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Content-Language"] == "en"
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_json_and_xml_say_the_same(client, archive):
    page = clip_page(archive)
    tree = ElementTree.fromstring(ask(client, address(page), format="xml").content)
    said = told(client, address(page))
    assert tree.tag == "oembed"
    assert {child.tag: child.text for child in tree} == {name: str(value) for name, value in said.items()}
    assert said["title"] == TITLE
    assert "<b>" not in str(said["html"])


def test_the_ending_of_the_path_wins(client, archive):
    response = ask(client, address(clip_page(archive)), "/oembed.xml", format="json")
    assert response["Content-Type"] == "text/xml; charset=utf-8"


def test_a_control_character_in_a_title_does_not_break_the_document():
    video = provider.OEmbedVideo(title="a\x0bb\ud800c", html="<iframe></iframe>", width=1, height=1)
    tree = ElementTree.fromstring(provider.oembed_xml(video))
    assert {child.tag: child.text for child in tree} == {
        "version": "1.0", "type": "video", "title": "abc", "cache_age": "3600", "html": "<iframe></iframe>",
        "width": "1", "height": "1",
    }  # fmt: skip


def test_every_address_of_a_clip_is_known(client, archive):
    page = clip_page(archive)
    embed = address(page).replace("/c/", "/embed/")
    titles = [
        told(client, url)["title"] for url in (address(page), address(page, "use/?lang=de"), embed, embed + "#t=0")
    ]
    assert titles == [TITLE] * 4


def test_the_page_in_each_language_answers_in_it(client, archive):
    page = clip_page(archive, headline_de="Es reicht")
    for code in interface_languages():
        path, city = (here.get_url().replace("/en/", f"/{code}/", 1) for here in (page, CityPage.objects.get()))
        response = ask(client, f"{HOST}{path}?t=5")
        said = json.loads(response.content)
        assert response["Content-Language"] == code
        assert said["title"] == ("Es reicht" if code == "de" else TITLE)
        assert said["author_name"] == ("Lille auf Deutsch" if code == "de" else "Lille")
        assert said["author_url"] == HOST + city
        assert f'src="{HOST}/embed/{ID}/?lang={code}&amp;start=5"' in said["html"]
    assert client.get(city).status_code == 200


def test_another_language_may_be_asked_for_than_that_of_the_path(client, archive):
    page = clip_page(archive, headline_de="Es reicht")
    assert told(client, HOST + page.get_url() + "?lang=de")["title"] == "Es reicht"
    assert "lang=en" in str(told(client, HOST + page.get_url() + "?lang=xx")["html"])


def test_without_a_language_the_machine_is_answered_in_its_own(client, archive):
    page = clip_page(archive, headline_de="Es reicht")
    response = client.get(f"/oembed?url={address(page)}", headers={"Accept-Language": "de"})
    said = json.loads(response.content)
    assert said["title"] == "Es reicht"
    assert f'src="{HOST}/embed/{ID}/"' in said["html"]  # whoever watches may prefer another one
    assert response["Vary"] == "Accept-Language"


WISHES = {
    "?t=42": "start=42",
    "?start=1:05&end=1:10": "start=65&amp;end=70",
    "#t=10,20": "start=10&amp;end=20",
    "?cc=off": "cc=off",
    "?autoplay=1": "autoplay=1",
    "?lang=ar&cc=ar&t=1m": "lang=ar&amp;cc=ar&amp;start=60",
    "?t=-5&end=x&lang=xx&cc=%22%3E": "",
    "?t=99999": "",
}


def test_what_the_address_asks_of_the_player_is_kept(client, archive):
    page = clip_page(archive)
    frames = {rest: str(told(client, address(page, rest))["html"]).split('"')[1] for rest in WISHES}
    assert frames == {rest: f"{HOST}/embed/{ID}/{'?' if query else ''}{query}" for rest, query in WISHES.items()}


WIDE, TALL, SQUARE = (1920, 1080), (1080, 1920), (720, 720)


@pytest.mark.parametrize(
    ("video", "limits", "size"),
    [
        (WIDE, ("", ""), (720, 405)),
        (WIDE, ("640", ""), (640, 360)),
        (WIDE, ("1280", ""), (1280, 720)),
        (WIDE, ("", "180"), (320, 180)),
        (WIDE, ("640", "180"), (320, 180)),
        (WIDE, ("320", "900"), (320, 180)),
        (TALL, ("", ""), (405, 720)),
        (TALL, ("360", "1000"), (360, 640)),
        (TALL, ("640", "640"), (360, 640)),
        (SQUARE, ("300", "400"), (300, 300)),
        (WIDE, ("100", ""), (100, 56)),
        (TALL, ("", "90"), (50, 90)),
        (WIDE, ("99999", ""), (1920, 1080)),
        (WIDE, (" 640px", ""), (640, 360)),
        *((WIDE, (text, text), (720, 405)) for text in ("0", "-5", "wide", "1e3", "6.5", "٣٢٠", "9" * 30)),
    ],
)
def test_the_frame_keeps_the_video_s_shape(video, limits, size):
    assert provider.fit_oembed_frame(*video, *map(provider.parse_pixels, limits)) == FrameSize(*size)


def test_the_limits_of_the_question_are_kept(client, archive):
    page = clip_page(archive)
    shaped(page, 1080, 1920, 320, 640)
    said = told(client, address(page), maxwidth=640, maxheight=640)
    assert (said["width"], said["height"]) == (360, 640)
    assert 'width="360" height="640"' in str(said["html"])
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (320, 569)


@pytest.mark.parametrize(
    ("limit", "widths", "expected"),
    [(640, (320, 640, 1280), 640), (639, (640, 320), 320), (1920, (320, 640), 640), (250, (320, 640), 320)],
)
def test_the_picture_is_one_that_exists(limit, widths, expected):
    assert provider.best_thumbnail_width(widths, FrameSize(limit, 1)) == expected


def test_the_picture_s_address_answers(client, archive):
    said = told(client, address(clip_page(archive)), maxwidth=400)
    response = client.get(str(said["thumbnail_url"]).removeprefix(HOST))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    b"".join(response.streaming_content)


def test_a_clip_without_a_poster_names_none(client, archive):
    page = clip_page(archive)
    Clip.objects.update(poster=None)
    said = told(client, address(page))
    assert [name for name in said if name.startswith("thumbnail")] == []
    assert (said["width"], said["height"]) == (720, 405)


def test_both_hosts_of_the_site_are_ours(client, archive, settings):
    settings.BASE_URL = "https://archive.example"
    settings.ALLOWED_HOSTS = ["testserver", "archive.example"]
    page = clip_page(archive)
    for host in ("http://testserver", "https://testserver:80", "https://archive.example", "http://archive.example"):
        status = ask(client, f"{host}/c/{page.clip.public_id}/").status_code
        assert (host, status) == (host, 404 if host == "https://testserver:80" else 200)


def test_head_is_a_get_without_its_body(client, archive):
    page = clip_page(archive)
    response = client.head(f"/oembed?url={address(page)}")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert client.head("/oembed").status_code == 400


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("by", ["id", "path"])
def test_few_questions_to_the_database(client, archive, number, by, django_assert_max_num_queries):
    city = archive.city()
    page = archive.clip_page(city, projects=[archive.project(f"P{place}", city) for place in range(number)])
    for code in ("el", "ar", "pl")[:number]:
        Caption.objects.create(clip=page.clip, language=code, cues=[[0, 1000, code, ""]])
    url = address(page, "?t=3&cc=el") if by == "id" else HOST + page.get_url()
    cache.clear()  # what Wagtail remembers of its sites is asked for as well
    with django_assert_max_num_queries(4):
        response = ask(client, url)
    assert response.status_code == 200
