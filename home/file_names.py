"""File names fit for disks, addresses and every computer that downloads them: those that editors chose, and ours."""

import re
import unicodedata
from urllib.parse import quote

from anyascii import anyascii

MAX_NAME_CHARS = 80
MAX_DOWNLOAD_NAME_BYTES = 120  # bytes before the ending: Linux allows 255, encrypted disks and archives less
# Names that Windows keeps for devices, with any extension.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)

_JOINERS = "\u200c\u200d"  # zero width, and part of how Persian and some pictures are spelt
_SEPARATORS = re.compile(r"[/\\|:]+")
_FORBIDDEN = re.compile(r'[*?"<>]+')


def clean_file_name(name: str, ending: str, otherwise: str) -> str:
    """``name`` as letters and digits of any alphabet, joined by hyphens, at most 80 characters, with one ``ending``.

    Folders, control characters, marks that change the direction of writing and further endings are gone;
    ``otherwise`` is the name where nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", last)
    stem = re.sub(r"[^\w]+", "-", stem).strip("-_")[:MAX_NAME_CHARS].strip("-_") or otherwise
    if _DEVICES.fullmatch(stem):
        stem = f"{otherwise}-{stem}"
    return f"{stem}.{ending}"


def extension_of(name: str) -> str:
    """The last ending in lower case, without its dot; empty without one."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def clip_file_name(title: str, city: str, public_id: str, ending: str) -> str:
    """``Genk – Who are we (Polyphony 7Kd…).mp4``: what people find again among their files.

    Fit for Windows, macOS and Linux, in any alphabet, at most 120 bytes of UTF-8 before ``ending`` (with its dot).
    """
    head = " – ".join(part for part in (_spelt(city), _spelt(title)) if part)
    if _DEVICES.fullmatch(head.partition(".")[0].strip()):
        head = f"Polyphony – {head}"
    mark = f"Polyphony {public_id}"
    if not head:
        return f"{mark}{ending}"
    return f"{_cut(head, MAX_DOWNLOAD_NAME_BYTES - len(mark.encode()) - 3)} ({mark}){ending}"


def attachment_header(name: str) -> str:
    """``Content-Disposition`` of a download: its name in ASCII for old programs, and as it is (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "", anyascii(name))
    plain = " ".join(plain.split())[-200:].lstrip(" .-")
    header = f'attachment; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def _spelt(text: str) -> str:
    """A title without the characters that no file name may hold, in one line, beginning with a letter or mark."""
    text = unicodedata.normalize("NFC", text).replace(": ", " – ")
    text = _FORBIDDEN.sub("", _SEPARATORS.sub("-", text))
    text = "".join(_printable(character) for character in text)
    return " ".join(unicodedata.normalize("NFC", text).split()).strip(" .-~")


def _printable(character: str) -> str:
    """The character itself, a space for one that ends lines, nothing for what cannot be seen."""
    kind = unicodedata.category(character)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind.startswith("C") and character not in _JOINERS else character


def _cut(text: str, size: int) -> str:
    """``text`` in at most ``size`` bytes of UTF-8, cut between words where there are some, never inside a letter."""
    if len(text.encode()) <= size:
        return text
    ellipsis = "…"
    kept = text.encode()[: size - len(ellipsis.encode())].decode("utf-8", "ignore")
    rest = text[len(kept) :]
    while kept and rest and (unicodedata.combining(rest[0]) or rest[0] in _JOINERS):
        kept, rest = kept[:-1], kept[-1] + rest
    words = kept.rpartition(" ")[0] if not rest.startswith(" ") else kept
    return (words if len(words) > len(kept) // 2 else kept).rstrip(f" .,;–-{_JOINERS}") + ellipsis
