"""Languages as readers meet them: their names, their direction, and the same page in another one.

Names come from Unicode's CLDR (by way of Babel), so that a city may bring clips in a language nobody has translated
the buttons into.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from home.i18n.fields import languages_of


@dataclass(frozen=True)
class Language:
    """A code with its name in its own language, ``dir`` as in HTML."""

    code: str
    name: str
    dir: str


@dataclass(frozen=True)
class SwitchEntry:
    """This page in another language. ``has_content`` says that its own text exists there, not only the buttons."""

    code: str
    name: str
    dir: str
    url: str
    current: bool
    has_content: bool


@dataclass(frozen=True)
class LanguageLink:
    """A language in which a text exists, and the page that shows it so."""

    code: str
    name: str
    url: str


@dataclass(frozen=True)
class Alternate:
    """A value for ``hreflang`` and its absolute address."""

    code: str
    url: str


def interface_languages() -> list[str]:
    """Codes of the languages the buttons speak, in the order of the setting."""
    return [code for code, _name in settings.LANGUAGES]


def current_language() -> str:
    """Code of the language the page is being made in."""
    return get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=1024)
def own_name(code: str) -> str:
    """The language's name in itself, "Català"; the code where nobody knows it. Our setting wins over CLDR."""
    configured = {**dict(settings.CONTENT_LANGUAGES), **dict(settings.LANGUAGES)}
    if code in configured:
        return str(configured[code])
    locale = _locale(code)
    name = locale.get_language_name() if locale else None
    return name[:1].upper() + name[1:] if name else code


@lru_cache(maxsize=4096)
def name_in(code: str, reader: str) -> str:
    """The language's name as a reader of ``reader`` writes it inside a sentence: "Catalan", "katalanisch"."""
    locale = _locale(reader)
    found = locale.languages.get(code.replace("-", "_")) if locale else None
    return found or own_name(code)


def name_here(code: str) -> str:
    """The language's name in the page's language."""
    return name_in(code, current_language())


@lru_cache(maxsize=4096)
def country_in(code: str, reader: str) -> str:
    """A country's name for a reader of ``reader``, from its ISO 3166 code; the code where it is unknown."""
    locale = _locale(reader)
    return (locale.territories.get(code.upper()) if locale else None) or code


def country_here(code: str) -> str:
    """A country's name in the page's language."""
    return country_in(code, current_language())


@lru_cache(maxsize=256)
def direction(code: str) -> str:
    """``rtl`` or ``ltr``."""
    locale = _locale(code)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def language(code: str) -> Language:
    """The language as a value for templates."""
    return Language(code, own_name(code), direction(code))


def in_language(path: str, code: str) -> str:
    """The same path below the prefix of another language; only the first segment differs."""
    first, slash, rest = path.lstrip("/").partition("/")
    if first in interface_languages():
        return f"/{code}{slash}{rest}"
    return f"/{code}/{path.lstrip('/')}"


def switch(request: HttpRequest, written_in: list[str] | None = None) -> list[SwitchEntry]:
    """Every interface language with the address of this very page, its query kept.

    ``written_in`` are the languages the page's own text exists in; None means that it is made of the interface's
    words alone and exists in all.
    """
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    here = current_language()
    return [
        SwitchEntry(
            code=code,
            name=own_name(code),
            dir=direction(code),
            url=in_language(request.path, code) + query,
            current=code == here,
            has_content=written_in is None or code in written_in,
        )
        for code in interface_languages()
    ]


def asked_language(request: HttpRequest) -> str:
    """The interface language that ``?lang=`` asks for where an address carries none; empty for none we speak."""
    code = request.GET.get("lang", "").strip().lower()
    offered = interface_languages()
    return next((known for known in (code, code.partition("-")[0]) if known in offered), "")


def switch_by_query(request: HttpRequest) -> list[SwitchEntry]:
    """``switch`` for addresses without a language: the same address with another ``?lang=``."""
    here, entries = current_language(), []
    for code in interface_languages():
        query = request.GET.copy()
        query["lang"] = code
        url = f"{request.path}?{query.urlencode()}"
        entries.append(SwitchEntry(code, own_name(code), direction(code), url, code == here, has_content=True))
    return entries


def written_languages(page: Any) -> list[str]:
    """Interface languages in which the page's headline exists."""
    offered = interface_languages()
    return [code for code in languages_of(page, "headline") if code in offered]


def available_languages(path: str, codes: list[str]) -> list[LanguageLink]:
    """The languages a text exists in, each with the page that shows it so."""
    return [LanguageLink(code, own_name(code), in_language(path, code)) for code in codes]


def alternates(base: str, path: str, codes: list[str], original: str) -> list[Alternate]:
    """hreflang entries: only languages the text really exists in, and the original for everybody else.

    A page that falls back to another language is no translation, and search engines are not told that it is one.
    """
    entries = [Alternate(code, base + in_language(path, code)) for code in codes]
    if not entries:
        return []
    default = original if original in codes else codes[0]
    return [*entries, Alternate("x-default", base + in_language(path, default))]


def canonical(base: str, path: str, codes: list[str], shown: str | None) -> str:
    """The address search engines should keep: this one, or that of the language the text is really shown in."""
    here = current_language()
    keep = here if here in codes or shown not in codes else shown
    return base + in_language(path, keep)
