"""The embed page as an answer: who may frame it, what it holds, what it says of clips that are not shown."""

import re

import pytest
from django.urls import reverse

from home.models import ClipPage
from media_pipeline import api
from tests.home import archive as building

pytestmark = pytest.mark.django_db


def address(page: ClipPage, query: str = "") -> str:
    return reverse("embed", args=[page.clip.public_id]) + query


def text(response) -> str:
    return response.content.decode()


def test_any_page_may_frame_it_and_nothing_else_is_allowed_more(client, clip_page):
    response = client.get(address(clip_page))
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert response.status_code == 200
    assert policy["frame-ancestors"] == "* file:"
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}


def test_no_other_page_may_be_framed(client, clip_page):
    for other in (clip_page.get_url(), "/en/", reverse("report", args=[clip_page.clip.public_id])):
        response = client.get(other)
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("number", [1, 3])
def test_few_questions_to_the_database(client, archive, number, django_assert_max_num_queries):
    city = archive.city()
    projects = [archive.project(f"P{place}", city) for place in range(number)]
    page = archive.clip_page(city, projects=projects)
    page.clip.captions.all().delete()
    for language in ("de", "fr", "el")[:number]:
        building.caption(page.clip, language)
    client.get(address(page))  # the paths of sites are kept from here on
    with django_assert_max_num_queries(4):
        response = client.get(address(page, "?cc=de&start=1"))
    assert response.status_code == 200
    # For scripts and for those without; the pictures of the time line for scripts alone.
    assert text(response).count("<track kind=") == 2 * number + 1


def test_the_asked_captions_are_on_and_only_they(client, clip_page):
    for language in ("de", "fr"):
        building.caption(clip_page.clip, language)

    def shown(query: str) -> list[str]:
        page = text(client.get(address(clip_page, query)))
        template = page.split("<template", 1)[1].split("</template>", 1)[0]
        return re.findall(r'srclang="(\w+)"[^>]* default', template)

    assert shown("?cc=fr") == ["fr"]
    assert shown("?cc=off&lang=de") == []
    assert shown("?lang=de") == ["de"]  # spoken in French, read in German
    assert shown("?lang=fr") == []  # spoken in French, no text unless asked for


def test_language_and_direction(client, clip_page):
    response = client.get(address(clip_page, "?lang=ar"))
    assert '<html lang="ar" dir="rtl">' in text(response)
    assert response["Content-Language"] == "ar"
    assert '<html lang="de" dir="ltr">' in text(client.get(address(clip_page), headers={"Accept-Language": "de"}))


def test_what_could_not_be_had_is_said_and_harmless(client, clip_page):
    page = text(client.get(address(clip_page, '?start="><script>alert(1)</script>&end=-1&lang=%01&cc=zz&autoplay=2')))
    assert "alert(1)" not in page
    assert page.count("<li>", page.index("embed__notes"), page.index("embed__blocked")) == 5
    assert 'data-start="0.0"' in page
    assert "data-end=" not in page


def test_an_unknown_id_is_a_404_for_a_frame(client, archive):
    for path in ("/embed/11111111111/", "/embed/nothing", "/embed/1/2/3"):
        response = client.get(path + "?lang=de")
        assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
        assert "frame-ancestors * file:" in response["Content-Security-Policy"]
        assert '<html lang="de"' in text(response)


def test_what_belongs_to_a_withdrawn_clip_is_gone(client, clip_page):
    api.withdraw_clip(clip_page.clip)
    clip = clip_page.clip
    for path in ("poster-320.jpg", "poster-640.webp", "master.m3u8", "download.mp4", "storyboard.vtt"):
        assert client.get(f"/media/{clip.public_id}/{path}").status_code == 410


def test_scripts_of_any_origin_may_read_the_media_but_send_no_credentials(client, clip_page):
    media = f"/media/{clip_page.clip.public_id}"
    building.caption(clip_page.clip, "de")
    for path in ("master.m3u8", "download.mp4", "captions/de.subtitles.vtt", "storyboard.vtt"):
        response = client.head(f"{media}/{path}")
        assert response.headers.get("Access-Control-Allow-Origin") == "*", path
        assert "Access-Control-Allow-Credentials" not in response
    preflight = client.options(f"{media}/download.mp4")
    assert (preflight.status_code, preflight["Access-Control-Allow-Headers"]) == (
        204,
        "Range, If-Range, If-None-Match",
    )


def test_what_only_editors_may_see_is_for_no_other_origin(admin_client, clip_page):
    clip_page.unpublish()
    response = admin_client.get(f"/media/{clip_page.clip.public_id}/master.m3u8")
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response


def test_credits_licence_funding_and_the_ways_out(client, archive):
    city = archive.city()
    page = archive.clip_page(city, projects=[archive.project("LOUD", city)], credits="Camera: Ada", licence="CC-BY-4.0")
    shown = text(client.get(address(page, "?lang=en")))
    about = shown[shown.index("data-embed-info") :]
    assert "Camera: Ada" in about
    assert '<p>Licence: <a href="https://creativecommons.org/licenses/by/4.0/" target="_blank"' in about
    assert "European Union" in about
    assert f"http://testserver{reverse('report', args=[page.clip.public_id])}?lang=en" in about
    assert f"http://testserver{page.get_url()}" in about


def test_the_report_page_names_people_and_prepares_a_letter(client, clip_page):
    from home.models import CityContact, CityPage, Person

    city = CityPage.objects.get()
    person = Person.objects.create(name="Ada", email="ada@example.org", phone="+33 1 23", original_language="en")
    city.contacts.add(CityContact(person=person))
    city.save()
    response = client.get(reverse("report", args=[clip_page.clip.public_id]) + "?lang=en")
    assert response.status_code == 200
    assert "mailto:ada@example.org?subject=About%20the%20clip%20" in text(response)
    assert f"c/{clip_page.clip.public_id}/" in text(response)


def test_the_short_link_keeps_the_second(client, clip_page):
    link = reverse("clip_redirect", args=[clip_page.clip.public_id])
    assert client.get(link + "?t=42")["Location"] == f"{clip_page.get_url()}#t=42"
    assert client.get(link + '?t="<x>')["Location"] == clip_page.get_url()
