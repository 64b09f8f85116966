"""Looks into the ZIP file or office document on standard input, and prints what is wrong with it as JSON.

Run as ``python -m home.documents.inspect_archive`` in a process with limits; it imports nothing of Django or the
project. Nothing is unpacked to a disk. Every entry is read once, so that it holds what the list of entries says of it.
"""

import io
import json
import re
import sys
import zipfile
import zlib

MAX_ARCHIVE_ENTRIES = 5000
MAX_LIST_BYTES = MAX_ARCHIVE_ENTRIES * 1000  # of the list of entries: names of 900 characters
MAX_ARCHIVE_RATIO = 200  # text packs 20 times, deflate's best is 1030
MAX_UNPACKED_BYTES = 1 << 30
MIN_BYTES_FOR_RATIO = 16 << 20
MAX_PATH_CHARS = 1000  # Windows ends at 260
_END_OF_LIST = b"PK\x05\x06"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError, RuntimeError,
    KeyError, IndexError,
)  # fmt: skip
_MACRO_FILES = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic", "scripts")  # of OpenDocument
_XML_ENDINGS = (".xml", ".rels", ".vml")
# What programs fetch or run when they open the document: entities, links to other programs, templates from elsewhere.
_ACTIVE_MARKS = (b"<!ENTITY", b"<ddeLink", b"dde-connection", b"dde-source", b"dde-link", b"script:event-listener")
_TAG_AND_TEXT = re.compile(rb"<([^<>]*)>([^<]*)")
_INSTRUCTION = re.compile(rb":instr=[\"']([^\"']*)")


class ArchiveError(Exception):
    """What is wrong: a code of ``home.upload_errors``, and a detail for developers."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)


def inspect_archive(data: bytes) -> dict[str, object]:
    """The files and folders at the top (``roots``), the ``mimetype`` that the archive names, ``macros`` and what else
    acts by itself in an office document (``active``, empty for nothing).

    Raises ArchiveError: archive_damaged, archive_too_many, archive_unsafe_name, archive_too_large.
    """
    end = data.rfind(_END_OF_LIST)
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > MAX_LIST_BYTES:
        raise ArchiveError("archive_too_many", "the list of entries is too long")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _DAMAGE as problem:
        raise ArchiveError("archive_damaged", repr(problem)) from problem
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        raise ArchiveError("archive_too_many", f"{len(entries)} entries")
    _check_names(entries)
    _check_sizes(entries, len(data))
    found = [_read(archive, entry) for entry in entries]
    return {
        "roots": sorted({"".join(entry.filename.partition("/")[:2]) for entry in entries}),
        "mimetype": _mimetype(archive),
        "macros": any(is_macro(entry.filename) for entry in entries),
        "active": next(filter(None, found), ""),
    }


def is_macro(name: str) -> bool:
    """Whether office programs keep macros under this name."""
    *folders, last = name.casefold().split("/")
    return last in _MACRO_FILES or (bool(last) and any(folder in _MACRO_FOLDERS for folder in folders))


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Nothing outside its folder, nothing twice (on any disk), no links."""
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise ArchiveError("archive_unsafe_name", "a name stands twice")
    for entry in entries:
        name = entry.filename
        outside = ".." in name.replace("\\", "/").split("/") or name.startswith(("/", "\\")) or name[1:2] == ":"
        link = entry.external_attr >> 28 == 0o12
        if outside or link or len(name) > MAX_PATH_CHARS or not name.isprintable():
            raise ArchiveError("archive_unsafe_name", repr(name[:100]))


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Entries that lie upon one another would be unpacked again and again: little to send, much to do."""
    if sum(entry.compress_size for entry in entries) > size:
        raise ArchiveError("archive_damaged", "entries lie upon one another")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES or (total > MIN_BYTES_FOR_RATIO and total > MAX_ARCHIVE_RATIO * size):
        raise ArchiveError("archive_too_large", f"{total} bytes from {size}")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Read an entry to its end; what acts by itself in it, if it is XML."""
    # Locked by a password, or packed in a rare way whose unpacking could want any amount of memory: not looked at.
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return ""
    left, blocks, keep = entry.file_size, [], entry.filename.casefold().endswith(_XML_ENDINGS)
    try:
        with archive.open(entry) as content:
            while block := content.read(1 << 20):
                left -= len(block)
                if keep:
                    blocks.append(block)
    except _DAMAGE as problem:
        raise ArchiveError("archive_damaged", repr(problem)) from problem
    if left:
        raise ArchiveError("archive_damaged", f"{entry.filename}: {left} bytes other than said")
    return active_xml(b"".join(blocks)) if keep else ""


def active_xml(xml: bytes) -> str:
    """What in an XML part of an office document acts by itself; empty for nothing."""
    text = xml.replace(b"\0", b"") if b"\0" in xml[:200] else xml  # UTF-16
    for mark in _ACTIVE_MARKS:
        if mark in text:
            return mark.decode().lstrip("<")
    if b"instrText" in text or b":instr=" in text or b"attachedTemplate" in text:
        return _active_tag(text)
    return ""


def _active_tag(text: bytes) -> str:
    codes = bytearray()
    for match in _TAG_AND_TEXT.finditer(text):
        tag, words = match.groups()
        if b"attachedTemplate" in tag and b"target='http" in tag.lower().replace(b'"', b"'"):
            return "attachedTemplate"
        if b"instrText" in tag:  # a field's code may be cut into several runs
            codes += words
        elif instruction := _INSTRUCTION.search(tag):
            codes += instruction[1]
    return "DDE" if b"DDE" in codes.upper() else ""


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as content:
            return content.read(200).decode("ascii", "replace")
    except _DAMAGE:
        return ""


if __name__ == "__main__":
    try:
        answer = inspect_archive(sys.stdin.buffer.read())
    except ArchiveError as problem:
        answer = {"refused": problem.args}
    except MemoryError as problem:
        answer = {"refused": ("archive_too_large", repr(problem))}
    json.dump(answer, sys.stdout)
