"""Documents from outside: taken only when the content is what the name says, and nothing in it acts by itself.

Nothing is unpacked here, and nothing is ever shown in place (see ``home/media/documents.py``); this protects the people
who download it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from home.upload_errors import FileCode, RefusedFileError

OFFICE = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
}
ENTRIES_MAX = 5000
RATIO_MAX = 200  # text packs 20 times, deflate's best is 1030
UNPACKED_MAX = 1 << 30
RATIO_MATTERS_FROM = 16 << 20
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|basic/.*\.xml|scripts/.+)$", re.IGNORECASE)

# Names of actions that do more than move about in the document. #xx spells a letter of a name.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)\b|javascript\s*:", re.IGNORECASE)
_STREAMS = re.compile(rb"(?<!end)stream\r?\n.*?endstream", re.DOTALL)
_STREAM = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)
_INFLATED_MAX = 8 << 20
_STREAMS_MAX = 2000


def check_document(data: bytes, ending: str) -> None:
    """Look at a document of a type that is allowed. Raises RefusedFileError with what is wrong."""
    if not data:
        raise RefusedFileError(FileCode.FILE_EMPTY)
    if ending == "pdf":
        _check_pdf(data)
    elif ending in OFFICE:
        _check_office(data, OFFICE[ending])
    elif ending == "zip":
        _check_archive(data)
    else:
        _check_text(data)


def _check_pdf(data: bytes) -> None:
    # Readers look for the mark in the first kilobyte, so that is what a PDF is.
    if b"%PDF-" not in data[:1024]:
        raise RefusedFileError(FileCode.NOT_A_PDF)
    # Packed bytes hold every short word by chance, so pictures and fonts are left out.
    for part in (_STREAMS.sub(b"", data), *_object_streams(data)):
        found = _ACTIVE.search(_spelt_out(part))
        if found:
            raise RefusedFileError(FileCode.PDF_ACTIVE_CONTENT, found[0].decode("latin-1"))
    if b"%%EOF" not in data or b"startxref" not in data:
        raise RefusedFileError(FileCode.PDF_DAMAGED)


def _spelt_out(part: bytes) -> bytes:
    return re.sub(rb"#([0-9a-fA-F]{2})", lambda hexed: bytes([int(hexed[1], 16)]), part)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The compressed objects of a PDF, where actions can hide; each up to 8 MiB, what cannot be inflated is skipped."""
    whole = memoryview(data)
    for place, found in enumerate(_STREAM.finditer(data)):
        if place == _STREAMS_MAX:
            raise RefusedFileError(FileCode.PDF_DAMAGED, "too many streams")
        try:
            packed = whole[found.end() : found.end() + _INFLATED_MAX]
            yield zlib.decompressobj().decompress(packed, _INFLATED_MAX)
        except zlib.error:
            continue


def _check_office(data: bytes, mark: str) -> None:
    """Office files are archives with a list of contents; which application made them shows in their first entries."""
    if not data.startswith(b"PK"):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    archive = _check_archive(data)
    names = archive.namelist()
    if mark.endswith("/"):
        fits = "[Content_Types].xml" in names and any(name.startswith(mark) for name in names)
    else:
        fits = "mimetype" in names and _read(archive, "mimetype", 200).startswith(mark.encode())
    if not fits:
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    if any(_MACROS.search(name) for name in names):
        raise RefusedFileError(FileCode.DOCUMENT_MACROS)


def _check_archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError) as problem:
        raise RefusedFileError(FileCode.ARCHIVE_DAMAGED, repr(problem)) from problem
    if len(entries) > ENTRIES_MAX:
        raise RefusedFileError(FileCode.ARCHIVE_TOO_MANY, f"{len(entries)} entries")
    _check_names(entries)
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_MAX or (total > RATIO_MATTERS_FROM and total > RATIO_MAX * len(data)):
        raise RefusedFileError(FileCode.ARCHIVE_TOO_LARGE, f"{total} bytes from {len(data)}")
    for entry in entries:
        _check_size(archive, entry)
    return archive


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Nothing outside its folder, nothing twice (on any disk), no links."""
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise RefusedFileError(FileCode.ARCHIVE_UNSAFE_NAME, "a name stands twice")
    for entry in entries:
        name = entry.filename
        outside = ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name)
        link = entry.external_attr >> 28 == 0o12
        if outside or link or not name.isprintable():
            raise RefusedFileError(FileCode.ARCHIVE_UNSAFE_NAME, repr(name))


def _check_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """An entry holds what the list says, and its checksum is right."""
    # Locked by a password, or packed in a rare way whose unpacking could want any amount of memory: not looked at.
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return
    left = entry.file_size
    try:
        with archive.open(entry) as content:
            while block := content.read(1 << 20):
                left -= len(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as problem:
        raise RefusedFileError(FileCode.ARCHIVE_DAMAGED, repr(problem)) from problem
    if left:
        raise RefusedFileError(FileCode.ARCHIVE_DAMAGED, f"{entry.filename}: {left} bytes other than said")


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as content:
        return content.read(most)


def _check_text(data: bytes) -> None:
    """Text in UTF-8, UTF-16 or a code page: no zero bytes but those of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if b"\0" in data or data.startswith((b"%PDF-", b"PK\x03\x04", b"MZ", b"\x7fELF")):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
