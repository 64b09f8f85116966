"""The same page in another language: addresses, the menu of languages, and what search engines are told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from home.i18n.fields import languages_of
from home.i18n.languages import current_language, direction, interface_languages, native_name


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


def has_language_prefix(path: str) -> bool:
    """Whether an address says in which language its page is."""
    return path.lstrip("/").partition("/")[0] in interface_languages()


def path_in_language(path: str, code: str) -> str:
    """The same path below the prefix of another language; only the first segment differs."""
    _first, slash, rest = path.lstrip("/").partition("/")
    if has_language_prefix(path):
        return f"/{code}{slash}{rest}"
    return f"/{code}/{path.lstrip('/')}"


def language_menu(request: HttpRequest, written_in: list[str] | None = None) -> list[SwitchEntry]:
    """Every interface language with the address of this very page, its query kept.

    An address without a language stays the same but for its ``?lang=``. ``written_in`` are the languages the page's
    own text exists in; None means that it is made of the interface's words alone and exists in all.
    """
    if not has_language_prefix(request.path):
        return language_menu_by_query(request)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return _entries(lambda code: path_in_language(request.path, code) + query, written_in)


def language_menu_by_query(request: HttpRequest) -> list[SwitchEntry]:
    """``language_menu`` for addresses without a language: the same address with another ``?lang=``."""

    def address(code: str) -> str:
        query = request.GET.copy()
        query["lang"] = code
        return f"{request.path}?{query.urlencode()}"

    return _entries(address)


def _entries(address: Callable[[str], str], written_in: list[str] | None = None) -> list[SwitchEntry]:
    here = current_language()
    return [
        SwitchEntry(
            code=code,
            name=native_name(code),
            dir=direction(code),
            url=address(code),
            current=code == here,
            has_content=written_in is None or code in written_in,
        )
        for code in interface_languages()
    ]


def requested_language(request: HttpRequest) -> str:
    """The interface language that ``?lang=`` asks for where an address carries none; empty for none we speak."""
    code = request.GET.get("lang", "").strip().lower()
    offered = interface_languages()
    return next((known for known in (code, code.partition("-")[0]) if known in offered), "")


def written_languages(page: Any) -> list[str]:
    """Interface languages in which the page's headline exists."""
    offered = interface_languages()
    return [code for code in languages_of(page, "headline") if code in offered]


def language_links(page: Any, path: str) -> list[LanguageLink]:
    """The languages a page's own text exists in, each with the page that shows it so."""
    return [LanguageLink(code, native_name(code), path_in_language(path, code)) for code in written_languages(page)]


def hreflang_alternates(base: str, path: str, codes: list[str], original: str) -> list[tuple[str, str]]:
    """``(hreflang, absolute address)``: the languages the text really exists in, and the original for everybody else.

    A page that falls back to another language is no translation, and search engines are not told that it is one.
    """
    if not codes:
        return []
    languages = {code: code for code in codes} | {"x-default": original if original in codes else codes[0]}
    return [(name, base + path_in_language(path, code)) for name, code in languages.items()]


def canonical_url(base: str, path: str, codes: list[str], shown: str | None) -> str:
    """The address search engines should keep: this one, or that of the language the text is really shown in."""
    here = current_language()
    keep = here if here in codes or shown not in codes else shown
    return base + path_in_language(path, keep)
