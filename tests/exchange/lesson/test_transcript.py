"""What is said in a clip, as a page to read and print and as a text to keep: who gets it, in which words, how fast."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from media_pipeline import api
from media_pipeline.models import Caption
from tests.home.recording import recorded

VTT = """WEBVTT

00:00.000 --> 00:02.000
<v Anna>Wir saßen
auf der Bank,</v>

00:02.000 --> 00:04.000
<v Anna>als er kam.</v>

00:04.000 --> 00:05.000
[Tür &amp; Angel]

01:05.000 --> 01:08.000
<v Ben><i>Ihr</i> auch?</v>
"""


@pytest.fixture
@recorded
def page(archive):
    """A German clip of Düsseldorf with captions that name voices and sounds, and subtitles in three languages."""
    city = archive.city("Düsseldorf", original_language="de")
    found = archive.clip_page(
        city,
        headline="Wer sind wir?",
        original_language="de",
        headline_ar="من نحن؟",
        projects=[archive.project("LOUD", city)],
    )
    found.clip.spoken_language = "de"
    found.clip.save()
    api.add_caption(found.clip, "de", "captions", VTT.encode(), "de.vtt")
    api.add_caption(found.clip, "ar", "subtitles", "WEBVTT\n\n00:00.000 --> 00:02.000\nمن نحن؟\n".encode(), "ar.vtt")
    return found


def at(page, kind: str = "transcript/", query: str = "") -> str:
    return f"/c/{page.clip.public_id}/{kind}{query}"


def test_the_text_is_headed_and_reads_on(client, page):
    response = client.get(at(page, "transcript.txt", "?cc=de&lang=en"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert (response["Content-Language"], response["X-Robots-Tag"]) == ("de", "noindex")
    link, year = f"http://testserver/c/{page.clip.public_id}/", page.first_published_at.year
    deed = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert response.content.decode() == (
        f"Wer sind wir?\nCity: Düsseldorf\nProject: LOUD (2019–2021)\nYear: {year}\nTranscript in German\n"
        f"Link: {link}\n"
        f"Licence: CC BY-SA 4.0 (attribution, share alike) {deed}\n\n"
        "[0:00] Anna: Wir saßen auf der Bank, als er kam.\n\n"
        "[Tür & Angel]\n\n"
        "[1:05] Ben: Ihr auch?\n\n"
        "* * *\n\n"
        f"“Wer sind wir?”, Düsseldorf, LOUD, {year}. Licence: CC BY-SA 4.0 ({deed}). Source: {link}\n"
    )


def test_the_text_to_keep_has_a_name_with_its_language(client, page):
    assert "Content-Disposition" not in client.get(at(page, "transcript.txt", "?cc=de"))
    kept = client.get(at(page, "transcript.txt", "?cc=de&save"))["Content-Disposition"]
    assert (
        f"filename*=UTF-8''D%C3%BCsseldorf%20%E2%80%93%20Wer%20sind%20wir%20%28Polyphony%20{page.clip.public_id}%29.de.txt"
        in kept
    )


def test_the_page_is_written_in_one_language_and_the_text_in_another(client, page):
    response = client.get(at(page, query="?cc=ar&lang=de"))
    html = response.content.decode()
    assert (response.status_code, response["Content-Language"], response["X-Robots-Tag"]) == (200, "de", "noindex")
    assert '<html lang="de" dir="ltr">' in html
    assert '<article class="transcript-page" lang="ar" dir="rtl">' in html
    assert '<meta name="robots" content="noindex">' in html
    right = client.get(at(page, query="?cc=de&lang=ar")).content.decode()
    assert '<html lang="ar" dir="rtl">' in right
    assert '<article class="transcript-page" lang="de" dir="ltr">' in right


def test_the_page_says_who_speaks_what_is_heard_and_when(client, page):
    html = client.get(at(page, query="?cc=de&lang=en")).content.decode()
    assert '<b class="transcript-page__speaker">Anna:</b> Wir saßen auf der Bank, als er kam.</p>' in html
    assert 'transcript-page__paragraph--sound">' in html
    assert "[Tür &amp; Angel]" in html
    assert html.count('class="transcript-page__time"') == 2
    assert f'href="http://testserver/c/{page.clip.public_id}/?t=65" aria-label="Watch from 1:05"' in html


@pytest.mark.parametrize(
    ("query", "spoken"),
    [
        ("?cc=ar", "ar"),
        ("?cc=DE-at", "de"),
        ("?lang=ar", "ar"),
        ("?lang=pl", "de"),
        ("?cc=off", "de"),
        ("?cc=%3Cx", "de"),
    ],
)
def test_the_nearest_language_is_shown(client, page, query, spoken):
    html = client.get(at(page, query=query), headers={"Accept-Language": "de"}).content.decode()
    assert f'<article class="transcript-page" lang="{spoken}"' in html


def test_every_language_is_a_plain_link(client, page):
    html = client.get(at(page, query="?cc=de&lang=en")).content.decode()
    base = f"/c/{page.clip.public_id}/transcript/"
    assert [code for code in ("de", "ar", "fr") if f'href="{base}?cc={code}&amp;lang=en"' in html] == ["de", "ar", "fr"]
    assert '<link rel="stylesheet" href="/static/exchange/dist/transcript.css">' in html


def test_all_rights_reserved_may_be_read_and_not_kept(client, page):
    page.licence = "ARR"
    page.save_revision().publish()
    read = client.get(at(page, query="?cc=de&lang=en")).content.decode()
    assert "Wir saßen auf der Bank" in read
    assert "All rights reserved; you may only watch and embed it." in read
    for query in ("?cc=de&lang=en", "?cc=de&lang=en&save"):
        response = client.get(at(page, "transcript.txt", query))
        assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
        assert "Wir saßen" not in response.content.decode()
        assert "please ask them" in response.content.decode()


def test_a_clip_without_a_word_has_no_transcript(client, page):
    Caption.objects.filter(clip=page.clip).exclude(language="fr").delete()
    Caption.objects.filter(clip=page.clip).update(kind="descriptions")
    statuses = [client.get(at(page, kind)).status_code for kind in ("transcript/", "transcript.txt", "files/")]
    assert statuses == [404, 404, 200]


@pytest.mark.parametrize(("kind", "most"), [("transcript/", 17), ("transcript.txt", 8), ("files/", 16)])
def test_languages_cost_no_queries(client, page, kind, most):
    def cost() -> int:
        assert client.get(at(page, kind, "?cc=de")).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(at(page, kind, "?cc=de"))
        return len(queries)

    three = cost()
    Caption.objects.filter(clip=page.clip).exclude(kind="captions").delete()
    assert (cost(), three) == (three, three)
    assert three <= most
