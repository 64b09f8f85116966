"""Every sentence of the interface exists in all languages, with the same placeholders."""

import gettext
import re
from collections import Counter
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path

import django
import pytest
import wagtail
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo

from campaign_site.languages import ALL, Language
from campaign_site.setup.catalogues import (
    SCRIPT_MESSAGES,
    catalogue_path,
    extract_messages,
    find_messages,
    is_complete,
    read_catalogue,
)
from tests.house.sources import PROJECT

LANGUAGES = [language.code for language in ALL]
COMPLETE = [language.code for language in ALL if not language.translation_pending]
# Words by which only strangers are addressed.
FORMAL = {
    "de": r"\bIhnen\b|[a-zäöüß,] (Sie|Ihre?[nmrs]?)\b",
    "fr": r"\b([Vv]ous|[Vv]otre|[Vv]os|[Vv]euillez)\b",
    "nl": r"\b[Uu]w?\b",
    "es": r"\b[Uu]sted(es)?\b",
    "ca": r"\b([Vv]ostr[ea]s?|[Vv]osaltres)\b",
    "it": r"\bLei\b|\b[Vv]ostr[oaie]\b",
    "pt": r"\b[Vv]ocês?\b",
    "el": r"\b([Σσ]ας|[Εε]σείς)\b",
    "pl": r"\b(Pan|Pani|Państw[oau]|[Pp]roszę|[Pp]rosimy)\b",
    "tr": r"\b[Ss]iz(in|e|i)?\b|(ınız|iniz|unuz|ünüz)\b",
    "uk": r"\b([Вв]и|[Вв]ас|[Вв]ам|[Вв]аш\w*)\b",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif%]|\{(\w*)\}|</?[a-z][^>]*>")


@cache
def template() -> Catalog:
    return extract_messages(PROJECT)


@cache
def catalogue(language: str) -> Catalog:
    return read_catalogue(catalogue_path(PROJECT, language))


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def placeholders(text: str) -> Counter[str]:
    return Counter(match[0] for match in PLACEHOLDER.finditer(text))


def test_every_language_has_a_catalogue() -> None:
    assert sorted(LANGUAGES) == sorted(path.name for path in (PROJECT / "locale").iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_what_the_source_says(language: str) -> None:
    """``make messages`` brings it up to date."""
    assert {(m.context, m.id) for m in messages(catalogue(language))} == {
        (m.context, m.id) for m in messages(template())
    }


@pytest.mark.parametrize("language", COMPLETE)
def test_everything_is_translated(language: str) -> None:
    assert [message.id for message in messages(catalogue(language)) if not is_complete(message)] == []


@pytest.mark.parametrize("language", ALL, ids=LANGUAGES)
def test_plural_forms(language: Language) -> None:
    found = catalogue(language.code)
    assert found.plural_forms == language.plural_forms
    assert {len(message.string) for message in messages(found) if message.pluralizable} <= {found.num_plurals}


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    """A form of a plural may leave the number out ("one clip"); nothing may be added, renamed or doubled."""
    wrong = []
    for message in messages(catalogue(language)):
        if message.pluralizable:
            known = placeholders(message.id[0]) | placeholders(message.id[1])
            wrong += [text for text in message.string if placeholders(text) - known]
        elif message.string and placeholders(message.string) != placeholders(message.id):
            wrong.append(message.string)
    assert wrong == []


def test_a_sentence_has_one_plural() -> None:
    """The same sentence with two different plurals could only be translated once."""
    plurals: dict[tuple[str | None, str], set[str]] = {}
    for message in find_messages(PROJECT):
        if message.pluralizable:
            plurals.setdefault((message.context, message.id[0]), set()).add(message.id[1])
    assert {key for key, found in plurals.items() if len(found) > 1} == set()


@pytest.mark.parametrize("language", FORMAL)
def test_nobody_is_addressed_formally(language: str) -> None:
    texts = chain.from_iterable(m.string if m.pluralizable else [m.string] for m in messages(catalogue(language)))
    assert [text for text in texts if re.search(FORMAL[language], PLACEHOLDER.sub("", text))] == []


def test_upstream_still_says_what_is_said_in_its_place() -> None:
    """``campaign_site/upstream_messages.py`` keeps no sentence that an upgrade has changed."""
    folders = [Path(package.__file__).parent for package in (django, wagtail)]
    files = chain.from_iterable(folder.rglob("locale/en/LC_MESSAGES/django*.po") for folder in folders)
    said = {(m.context, m.id) for path in files for m in read_catalogue(path)}
    listed = {
        (message.context, message.id)
        for message in find_messages(PROJECT)
        if message.locations[0][0] == "campaign_site/upstream_messages.py"
    }
    assert listed
    assert listed - said == set()


@pytest.mark.parametrize("language", [code for code in COMPLETE if code != "en"])
def test_wagtails_scripts_lack_no_sentence(language: str) -> None:
    folders = (PROJECT / "locale", SCRIPT_MESSAGES.parents[2])
    files = [Path(name) for folder in folders for name in gettext.find("djangojs", folder, [language], all=True)]
    said = [read_mo(BytesIO(path.read_bytes())) for path in files]
    asked = messages(read_catalogue(SCRIPT_MESSAGES))
    assert [message.id for message in asked if not any(known.get(message.id) for known in said)] == []
