"""Names of uploaded files."""

import unicodedata


def display_name(name: str) -> str:
    """A file name as people may see it: the last part, without control characters, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()[:255]
