"""The builder without a browser: what it makes of what is typed, what there is to take along, and who gets it."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site_settings
from django.urls import reverse

from exchange import links
from exchange.embed_options import OPTION_NOTES
from exchange.share import builder
from media_pipeline.models import Poster
from tests.home.archive import new_clip

pytestmark = pytest.mark.django_db

CODES = [code for code, _name in site_settings.LANGUAGES]


def address(page, **query: str) -> str:
    return reverse("clip_use", args=[page.clip.public_id], query=query or None)


def text(client, path: str) -> str:
    response = client.get(path)
    assert (path, response.status_code) == (path, 200)
    return response.content.decode()


def value(shown: str, name: str) -> str:
    """The value of the field with this id."""
    return html.unescape(re.search(rf'id="use-{name}"[^>]* value="([^"]*)"', shown)[1])


def note(shown: str, name: str) -> str:
    return html.unescape(re.search(rf'id="use-{name}-note"[^>]*>([^<]*)</p>', shown)[1])


def code(shown: str) -> str:
    """The code to paste, as somebody copies it."""
    return html.unescape(re.search(r'<textarea[^>]*id="use-code"[^>]*>(.*?)</textarea>', shown, re.S)[1])


def attributes(code: str) -> dict[str, str]:
    """Of the pasted iframe."""
    found = re.fullmatch(r"<iframe (.*)></iframe>", code)[1]
    return {name: html.unescape(written) for name, written in re.findall(r'([\w-]+)(?:="([^"]*)")?', found)}


def wishes(code: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(attributes(code)["src"]).query)


def test_it_is_in_every_language_without_a_cookie(client, clip_page, languages):
    for language in languages:
        response = client.get(address(clip_page, lang=language))
        shown = response.content.decode()
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in shown
        said = (response["Content-Language"], response["Cache-Control"], response["X-Robots-Tag"], response.cookies)
        assert said == (language, "private, max-age=60", "noindex", {})
        assert wishes(code(shown)) == {"lang": [language]}


def test_the_browser_decides_where_the_address_does_not(client, clip_page):
    response = client.get(address(clip_page), headers={"Accept-Language": "el"})
    assert (response["Content-Language"], "Accept-Language" in response["Vary"]) == ("el", True)
    assert client.get(address(clip_page, lang="xx"), headers={"Accept-Language": "pl"})["Content-Language"] == "pl"


def test_the_code_is_whole(client, clip_page):
    clip_page.headline_de = 'Der "freie" Platz & <mehr>'
    clip_page.save_revision().publish()
    shown = text(
        client, address(clip_page, lang="fr", interface="de", start="0:42", end="1:10.5", cc="fr", size="large")
    )
    public_id = clip_page.clip.public_id
    assert attributes(code(shown)) == {
        "src": f"http://testserver/embed/{public_id}/?lang=de&cc=fr&start=42&end=70.5",
        "title": 'Der "freie" Platz & <mehr>',
        "width": "960",
        "height": "540",
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
        "allow": links.IFRAME_ALLOW,
        "allowfullscreen": "",
        "style": "border:0;max-width:100%",
    }
    assert client.get(attributes(code(shown))["src"]).status_code == 200


def test_links_begin_at_the_chosen_second(client, clip_page):
    shown = text(client, address(clip_page, lang="fr", interface="de", start="42", end="60"))
    short = f"http://testserver/c/{clip_page.clip.public_id}/?t=42"
    page = re.sub(r"^/[a-z]+/", "/de/", clip_page.get_url())
    assert (value(shown, "short"), value(shown, "link")) == (short, f"http://testserver{page}#t=42")
    picture = re.search(r'<img class="builder__qr" src="([^"]+)" alt="([^"]+)"', shown)
    assert picture[1] == reverse("clip_qr", args=[clip_page.clip.public_id, "svg"]) + "?t=42"
    assert short in picture[2]
    whole = text(client, address(clip_page, lang="fr"))
    assert value(whole, "short") == short.removesuffix("?t=42")
    assert value(whole, "link") == f"http://testserver{re.sub(r'^/[a-z]+/', '/fr/', clip_page.get_url())}"


def test_the_preview_is_what_the_code_shows(client, clip_page):
    shown = text(client, address(clip_page, start="5", size="small"))
    frame = re.search(r'<iframe class="builder__frame"([^>]+)>', shown)[1]
    src = html.unescape(re.search(r'src="([^"]+)"', frame)[1])
    assert f"http://testserver{src}" == attributes(code(shown))["src"]
    assert 'width="480" height="270" loading="lazy"' in frame


@pytest.mark.parametrize(
    ("typed", "kept", "about"),
    [
        ({"start": "1:30"}, ("1:30", ""), ""),
        ({"start": "90", "end": "95.25"}, ("1:30", "1:35.2"), ""),
        ({"start": " 0:05 ", "end": "0:10"}, ("0:05", "0:10"), ""),
        ({"start": "١:٠٣"}, ("1:03", ""), ""),
        ({"start": "later"}, ("0:00", ""), "start_unread"),
        ({"start": "-4"}, ("0:00", ""), "start_unread"),
        ({"start": "9:59:59"}, ("0:00", ""), "start_late"),
        ({"start": "0:10", "end": "0:04"}, ("0:10", ""), "end_early"),
        ({"end": "<script>alert(1)</script>"}, ("0:00", ""), "end_unread"),
        ({"end": "9" * 500}, ("0:00", ""), "end_unread"),
        ({"end": "5:00"}, ("0:00", ""), ""),
        ({"cc": "tlh"}, ("0:00", ""), "captions_unknown"),
        ({"interface": "tlh"}, ("0:00", ""), "language_unknown"),
        ({"size": "gigantic"}, ("0:00", ""), ""),
    ],
)
def test_whatever_is_typed_the_nearest_sensible_value_is_used(client, clip_page, typed, kept, about):
    shown = text(client, address(clip_page, lang="en", **typed))
    assert (value(shown, "start"), value(shown, "end")) == kept
    place, sentence = builder.FIELD_NOTES[about] if about else ("", "")
    notes = {name: note(shown, name) for name in ("start", "end", "interface", "cc")}
    assert {name: said for name, said in notes.items() if said} == ({place: str(sentence)} if about else {})
    assert client.get(attributes(code(shown))["src"]).status_code == 200


def test_every_note_that_a_form_can_cause_has_its_place():
    assert set(builder.FIELD_NOTES) == set(OPTION_NOTES) - {"autoplay_unread"}


def test_the_player_may_speak_what_each_browser_asks(client, clip_page):
    shown = text(client, address(clip_page, lang="de", interface=""))
    assert wishes(code(shown)) == {}
    assert re.search(r'<option value="" selected>', shown)


def test_captions_are_those_of_the_clip(client, clip_page):
    shown = text(client, address(clip_page, lang="en", cc="off"))
    choices = re.search(r'<select[^>]*name="cc".*?</select>', shown, re.S)[0]
    assert re.findall(r'<option value="([^"]*)"', choices) == ["", "off", "de", "fr"]
    assert re.findall(r'<option value="([^"]*)"[^>]* selected', choices) == ["off"]
    assert wishes(code(shown)) == {"lang": ["en"], "cc": ["off"]}


def test_a_portrait_is_no_higher_than_wide_videos_are(client, clip_page):
    Poster.objects.update(width=360, height=640)
    fluid = attributes(code(text(client, address(clip_page))))
    assert (fluid["width"], fluid["height"]) == ("405", "720")
    assert fluid["style"] == "border:0;width:100%;max-width:405px;height:auto;aspect-ratio:405/720"
    shown = text(client, address(clip_page, size="small"))
    small = attributes(code(shown))
    assert (small["width"], small["height"]) == ("270", "480")
    assert 'data-shape="portrait"' in shown


def test_a_wide_video_fills_the_width_unless_asked_otherwise(client, clip_page):
    found = attributes(code(text(client, address(clip_page))))
    assert (found["width"], found["height"]) == ("720", "405")
    assert found["style"] == "border:0;width:100%;max-width:100%;height:auto;aspect-ratio:720/405"


def test_the_language_switch_keeps_what_was_chosen(client, clip_page):
    context = client.get(address(clip_page, lang="en", start="0:42", interface="uk")).context
    there = {entry.code: parse_qs(urlsplit(entry.url).query) for entry in context["languages"]}
    assert there == {code: {"lang": [code], "start": ["0:42"], "interface": ["uk"]} for code in CODES}
    assert [link.url for link in context["breadcrumb"]] == ["/en/", clip_page.get_url()]


def test_the_part_is_the_builder_without_the_page(client, clip_page):
    whole, part = (text(client, address(clip_page, lang="en", start="42", **extra)) for extra in ({}, {"part": ""}))
    assert part.lstrip().startswith('<div class="builder"')
    assert (code(part), value(part, "start"), "<html" in part) == (code(whole), "0:42", False)
    more = html.unescape(re.search(r'<a class="more" href="([^"]+)" data-part="more">', part)[1])
    assert code(text(client, more)) == code(whole)


def test_few_questions_to_the_database(client, archive, clip_page, django_assert_num_queries):
    client.get(address(clip_page))
    with django_assert_num_queries(3):
        client.get(address(clip_page, part="", start="3"))
    with django_assert_num_queries(6):
        client.get(address(clip_page))
    for number in range(3):
        archive.clip_page(archive.city(f"City {number}"))
    with django_assert_num_queries(6):
        client.get(address(clip_page))


def test_it_is_part_of_the_page_of_a_clip_that_anybody_may_see(client, archive, clip_page):
    shown = text(client, clip_page.get_url())
    form = re.search(r'<form class="builder__form" action="([^"]+)" method="get".*?</form>', shown, re.S)
    assert form[1] == address(clip_page)
    assert re.findall(r'name="(\w+)"', form[0]) == ["lang", "start", "end", "interface", "cc"]
    assert ("dist/builder.js" in shown, "dist/builder.css" in shown) == (True, True)
    making = archive.clip_page(archive.city(), new_clip())
    assert "builder" not in text(client, making.get_url())
    assert "builder" not in text(client, archive.home.get_url())
