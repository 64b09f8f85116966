"""Looks for active content in the PDF on standard input and prints what it found as JSON.

Run as ``python -m home.documents.inspect_pdf`` in a process with limits; it imports nothing of Django or the project,
so that uploaded PDFs are parsed there and nowhere else.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

# Names of actions that do more than navigate, as a key or as a value.
ACTIVE_NAMES = frozenset({"/JavaScript", "/JS", "/Launch", "/RichMedia"})
ADDRESS_KEYS = frozenset({"/URI", "/Base", "/F", "/UF"})
MAX_PDFS_IN_PDFS = 3


def inspect_pdf(data: bytes, level: int = 0) -> dict[str, str]:
    """``{"active": name}``, ``{"locked": reason}`` when a password is needed, ``{"damaged": reason}``, else ``{}``.

    An encrypted PDF that opens without a password is inspected like any other.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for key, value in _entries(pdf):
                if name := _active_name(key, value):
                    return {"active": name}
                for embedded in _embedded_pdfs(key, value):
                    if level == MAX_PDFS_IN_PDFS:
                        return {"damaged": "PDFs within PDFs"}
                    if finding := inspect_pdf(embedded, level + 1):
                        return finding
    except pikepdf.PasswordError as problem:
        return {"locked": str(problem)}
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, MemoryError) as problem:
        return {"damaged": str(problem) or repr(problem)}
    return {}


def _entries(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Every key of the file's dictionaries with its value, and every item of its arrays with an empty key.

    ``pdf.objects`` also has what was packed into object streams. Nothing recurses: nesting is the uploader's choice.
    """
    waiting = [pdf.trailer, *pdf.objects]
    while waiting:
        container = waiting.pop()
        if isinstance(container, pikepdf.Array):
            entries = [("", value) for value in container]
        elif isinstance(container, (pikepdf.Dictionary, pikepdf.Stream)):
            entries = [(key, container[key]) for key in container.keys()]  # noqa: SIM118 - iterating is deprecated
        else:
            continue
        yield from entries
        waiting += [value for _key, value in entries if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _active_name(key: str, value: Any) -> str:
    """What in this entry acts by itself; empty for nothing."""
    if key in ACTIVE_NAMES:
        return key
    if isinstance(value, pikepdf.Name) and str(value) in ACTIVE_NAMES:
        return str(value)
    if key in ADDRESS_KEYS and isinstance(value, pikepdf.String):
        # Readers skip blanks and control characters in an address.
        address = "".join(str(value).split()).casefold()
        return "javascript:" if address.startswith("javascript:") else ""
    return ""


def _embedded_pdfs(key: str, value: Any) -> Iterator[bytes]:
    if key == "/EF" and isinstance(value, pikepdf.Dictionary):
        for name in value.keys():  # noqa: SIM118
            if isinstance(value[name], pikepdf.Stream) and b"%PDF-" in (data := value[name].read_bytes())[:1024]:
                yield data


if __name__ == "__main__":
    json.dump(inspect_pdf(sys.stdin.buffer.read()), sys.stdout)
