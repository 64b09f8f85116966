"""An uploaded caption file is shown as it was read, and saved when somebody has looked at it."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from home.access.roles import sync_city_roles
from home.admin.clips import caption_preview
from home.admin.clips.caption_preview import SALT, encoding_name, places_in_words
from media_pipeline.models import Caption
from tests.home.archive import person_in

SRT = """1
00:00:03,000 -> 00:00:04,000
Grüße & <script>alert(1)</script>Küsse

2
00:05:00,000 --> 00:05:02,000
<b>Ende</b>
"""
ARABIC = "1\n00:00:01,000 --> 00:00:02,000\nمرحبا بكم\n"


@pytest.fixture
def clip(admin, make_clip):
    return make_clip(ready=True)


def send(client, clip, text=SRT, language="de", encoding="cp1252", name="Gruß.srt"):
    file = SimpleUploadedFile(name, text.encode(encoding))
    address = reverse("clips:caption_add", args=[clip.pk])
    return client.post(address, {"language": language, "kind": "subtitles", "file": file})


def save(client, clip, signed):
    return client.post(reverse("clips:caption_add", args=[clip.pk]), {"read": signed}, follow=True)


def test_the_page_says_what_was_read_and_where_it_was_put_right(client, clip):
    shown = send(client, clip)
    preview, html = shown.context["preview"], shown.content.decode()
    assert preview.summary == "2 captions, from 0:03 to 5:02"
    assert (preview.format_name, preview.encoding, preview.replaces) == ("SubRip", "Windows-1252", "")
    assert [(warning.text.code, warning.places) for warning in preview.warnings] == [
        ("caption_encoding_guessed", ""),
        ("caption_syntax", "At 0:03"),
        ("caption_beyond_clip", "At 5:00"),
    ]
    assert preview.cues == (("0:03", "Grüße & Küsse"), ("5:00", "Ende"))
    for part in ("Grüße &amp; Küsse", "Gruß.srt", "0:03", 'lang="de" dir="ltr"', "Choose another file"):
        assert part in html
    assert "alert(1)" not in html
    assert clip.captions.count() == 0


def test_what_is_saved_is_what_was_looked_at(client, clip):
    signed = send(client, clip).context["preview"].signed
    assert "Captions added and published." in save(client, clip, signed).content.decode()
    caption = clip.captions.get()
    assert [cue[2] for cue in caption.cues] == ["Grüße &amp; Küsse", "<b>Ende</b>"]
    assert caption.warnings == ["caption_encoding_guessed", "caption_syntax", "caption_beyond_clip"]
    assert (caption.language, caption.kind, caption.source_name) == ("de", "subtitles", "Gruß.srt")
    again = send(client, clip).context["preview"]
    assert "Deutsch, Subtitles" in again.replaces


def test_right_to_left_text_is_shown_so(client, clip):
    html = send(client, clip, ARABIC, "ar", "cp1256").content.decode()
    assert '<span lang="ar" dir="rtl">مرحبا بكم</span>' in html


def test_the_first_captions_are_enough(client, clip):
    text = "".join(f"{n}\n00:00:{n:02},000 -> 00:00:{n:02},900\nNumber {n}.\n\n" for n in range(1, 31))
    preview = send(client, clip, text).context["preview"]
    assert (preview.summary, len(preview.cues)) == ("30 captions, from 0:01 to 0:30", 8)
    assert preview.warnings[0].places == "At 0:01 · 0:02 · 0:03 · 0:04 · 0:05 · 0:06 and 24 other places"


@pytest.mark.parametrize("kind", ["empty", "short", "unsigned", "for somebody else"])
def test_what_nobody_was_shown_is_not_saved(client, clip, kind):
    others = signing.dumps({"for": [0, 0]}, salt=SALT)  # carries the time at which it was signed
    signed = {"empty": "", "short": "x", "unsigned": "x:y:z", "for somebody else": others}[kind]
    assert "We no longer have this file. Choose it again." in save(client, clip, signed).content.decode()
    assert Caption.objects.count() == 0


def test_it_is_for_one_clip_and_one_person(client, clip, tree, make_clip):
    signed, other = send(client, clip).context["preview"].signed, make_clip(ready=True)
    save(client, other, signed)
    client.force_login(person_in(sync_city_roles(tree["a"])["editor"]))
    save(client, clip, signed)
    client.force_login(person_in(sync_city_roles(tree["b"])["editor"], name="berta"))
    assert save(client, clip, signed).status_code == 404
    assert Caption.objects.count() == 0


def test_what_would_not_come_back_is_refused_at_once(client, clip, monkeypatch):
    monkeypatch.setattr(caption_preview, "MAX_SIGNED_CHARS", 100)
    form = send(client, clip).context["caption_form"]
    assert [error.code for error in form.errors.as_data()["file"]] == ["caption_too_large"]


def test_language_and_type_are_kept_for_another_file(client, clip):
    address = reverse("clips:inspect", args=[clip.pk]) + "?language=el&kind=captions"
    form = client.get(address).context["caption_form"]
    assert (form["language"].value(), form["kind"].value()) == ("el", "captions")


def test_captions_behind_the_end_are_named_as_long_as_they_are(client, clip):
    save(client, clip, send(client, clip).context["preview"].signed)
    (row,) = client.get(reverse("clips:inspect", args=[clip.pk])).context["captions"]
    assert [(note.text.code, note.places) for note in row["warnings"]][-1] == ("caption_beyond_clip", "At 5:00")
    clip.package.duration_s = 600
    clip.package.save()
    (row,) = client.get(reverse("clips:inspect", args=[clip.pk])).context["captions"]
    assert [note.text.code for note in row["warnings"]] == ["caption_encoding_guessed", "caption_syntax"]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("iso8859-15", "ISO 8859-15"),
        ("koi8-u", "KOI8-U"),
        ("mac_greek", "Mac Greek"),
        ("cp850", "CP850"),
    ],
)
def test_encodings_have_names_that_people_know(encoding, name):
    assert encoding_name(encoding) == name


def test_places_in_words():
    with translation.override("de"):
        assert places_in_words([]) == ""
        assert places_in_words([-5, 61_000]) == "Bei 0:00 · 1:01"
        assert places_in_words(range(0, 8000, 1000)).endswith("und an 2 weiteren Stellen")
