"""The files of a clip for a lesson: what its licence allows, and the same answer wherever somebody asks."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import CityContact, Person
from home.models.choices import Licence
from tests.home.recording import recorded

KINDS = ("download.mp4", "captions/de.subtitles.vtt", "captions/de.subtitles.srt")


def text_of(client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def answer(client, url: str):
    """The answer with its file closed."""
    response = client.get(url)
    b"".join(response.streaming_content) if response.streaming else response.content
    return response


@pytest.fixture
@recorded
def page(archive):
    """A French clip of Lille, with captions in French and German, and somebody to ask."""
    city = archive.city("Lille", original_language="fr", headline_ar="ليل")
    person = Person.objects.create(name="Camille Exemple", email="camille@example.org", original_language="fr")
    city.contacts.add(CityContact(person=person))
    city.save()
    return archive.clip_page(city, headline="Qui sommes-nous ?", original_language="fr", headline_de="Wer sind wir?")


@pytest.fixture
def closed(page):
    """The same with all rights reserved."""
    page.licence = Licence.ALL_RIGHTS
    page.save_revision().publish()
    return page


def media(page, kind: str, query: str = "") -> str:
    return f"/media/{page.clip.public_id}/{kind}{query}"


def files(page, query: str = "?lang=en") -> str:
    return f"/c/{page.clip.public_id}/files/{query}"


@pytest.mark.parametrize(
    ("kind", "ending"), list(zip(KINDS, (".mp4", ".de.vtt", ".de.srt"), strict=True)), ids=("video", "vtt", "srt")
)
def test_files_are_kept_under_the_title_asked_for(client, page, kind, ending):
    name = f"(Polyphony {page.clip.public_id}){ending}"
    plain = answer(client, media(page, kind))
    assert (plain.status_code, "Content-Disposition" in plain) == (200, False)
    kept = {
        query: answer(client, media(page, kind, query))["Content-Disposition"] for query in ("?save", "?save&lang=de")
    }
    assert kept["?save"].startswith(f'attachment; filename="Lille - Qui sommes-nous {name}"; filename*=')
    assert kept["?save&lang=de"].startswith(f'attachment; filename="Lille - Wer sind wir {name}"; filename*=')
    assert answer(client, media(page, kind, "?save&lang=xx"))["Content-Disposition"] == kept["?save"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_is_looked_up_only_to_keep(client, page, kind):
    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer(client, media(page, kind, query))
        return len(queries)

    cost("?save")  # fills the site's own caches
    assert cost("?save") == cost("") + 2


def test_two_tracks_of_one_language_are_two_files(client, page):
    page.clip.captions.filter(language="de").update(kind="captions")
    kept = answer(client, media(page, "captions/de.captions.vtt", "?save"))["Content-Disposition"]
    assert kept.endswith(".de.cc.vtt")


def test_an_open_licence_offers_every_file(client, page):
    html = text_of(client, files(page))
    wanted = [media(page, kind, "?save&amp;lang=en") for kind in KINDS]
    wanted.append(f"/c/{page.clip.public_id}/transcript.txt?cc=de&amp;lang=en&amp;save")
    assert [url for url in wanted if f'href="{url}" download' in html] == wanted
    assert f'href="/c/{page.clip.public_id}/transcript/?cc=fr&amp;lang=en"' in html
    assert "<title>Downloads: Qui sommes-nous ? – Polyphony</title>" in html
    assert "Camille" not in html
    for url in wanted:
        assert answer(client, url.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(("code", "words"), [
    ("CC0-1.0", "No rights reserved: you may download"),
    ("CC-BY-4.0", "if you credit it as shown below.</p>"),
    ("CC-BY-SA-4.0", "as shown below. Your own versions need the same licence."),
    ("CC-BY-NC-4.0", "You may not use it to earn money.</p>"),
    ("CC-BY-NC-SA-4.0", "You may not use it to earn money. Your own versions need the same licence."),
])  # fmt: skip
def test_each_licence_says_what_a_class_may_do(client, page, code, words):
    page.licence = code
    page.save_revision().publish()
    html = text_of(client, files(page))
    assert words in html
    assert media(page, "download.mp4", "?save") in html


def test_all_rights_reserved_says_why_and_whom_to_ask(client, closed):
    html = text_of(client, files(closed))
    assert "don’t allow downloads" in html
    assert "mailto:camille@example.org" in html
    assert f'href="/c/{closed.clip.public_id}/transcript/?cc=fr&amp;lang=en"' in html
    assert "All rights reserved; you may only watch and embed it." in html
    assert " download>" not in html
    assert "save" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_all_rights_reserved_plays_and_is_not_kept(client, closed, kind):
    assert answer(client, media(closed, kind)).status_code == 200
    response = answer(client, media(closed, kind, "?save&lang=en"))
    assert (response.status_code, response["Cache-Control"], response["Content-Language"]) == (403, "no-store", "en")
    html = response.content.decode()
    assert "don’t allow downloads" in html
    assert f'href="/c/{closed.clip.public_id}/"' in html
    assert '<html lang="ar" dir="rtl">' in answer(client, media(closed, kind, "?save&lang=ar")).content.decode()


def test_the_people_of_a_clip_may_keep_it_before_it_is_public(client, archive):
    draft = archive.clip_page(archive.city(), live=False, licence="ARR")
    client.force_login(get_user_model().objects.create_superuser("editor", password=None))
    assert answer(client, media(draft, "download.mp4", "?save")).status_code == 200


def test_the_clips_page_offers_what_the_licence_allows(client, page):
    html = text_of(client, page.get_url().replace("/en/", "/de/"))
    assert html.count(f'href="{media(page, "download.mp4", "?save&amp;lang=de")}" download') == 2
    assert f'href="/c/{page.clip.public_id}/files/?lang=de"' in html


def test_the_page_of_a_closed_clip_offers_no_file(client, closed):
    html = text_of(client, closed.get_url())
    assert "save" not in html.replace("data-save", "")
    assert " download>" not in html
    assert f'href="/c/{closed.clip.public_id}/files/?lang=en"' in html
    assert f'<source src="{media(closed, "download.mp4")}" type="video/mp4">' in html


def test_the_line_is_chosen_without_a_script(client, page):
    html = text_of(client, files(page, "?lang=en&line=de"))
    assert '<option value="de" lang="de" selected>' in html
    assert '<input type="hidden" name="lang" value="en">' in html
    assert re.search(r'readonly lang="de" dir="ltr">[^<]{,2}Wer sind wir\?[^<]{,4}Lille', html)
    assert '<option value="en" lang="en" selected>' in text_of(client, files(page, "?lang=en&line=%3Cscript%3E"))


def test_the_line_names_the_city_in_its_own_language(client, page):
    html = text_of(client, files(page, "?lang=en&line=ar"))
    assert re.search(r'readonly lang="ar" dir="rtl">[^<]{,2}Qui sommes-nous \?[^<]{,6}ليل', html)


def test_the_page_speaks_the_language_asked_for(client, page):
    response = client.get(files(page, "?lang=ar"))
    assert (response["Content-Language"], response["X-Robots-Tag"], response.cookies) == ("ar", "noindex", {})
    assert f'href="{files(page, "?lang=de")}" hreflang="de"' in response.content.decode()
    assert client.get(files(page, ""), headers={"Accept-Language": "el"})["Content-Language"] == "el"
