"""Checks of uploaded documents: the content is what the name says, and nothing in it acts by itself.

PDFs and archives are parsed in processes with limits, nothing is unpacked to a disk, and nothing is ever shown in place
(see ``home/media/documents.py``); this protects the people who download it.
"""

import json
from typing import Any

from home.upload_errors import FileCode, RefusedFileError
from home.upload_inspection import inspect_upload
from media_pipeline import api

OFFICE_MARKS = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
}

# What the inspection of one file may use: the largest that are taken here need a fraction of it.
INSPECTION_LIMITS = api.ProcessLimits(
    wall_s=20, cpu_s=10, memory_bytes=1 << 30, file_bytes=1 << 20, stdout_bytes=8 << 20
)


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
    finding = _inspect("home.documents.inspect_pdf", data, FileCode.PDF_DAMAGED, FileCode.PDF_DAMAGED)
    if found := finding.get("active"):
        raise RefusedFileError(FileCode.PDF_ACTIVE_CONTENT, found)
    if found := finding.get("locked"):
        raise RefusedFileError(FileCode.PDF_PASSWORD, found)
    if "damaged" in finding or b"%%EOF" not in data or b"startxref" not in data:
        raise RefusedFileError(FileCode.PDF_DAMAGED, finding.get("damaged", "no end"))


def _check_office(data: bytes, mark: str) -> None:
    """Office files are archives with a list of contents; which application made them shows in their first entries."""
    if not data.startswith(b"PK"):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    contents = _check_archive(data)
    if mark.endswith("/"):
        matches = {"[Content_Types].xml", mark} <= set(contents["roots"])
    else:
        matches = contents["mimetype"].startswith(mark)
    if not matches:
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
    if contents["macros"]:
        raise RefusedFileError(FileCode.DOCUMENT_MACROS)
    if contents["active"]:
        raise RefusedFileError(FileCode.DOCUMENT_ACTIVE_CONTENT, contents["active"])


def _check_archive(data: bytes) -> dict[str, Any]:
    module = "home.documents.inspect_archive"
    contents = _inspect(module, data, FileCode.ARCHIVE_DAMAGED, FileCode.ARCHIVE_TOO_LARGE)
    if refused := contents.get("refused"):
        code, detail = refused
        raise RefusedFileError(FileCode(code), detail)
    return contents


def _inspect(module: str, data: bytes, unreadable: FileCode, too_much_work: FileCode) -> dict[str, Any]:
    printed = inspect_upload(module, data, INSPECTION_LIMITS, unreadable=unreadable, too_much_work=too_much_work)
    findings: dict[str, Any] = json.loads(printed)
    return findings


def _check_text(data: bytes) -> None:
    """Text in UTF-8, UTF-16 or a code page: no zero bytes but those of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if b"\0" in data or data.startswith((b"%PDF-", b"PK\x03\x04", b"MZ", b"\x7fELF")):
        raise RefusedFileError(FileCode.NOT_A_DOCUMENT)
