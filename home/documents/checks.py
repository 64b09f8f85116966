"""Checks of uploaded documents: the content is what the name says, and nothing in it acts by itself.

Nothing is unpacked here, and nothing is ever shown in place (see ``home/media/documents.py``); this protects the people
who download it.
"""

import io
import json
import re
import zipfile
import zlib

from home.upload_errors import FileCode, RefusedFileError
from media_pipeline import api

OFFICE_MARKS = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
}
MAX_ARCHIVE_ENTRIES = 5000
MAX_ARCHIVE_RATIO = 200  # text packs 20 times, deflate's best is 1030
MAX_UNPACKED_BYTES = 1 << 30
MIN_BYTES_FOR_RATIO = 16 << 20
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|basic/.*\.xml|scripts/.+)$", re.IGNORECASE)


# What the inspection of one PDF may use: the largest that are taken here need a fraction of it.
_PDF_LIMITS = api.ProcessLimits(wall_s=30, cpu_s=20, memory_bytes=2 << 30, file_bytes=1 << 20, stdout_bytes=1 << 16)
_TOO_MUCH_WORK = (api.ErrorCode.TIMEOUT, api.ErrorCode.TOO_MUCH_WORK, api.ErrorCode.OUT_OF_MEMORY)


def check_document(data: bytes, ending: str) -> None:
    """Check a document of an allowed type. Raises RefusedFileError with what is wrong."""
    if not data:
        raise RefusedFileError(FileCode.FILE_EMPTY)
    if ending == "pdf":
        _check_pdf(data)
    elif ending in OFFICE_MARKS:
        _check_office(data, OFFICE_MARKS[ending])
    elif ending == "zip":
        _check_archive(data)
    else:
        _check_text(data)


def _check_pdf(data: bytes) -> None:
    # Readers look for the mark in the first kilobyte, so that is what a PDF is.
    if b"%PDF-" not in data[:1024]:
        raise RefusedFileError(FileCode.NOT_A_PDF)
    try:
        finding = json.loads(api.run_limited("home.documents.inspect_pdf", data, _PDF_LIMITS))
    except api.MediaError as problem:
        if problem.code not in _TOO_MUCH_WORK:
            raise
        finding = {"damaged": str(problem)}
    # What a password hides cannot be inspected; printed as a PDF, as the advice says, it can.
    if found := finding.get("active") or finding.get("locked"):
        raise RefusedFileError(FileCode.PDF_ACTIVE_CONTENT, found)
    if "damaged" in finding or b"%%EOF" not in data or b"startxref" not in data:
        raise RefusedFileError(FileCode.PDF_DAMAGED, finding.get("damaged", "no end"))


def _check_office(data: bytes, mark: str) -> None:
    """Office files are archives with a list of contents; which application made them shows in their first entries."""
    if not data.startswith(b"PK"):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    archive = _check_archive(data)
    names = archive.namelist()
    if mark.endswith("/"):
        matches = "[Content_Types].xml" in names and any(name.startswith(mark) for name in names)
    else:
        matches = "mimetype" in names and archive.open("mimetype").read(200).startswith(mark.encode())
    if not matches:
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    if any(_MACROS.search(name) for name in names):
        raise RefusedFileError(FileCode.DOCUMENT_MACROS)


def _check_archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError) as problem:
        raise RefusedFileError(FileCode.ARCHIVE_DAMAGED, repr(problem)) from problem
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        raise RefusedFileError(FileCode.ARCHIVE_TOO_MANY, f"{len(entries)} entries")
    _check_names(entries)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES or (total > MIN_BYTES_FOR_RATIO and total > MAX_ARCHIVE_RATIO * len(data)):
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


def _check_text(data: bytes) -> None:
    """Text in UTF-8, UTF-16 or a code page: no zero bytes but those of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if b"\0" in data or data.startswith((b"%PDF-", b"PK\x03\x04", b"MZ", b"\x7fELF")):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
