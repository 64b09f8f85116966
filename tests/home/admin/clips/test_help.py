"""Every code has a page in the site, in the reader's language, for everybody who may open the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from home.admin.error_help import code_meanings, known_codes
from home.upload_errors import FileCode
from media_pipeline.ffmpeg.errors import ErrorCode, WarningCode
from media_pipeline.models import Clip

pytestmark = pytest.mark.django_db


def test_every_code_is_known_and_says_what_to_do():
    codes = {code.value for kind in (ErrorCode, WarningCode, FileCode) for code in kind}
    meanings = {code: code_meanings(code) for code in known_codes()}
    assert set(meanings) == codes
    told = [
        str(text) for found in meanings.values() for each in found for text in (each.kind, each.message, each.advice)
    ]
    assert (all(meanings.values()), all(told)) == (True, True)


@pytest.mark.parametrize(("code", "count"), [("caption_times", 2), ("too_long", 1), ("pdf_damaged", 1)])
def test_the_page_of_a_code_says_all_that_it_means(client, editor, code, count):
    page = client.get(reverse("clips:help_code", args=[code])).content.decode()
    told = [escape(str(text)) for meaning in code_meanings(code) for text in (meaning.message, meaning.advice)]
    assert (page.count('id="meaning-'), [text for text in told if text not in page]) == (count, [])


def test_the_list_leads_to_each(client, editor):
    page = client.get(reverse("clips:help")).content.decode()
    assert [code for code in known_codes() if reverse("clips:help_code", args=[code]) not in page] == []


def test_an_unknown_code_has_no_page(client, editor):
    assert client.get(reverse("clips:help_code", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize("address", ["clips:help", "clips:help_code"])
def test_strangers_are_sent_to_sign_in(client, db, address):
    answer = client.get(reverse(address, args=["too_long"] if address.endswith("code") else []))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("wagtailadmin_login"))


def test_a_clip_leads_to_the_page_of_its_codes(client, admin, make_clip):
    clip = make_clip(state=Clip.State.REJECTED, error_code="too_long", warnings=["no_audio"])
    page = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    for code in ("too_long", "no_audio"):
        assert f'<a href="{reverse("clips:help_code", args=[code])}">{code}</a>' in page


def test_refusals_of_captions_lead_there_too(client, admin, make_clip):
    data = {"language": "de", "kind": "subtitles", "file": SimpleUploadedFile("a.vtt", b"")}
    page = client.post(reverse("clips:caption_add", args=[make_clip().pk]), data).content.decode()
    assert reverse("clips:help_code", args=["caption_empty"]) in page
