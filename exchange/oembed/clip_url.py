"""Parse the addresses of clips that people paste into other programmes. Pure: text in, values out."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from home.api import PUBLIC_ID_PATTERN

MAX_URL_CHARS = 2000
SCHEME_PORTS = {"http": 80, "https": 443}

_BY_ID = re.compile(rf"/(?:c|embed)/{PUBLIC_ID_PATTERN}(?:/use)?/?", re.ASCII)
_PAGE = re.compile(r"/(?P<language>[a-z]{2,3}(?:-[a-z0-9]{2,8})?)/(?P<path>[^\\\0]+)", re.ASCII)
# Media fragments (W3C) say "t=10,20" and "t=npt:10,20"; our own links say "t=42".
_TIMES = re.compile(r"(?:npt:)?([^,]*)(?:,(.*))?", re.DOTALL)


class InvalidUrlError(ValueError):
    """The text is no absolute web address."""


@dataclass(frozen=True)
class ClipUrl:
    """What one of our addresses points at: a clip by its id, or a page by its path below the language; never both.

    ``path`` ends with a slash. ``query`` is the playback options in the address, its fragment included.
    """

    public_id: str = ""
    path: str = ""
    language: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


def hosts_of(*addresses: str) -> frozenset[str]:
    """Hosts of base addresses as ``parse_clip_url`` compares them."""
    return frozenset(_host(urlsplit(address)) for address in addresses)


def parse_clip_url(text: str, *, hosts: Collection[str], languages: Collection[str]) -> ClipUrl | None:
    """Parse an address; None when it is not a clip's on one of ``hosts``.

    Raises UnreadableError for what is no address of http or https at all.
    """
    parts = _split(text)
    if _host(parts) not in hosts:
        return None
    query = {**_fragment(parts.fragment), **dict(parse_qsl(parts.query))}
    if match := _BY_ID.fullmatch(parts.path):
        return ClipUrl(public_id=match["public_id"], query=query)
    match = _PAGE.fullmatch(unquote(parts.path))
    if match is None or match["language"] not in languages:
        return None
    return ClipUrl(path=match["path"].rstrip("/") + "/", language=match["language"], query=query)


def _split(text: str) -> SplitResult:
    text = text.strip()
    if not text or len(text) > MAX_URL_CHARS or any(character.isspace() for character in text):
        raise InvalidUrlError
    try:
        parts = urlsplit(text)
        readable = parts.scheme in SCHEME_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError as problem:
        raise InvalidUrlError from problem
    if not readable or "@" in parts.netloc:
        raise InvalidUrlError
    return parts


def _host(parts: SplitResult) -> str:
    """Host and port, the port only where it is not what the scheme means anyway."""
    host = (parts.hostname or "").lower().rstrip(".")
    return host if parts.port in (None, SCHEME_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def _fragment(text: str) -> dict[str, str]:
    time = dict(parse_qsl(text)).get("t", "")
    match = _TIMES.fullmatch(time)
    start, end = match.groups(default="") if match else ("", "")
    return {name: value for name, value in (("t", start), ("end", end)) if value}
