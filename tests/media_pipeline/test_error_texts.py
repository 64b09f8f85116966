"""Every code has words, and the words keep their promises."""

import pytest
from django.utils.functional import Promise

from media_pipeline import error_texts
from media_pipeline.ffmpeg.errors import REFUSALS, ErrorCode, WarningCode

GROUPS = {
    "refused": error_texts.REFUSAL_TEXTS,
    "failed": error_texts.FAILURE_TEXTS,
    "warning": error_texts.WARNING_TEXTS,
    "upload": error_texts.UPLOAD_ERROR_TEXTS,
}
WORDS = [pytest.param(text, id=f"{group} {code}") for group, found in GROUPS.items() for code, text in found.items()]


def test_every_code_has_words_and_refusals_are_told_apart_from_failures():
    assert set(error_texts.REFUSAL_TEXTS) == REFUSALS
    assert set(error_texts.FAILURE_TEXTS) == set(ErrorCode) - REFUSALS
    assert set(error_texts.WARNING_TEXTS) == set(WarningCode)


@pytest.mark.parametrize("words", WORDS)
def test_words_are_whole_sentences_that_can_be_translated(words):
    for text in (words.message, words.advice):
        assert isinstance(text, Promise)
        assert str(text)[0].isupper()
        assert str(text).endswith((".", "?"))


@pytest.mark.parametrize("code", [code for code in error_texts.FAILURE_TEXTS if code != ErrorCode.MASTER_MISSING])
def test_a_failure_of_ours_says_that_the_file_is_safe(code):
    advice = str(error_texts.FAILURE_TEXTS[code].advice)
    assert "Your file is safe." in advice


def test_during_an_upload_every_code_has_words_that_promise_nothing():
    assert set(error_texts.UPLOAD_ERROR_TEXTS) <= set(error_texts.FAILURE_TEXTS)
    told = {code: error_texts.upload_error_message(code).advice for code in error_texts.FAILURE_TEXTS}
    assert [code for code, advice in told.items() if "Keep your file" not in advice] == []
    assert error_texts.upload_error_message(ErrorCode.TOO_LARGE) == error_texts.error_message(ErrorCode.TOO_LARGE)


def test_codes_of_older_versions_still_have_words():
    assert error_texts.error_message("gone_since").message == error_texts.FAILURE_TEXTS[ErrorCode.INTERNAL].message
    assert error_texts.warning_message("gone_since").message == "Something in this video was corrected."
