"""Every language has one complete record, and nothing else lists the languages again."""

import dataclasses
import gettext
import re

import pytest
from babel import Locale
from django.conf import settings

from campaign_site import languages
from campaign_site.env import SettingError
from campaign_site.languages import ALL, FONTS, Language, check_records
from media_pipeline.conf import conf
from tests.house.sources import PROJECT, committed_files

CODES = [language.code for language in ALL]
POLISH = next(language for language in ALL if language.code == "pl")


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Language) if field.name != "code"])
def test_a_record_that_misses_something_stops_the_start(field: str) -> None:
    if field == "translation_pending":
        assert not POLISH.translation_pending
        return
    with pytest.raises(SettingError, match=f"^The language “pl” of campaign_site/languages.py has no {field}.$"):
        dataclasses.replace(POLISH, **{field: None})


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("script", "runes", "has the script “runes”, which has no fonts"),
        ("direction", "down", "has a direction that is neither ltr nor rtl"),
        ("plural_forms", "n != 1", "has plural_forms that are none"),
        ("legacy_encoding", "cp9999", "has a legacy_encoding that Python does not know"),
    ],
)
def test_a_field_that_cannot_be_used_stops_the_start(field: str, value: str, problem: str) -> None:
    with pytest.raises(SettingError, match=problem):
        dataclasses.replace(POLISH, **{field: value})


def test_records_fit_together() -> None:
    with pytest.raises(SettingError, match="two records of “pl”"):
        check_records(POLISH, POLISH)
    with pytest.raises(SettingError, match="no record of “cs”, a fallback of “pl”"):
        check_records(dataclasses.replace(POLISH, fallbacks=("cs",)))


@pytest.mark.parametrize("language", ALL, ids=CODES)
def test_records_agree_with_unicode(language: Language) -> None:
    locale = Locale.parse(language.locale)
    assert locale.language == language.code
    assert language.direction == locale.text_direction.replace("left-to-right", "ltr").replace("right-to-left", "rtl")
    assert language.name.lower() == str(locale.get_language_name()).lower()


@pytest.mark.parametrize(
    ("code", "numbers", "forms"),
    [
        ("en", (0, 1, 2), (1, 0, 1)),
        ("fr", (0, 1, 2), (0, 0, 1)),
        ("uk", (1, 2, 5, 11, 21, 22), (0, 1, 2, 2, 0, 1)),
        ("pl", (1, 2, 5, 11, 21, 22), (0, 1, 2, 2, 2, 1)),
        ("ar", (0, 1, 2, 3, 11, 100), (0, 1, 2, 3, 4, 5)),
    ],
)
def test_plural_rules(code: str, numbers: tuple[int, ...], forms: tuple[int, ...]) -> None:
    record = next(language for language in ALL if language.code == code)
    choose = gettext.c2py(record.plural_forms.split("plural=")[1].rstrip(";"))
    assert tuple(map(choose, numbers)) == forms


def test_settings_hand_the_records_on() -> None:
    assert [code for code, _name in settings.LANGUAGES] == CODES
    assert [code for code, _name in settings.CONTENT_LANGUAGES] == CODES
    assert settings.MODELTRANSLATION_FALLBACK_LANGUAGES == {"default": ("en",), "ca": ("es", "en")}
    assert conf().legacy_encodings == {language.code: language.legacy_encoding for language in ALL}


@pytest.mark.parametrize("font", sorted(name for names in FONTS.values() for name in names))
def test_fonts_are_among_the_packages(font: str) -> None:
    package = font.removesuffix("-wght-normal").rpartition("-")[0]
    assert (PROJECT / f"node_modules/@fontsource-variable/{package}/files/{font}.woff2").is_file()


def test_styles_know_the_languages_in_arabic_letters() -> None:
    css = (PROJECT / "home/static_src/css/tokens.css").read_text(encoding="utf-8")
    styled = {code for codes in re.findall(r"^:lang\(([\w, -]+)\) \{", css, re.MULTILINE) for code in codes.split(", ")}
    assert styled == {language.code for language in ALL if language.script == "arabic"}


def test_nothing_lists_the_languages_again() -> None:
    """Neither the codes in a row nor their number in words; demo texts hold each language by its key."""
    row = re.compile(r"""\bde["']?, ["']?fr["']?, ["']?nl["']?, |\bthirteen languages\b""", re.IGNORECASE)
    listed = {
        path.relative_to(PROJECT).as_posix()
        for path in committed_files()
        if path.suffix != ".po" and row.search(path.read_text(encoding="utf-8"))
    }
    assert listed == set()


def test_the_default_language_has_a_record() -> None:
    assert languages.DEFAULT in CODES
