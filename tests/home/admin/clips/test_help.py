"""Every code has a page in the site, in the reader's language, for everybody who may open the admin."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from home.admin.error_help import code_meanings, known_codes
from home.upload_errors import FileCode
from media_pipeline.ffmpeg.errors import ErrorCode, WarningCode


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


def test_the_list_leads_to_each_code_and_to_no_other(client, editor):
    page = client.get(reverse("clips:help")).content.decode()
    assert [code for code in known_codes() if reverse("clips:help_code", args=[code]) not in page] == []
    assert client.get(reverse("clips:help_code", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize(("name", "arguments"), [("clips:help", []), ("clips:help_code", ["too_long"])])
def test_visitors_are_sent_to_sign_in(client, db, name, arguments):
    answer = client.get(reverse(name, args=arguments))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("wagtailadmin_login"))
