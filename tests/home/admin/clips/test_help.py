"""Every code has a page in the site, in the reader's language, for everybody who may open the admin."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from home import upload_errors
from home.admin.error_help import code_meanings, known_codes
from media_pipeline.ffmpeg.errors import ErrorCode, WarningCode
from media_pipeline.models import Clip

pytestmark = pytest.mark.django_db


def test_every_code_is_known():
    codes = {code.value for kind in (ErrorCode, WarningCode, upload_errors.FileCode) for code in kind}
    assert set(known_codes()) == codes
    assert set(upload_errors.FILE_ERROR_TEXTS) == set(upload_errors.FileCode)


@pytest.mark.parametrize("code", known_codes())
def test_every_code_says_what_it_means(client, editor, code):
    page = client.get(reverse("clips:help_code", args=[code])).content.decode()
    for meaning in code_meanings(code):
        told = [escape(str(text)) for text in (meaning.message, meaning.advice)]
        assert [text for text in told if text not in page] == []


def test_a_code_of_two_kinds_says_both(client, editor):
    assert len(code_meanings("caption_times")) == 2
    assert client.get(reverse("clips:help_code", args=["caption_times"])).content.count(b'id="meaning-') == 2


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
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = {"language": "de", "kind": "subtitles", "file": SimpleUploadedFile("a.vtt", b"")}
    page = client.post(reverse("clips:caption_add", args=[make_clip().pk]), data).content.decode()
    assert reverse("clips:help_code", args=["caption_empty"]) in page
