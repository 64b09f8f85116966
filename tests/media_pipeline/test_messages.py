"""Every code has words, and the words keep their promises."""

import pytest
from django.utils.functional import Promise

from media_pipeline import error_texts as messages
from media_pipeline.ffmpeg.errors import REFUSALS, ErrorCode, WarningCode


def test_every_error_code_has_words():
    assert set(messages.REFUSED) | set(messages.FAILED) == {code.value for code in ErrorCode}


def test_refusals_are_told_apart_from_failures():
    assert set(messages.REFUSED) == {code.value for code in REFUSALS}


def test_every_warning_code_has_words():
    assert set(messages.WARNINGS) == {code.value for code in WarningCode}


def all_words():
    groups = {"refused": messages.REFUSED, "failed": messages.FAILED, "warning": messages.WARNINGS}
    groups["at the door"] = messages.AT_THE_DOOR
    return [
        pytest.param(words, id=f"{group} {code}") for group, found in groups.items() for code, words in found.items()
    ]


@pytest.mark.parametrize("words", all_words())
def test_words_are_whole_sentences_that_can_be_translated(words):
    for text in (words.message, words.advice):
        assert isinstance(text, Promise)
        assert str(text)[0].isupper()
        assert str(text).endswith(".")


@pytest.mark.parametrize("code", [code for code in messages.FAILED if code != ErrorCode.MASTER_MISSING])
def test_a_failure_of_ours_says_that_the_film_is_safe(code):
    advice = str(messages.FAILED[code].advice)
    assert "Your film is safe." in advice or "The film is kept." in advice


def test_at_the_door_every_code_has_words_that_promise_nothing():
    assert set(messages.AT_THE_DOOR) <= set(messages.FAILED)
    told = {code: str(messages.door_words(code).advice) for code in messages.FAILED}
    assert [code for code, advice in told.items() if "The film was not taken: keep your file" not in advice] == []
    assert messages.door_words(ErrorCode.TOO_LARGE) == messages.REFUSED[ErrorCode.TOO_LARGE]


def test_codes_of_older_versions_still_have_words():
    assert messages.error_words("gone_since") == messages.FAILED[ErrorCode.INTERNAL]
    assert str(messages.warning_words("gone_since").message) == "Something about this film was put right."
