"""File names that editors chose, made fit for disks, addresses and every computer that downloads them."""

import re
import unicodedata

LONGEST = 80
# Names that Windows keeps for devices, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean_name(name: str, ending: str, otherwise: str) -> str:
    """``name`` as letters and digits of any alphabet, joined by hyphens, at most 80 characters, with one ``ending``.

    Folders, control characters, marks that change the direction of writing and further endings are gone;
    ``otherwise`` stands where nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", last)
    stem = re.sub(r"[^\w]+", "-", stem).strip("-_")[:LONGEST].strip("-_") or otherwise
    if _DEVICES.fullmatch(stem):
        stem = f"{otherwise}-{stem}"
    return f"{stem}.{ending}"


def ending_of(name: str) -> str:
    """The last ending in lower case, without its dot; empty without one."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
