"""Readers of settings: each takes a text and returns a value, or raises ``ValueError`` saying what it must be.

Further arguments are the limits that the setting is declared with. No text is empty.
"""

import ipaddress
import re
import shutil
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

YES = {"1", "yes", "true", "on"}
NO = {"0", "no", "false", "off"}
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
HOST_NAME = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})*")
MIN_SECRET_CHARS = 50  # the length Django's deployment check asks for


def boolean(text: str) -> bool:
    """Read yes or no."""
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise ValueError("yes or no")


def integer(text: str, least: int, most: int) -> int:
    """Read a whole number between ``least`` and ``most``."""
    if re.fullmatch(r"[0-9]{1,12}", text) and least <= int(text) <= most:
        return int(text)
    raise ValueError(f"a whole number from {least} to {most}")


def choice(text: str, *words: str) -> str:
    """Read one word out of ``words``, in any case."""
    for word in words:
        if word.casefold() == text.casefold():
            return word
    raise ValueError("one of " + ", ".join(words))


def host(text: str) -> str:
    """Read an IP address or a host name."""
    try:
        return str(ipaddress.ip_address(text.strip("[]")))
    except ValueError:
        if HOST_NAME.fullmatch(text):
            return text
    raise ValueError("an IP address or a host name")


def names(text: str) -> tuple[str, ...]:
    """Read host names separated by commas; a leading dot stands for every name below."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in found:
        try:
            host(name.removeprefix("."))
        except ValueError:
            raise ValueError("host names separated by commas, without scheme or port") from None
    return found


def url(text: str, *schemes: str) -> str:
    """Read an absolute address with one of ``schemes``; a slash at the end goes."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and parts.hostname and (parts.port or 1)
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("an address that starts with " + " or ".join(f"{scheme}://" for scheme in schemes))
    return text.rstrip("/")


def folder(text: str, start: Path) -> Path:
    """Read a folder; a relative one begins at ``start``, and it need not exist yet."""
    path = (start / Path(text).expanduser()).resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("a folder")
    return path


def executable(text: str) -> str:
    """Read a programme's path or its name on PATH."""
    found = shutil.which(str(Path(text).expanduser()))
    if found is None:
        raise ValueError("a program that exists and can be run")
    return str(Path(found).absolute())


def prefix(text: str) -> str:
    """Read the path before other paths, from slash to slash."""
    if not re.fullmatch(r"/([A-Za-z0-9._-]+/)+", text):
        raise ValueError("a path that starts and ends with a slash, for example /protected/")
    return text


def secret(text: str) -> str:
    """Read a secret long enough to sign with."""
    if len(text) < MIN_SECRET_CHARS:
        raise ValueError(f"at least {MIN_SECRET_CHARS} characters long")
    return text


def time_zone(text: str) -> str:
    """Read the name of a time zone that this machine knows."""
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone, for example Europe/Brussels") from None


def email(text: str) -> str:
    """Read one e-mail address."""
    if re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", text):
        return text
    raise ValueError("one email address")
