"""Every kind of page, for every reader: it answers, says its language, and leaves nothing behind."""

import re

import pytest
from django.conf import settings as site_settings

from home import models
from media_pipeline import api
from media_pipeline.models import Clip
from tests.home import archive as building
from tests.home.archive import new_clip, theme
from tests.home.recording import recorded

pytestmark = pytest.mark.postgres

CODES = [code for code, _name in site_settings.LANGUAGES]


def in_language(page, code: str) -> str:
    return re.sub(r"^/[a-z]+/", f"/{code}/", page.get_url())


def html(client, path: str) -> str:
    response = client.get(path)
    assert (path, response.status_code) == (path, 200)
    return response.content.decode()


@pytest.fixture
@recorded
def every_page(archive):
    """One page of each kind, filled as far as its lists go."""
    city = archive.city("Lille", original_language="fr")
    other = archive.city("Leuven", country="BE", languages=["nl"], latitude=None, longitude=None)
    project = archive.project("LOUD", city, other)
    facts = {"themes": [theme("racism")], "projects": [project]}
    clip = archive.clip_page(city, headline="La place libre", original_language="fr", **facts)
    archive.clip_page(other, headline="De stoel", original_language="nl", **facts)
    city.contacts.set([models.CityContact(person=models.Person.objects.create(name="Placeholder", role_en="Contact"))])
    city.save()
    city_news = building._add(city, models.NewsIndexPage, "News of Lille")
    return {
        "home": archive.home,
        "cities": archive.cities,
        "city": city,
        "projects": archive.projects,
        "project": project,
        "clip": clip,
        "story": archive.story(city, "A story"),
        "news": archive.news,
        "city news": city_news,
        "piece of news": archive.news_page(city_news, "It begins", video=clip),
        "standard": archive.standard("Imprint", footer=True),
    }


def test_every_page_answers_in_every_language_whatever_the_cookie(client, every_page, languages):
    assert {type(page) for page in every_page.values()} == set(models.page_types())
    client.cookies["django_language"] = "de"
    for name, page in every_page.items():
        for code in languages:
            response = client.get(in_language(page, code))
            found = (name, code, response.status_code, dict(response.cookies), "Cookie" in response.get("Vary", ""))
            assert found == (name, code, 200, {}, False)
            direction = "rtl" if code in site_settings.LANGUAGES_BIDI else "ltr"
            assert f'<html lang="{code}" dir="{direction}">' in response.content.decode()


def test_a_text_in_another_language_says_so_and_its_original_is_the_canonical_address(client, every_page):
    original = in_language(every_page["clip"], "fr")
    page = html(client, in_language(every_page["clip"], "pl"))
    assert '<h1 lang="fr" dir="ltr">La place libre</h1>' in page
    assert f'<link rel="canonical" href="http://testserver{original}">' in page
    assert "<h1>La place libre</h1>" in html(client, original)


def test_hreflang_names_only_real_translations(client, every_page):
    clip = every_page["clip"]
    clip.headline_de = "Der freie Platz"
    clip.save_revision().publish()
    page = html(client, in_language(clip, "de"))
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    base = "http://testserver"
    wanted = [(code, base + in_language(clip, code)) for code in ("de", "fr")]
    assert found == [*wanted, ("x-default", base + in_language(clip, "fr"))]
    assert f'<link rel="canonical" href="{base}{in_language(clip, "de")}">' in page


def test_the_language_switch_stays_on_the_page(client, every_page):
    context = client.get(in_language(every_page["city"], "en") + "?page=2").context
    assert [entry.url for entry in context["languages"]] == [
        in_language(every_page["city"], code) + "?page=2" for code in CODES
    ]
    assert [entry.code for entry in context["languages"] if entry.current] == ["en"]
    assert [entry.code for entry in context["languages"] if entry.has_content] == ["fr"]


def test_the_breadcrumb_leads_home(client, every_page):
    context = client.get(in_language(every_page["piece of news"], "fr")).context
    above = [every_page[name] for name in ("home", "cities", "city", "city news")]
    assert [link.url for link in context["breadcrumb"]] == [in_language(page, "fr") for page in above]


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [("de-AT,de;q=0.9", "de"), ("ca,es;q=0.5", "ca"), ("ja,zh", "en"), ("", "en"), ("xx;q=1,uk;q=0.1", "uk")],
)
def test_the_root_leads_to_the_browsers_language(client, archive, accepted, wanted):
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"], dict(response.cookies)) == (302, f"/{wanted}/", {})
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize("code", ["en", "el", "ar"])
def test_an_unknown_page_is_404_in_the_right_language(client, archive, code):
    response = client.get(f"/{code}/nowhere/at/all/")
    assert (response.status_code, response["Content-Language"], dict(response.cookies)) == (404, code, {})
    assert f'<html lang="{code}"' in response.content.decode()
    assert "Cookie" not in response.get("Vary", "")


def test_a_clip_in_the_making_has_its_page(client, archive):
    page = archive.clip_page(archive.city(), new_clip(state=Clip.State.ENCODING))
    shown = html(client, page.get_url())
    assert "This clip is being prepared." in shown
    assert "<video" not in shown


@pytest.mark.parametrize("state", [Clip.State.FAILED, Clip.State.REJECTED])
def test_a_clip_that_came_to_nothing_is_in_no_list(client, archive, state):
    city = archive.city()
    archive.clip_page(city, new_clip(state=state))
    making = archive.clip_page(city, new_clip())
    assert [card.public_id for card in client.get(city.get_url()).context["clips"]] == [making.clip.public_id]


def test_the_page_of_a_withdrawn_clip_is_gone(client, clip_page):
    api.withdraw_clip(clip_page.clip)
    response = client.get(clip_page.get_url())
    assert (response.status_code, dict(response.cookies)) == (410, {})
    assert f'<html lang="{response["Content-Language"]}"' in response.content.decode()


def test_the_player_gets_what_it_needs(client, every_page):
    player = client.get(in_language(every_page["clip"], "de")).context["player"]
    public_id = every_page["clip"].clip.public_id
    assert (player.ready, player.width, player.height, player.duration_text) == (True, 1280, 720, "1:42")
    assert player.playlist_url == f"/media/{public_id}/master.m3u8"
    assert [(track.language, track.default) for track in player.captions] == [("de", True), ("fr", False)]
    assert [(part.language, part.current) for part in player.transcript] == [("de", True), ("fr", False)]
    assert [words for _start, _end, words in player.transcript[1].cues] == ["Bonjour & fr", "Deux"]


def test_who_hears_the_own_language_gets_no_captions_unasked(client, every_page):
    player = client.get(in_language(every_page["clip"], "fr")).context["player"]
    assert [track.default for track in player.captions] == [False, False]
    assert [part.language for part in player.transcript if part.current] == ["fr"]


def test_related_clips_come_from_other_cities_and_the_statement_from_the_programme(client, every_page):
    shown = client.get(in_language(every_page["clip"], "en"))
    assert [str(card.title) for card in shown.context["related"]] == ["De stoel"]
    assert "Co-funded by the Erasmus+ programme of the European Union" in shown.content.decode()
