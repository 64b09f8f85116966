"""Names of languages and countries, and the direction a language is read in.

Names come from Unicode's CLDR (by way of Babel), so that a city may bring clips in a language nobody has translated
the buttons into.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True)
class LanguageLabel:
    """A code with its name in its own language, ``dir`` as in HTML."""

    code: str
    name: str
    dir: str


def interface_languages() -> list[str]:
    """Codes of the languages the buttons speak, in the order of the setting."""
    return [code for code, _name in settings.LANGUAGES]


def current_language() -> str:
    """Code of the language the page is being made in."""
    return get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def locale_of(code: str) -> Locale | None:
    """CLDR's data for a language, of ours the variety that its record names; None where CLDR has none."""
    try:
        return Locale.parse(settings.LANGUAGE_LOCALES.get(code, code).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def current_locale() -> Locale:
    """CLDR's data for the language the page is being made in."""
    return locale_of(current_language()) or Locale.parse(settings.LANGUAGE_LOCALES[settings.LANGUAGE_CODE])


@lru_cache(maxsize=1024)
def native_name(code: str) -> str:
    """The language's name in itself, "Català"; the code where nobody knows it. Our setting wins over CLDR."""
    configured = {**dict(settings.CONTENT_LANGUAGES), **dict(settings.LANGUAGES)}
    if code in configured:
        return str(configured[code])
    locale = locale_of(code)
    name = locale.get_language_name() if locale else None
    return name[:1].upper() + name[1:] if name else code


@lru_cache(maxsize=4096)
def language_name_in(code: str, reader: str) -> str:
    """The language's name as a reader of ``reader`` writes it inside a sentence: "Catalan", "katalanisch"."""
    locale = locale_of(reader)
    found = locale.languages.get(code.replace("-", "_")) if locale else None
    return found or native_name(code)


def language_name(code: str) -> str:
    """The language's name in the page's language."""
    return language_name_in(code, current_language())


@lru_cache(maxsize=4096)
def country_name_in(code: str, reader: str) -> str:
    """A country's name for a reader of ``reader``, from its ISO 3166 code; the code where it is unknown."""
    locale = locale_of(reader)
    return (locale.territories.get(code.upper()) if locale else None) or code


def country_name(code: str) -> str:
    """A country's name in the page's language."""
    return country_name_in(code, current_language())


@lru_cache(maxsize=256)
def direction(code: str) -> str:
    """``rtl`` or ``ltr``."""
    locale = locale_of(code)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def language_label(code: str) -> LanguageLabel:
    """The language as a value for templates."""
    return LanguageLabel(code, native_name(code), direction(code))
