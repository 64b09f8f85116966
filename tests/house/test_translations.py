"""Every sentence of the interface exists in all thirteen languages, with the same placeholders."""

import re
from collections import Counter
from functools import cache

import polib
import pytest
from django.conf import settings

from campaign_site.setup.catalogues import catalogue_path, is_complete, plural_count, plural_forms
from campaign_site.setup.messages import Message, find_messages
from tests.house.sources import PROJECT

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif%]|\{(\w*)\}|</?[a-z][^>]*>")


@cache
def messages() -> tuple[Message, ...]:
    return tuple(find_messages(PROJECT))


@cache
def catalogue(language: str) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(catalogue_path(PROJECT, language))) if not entry.obsolete]


def placeholders(text: str) -> Counter[str]:
    return Counter(match[0] for match in PLACEHOLDER.finditer(text))


def test_the_languages_are_the_agreed_ones() -> None:
    assert LANGUAGES == ["en", "de", "fr", "nl", "es", "ca", "it", "pt", "el", "pl", "tr", "uk", "ar"]
    assert sorted(LANGUAGES) == sorted(path.name for path in (PROJECT / "locale").iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_what_the_source_says(language: str) -> None:
    """``make messages`` brings it up to date."""
    assert {(entry.msgctxt, entry.msgid) for entry in catalogue(language)} == {message.key for message in messages()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    assert [entry.msgid for entry in catalogue(language) if not is_complete(entry)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms(language: str) -> None:
    assert polib.pofile(str(catalogue_path(PROJECT, language))).metadata["Plural-Forms"] == plural_forms(language)
    counts = {len(entry.msgstr_plural) for entry in catalogue(language) if entry.msgid_plural}
    assert counts <= {plural_count(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    """A form of a plural may leave the number out ("one clip"); nothing may be added, renamed or doubled."""
    wrong = []
    for entry in catalogue(language):
        if entry.msgid_plural:
            known = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
            wrong += [text for text in entry.msgstr_plural.values() if placeholders(text) - known]
        elif entry.msgstr and placeholders(entry.msgstr) != placeholders(entry.msgid):
            wrong.append(entry.msgstr)
    assert wrong == []


def test_context_has_one_plural_each() -> None:
    """The same sentence with two different plurals could only be translated once."""
    plurals: dict[tuple[str | None, str], set[str]] = {}
    for message in messages():
        if message.plural:
            plurals.setdefault(message.key, set()).add(message.plural)
    assert {key for key, found in plurals.items() if len(found) > 1} == set()
