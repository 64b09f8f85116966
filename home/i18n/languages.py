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


def language_name(code: str) -> str:
    """The language's name as the page's language writes it inside a sentence: "Catalan", "katalanisch"."""
    return current_locale().languages.get(code.replace("-", "_")) or native_name(code)


def country_name(code: str) -> str:
    """A country's name in the page's language, from its ISO 3166 code; the code where it is unknown."""
    return current_locale().territories.get(code.upper()) or code


@lru_cache(maxsize=256)
def direction(code: str) -> str:
    """``rtl`` or ``ltr``."""
    locale = locale_of(code)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def language_label(code: str) -> LanguageLabel:
    """The language as a value for templates."""
    return LanguageLabel(code, native_name(code), direction(code))
