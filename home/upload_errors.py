"""Error codes of images and documents, with their messages; those of videos are in ``media_pipeline.error_texts``.

Each message says what is wrong with the file, each advice what to do about it.
"""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media_pipeline import api


class FileCode(StrEnum):
    """What can be wrong with an image or a document."""

    FILE_EMPTY = "file_empty"
    FILE_NO_ROOM = "file_no_room"
    # Images.
    NOT_AN_IMAGE = "not_an_image"
    IMAGE_FORMAT = "image_format"
    IMAGE_DAMAGED = "image_damaged"
    IMAGE_TOO_LARGE = "image_too_large"
    IMAGE_TOO_SMALL = "image_too_small"
    # Documents.
    DOCUMENT_FORMAT = "document_format"
    DOCUMENT_TOO_LARGE = "document_too_large"
    DOCUMENT_MACROS = "document_macros"
    NOT_A_DOCUMENT = "not_a_document"
    NOT_A_PDF = "not_a_pdf"
    PDF_ACTIVE_CONTENT = "pdf_active_content"
    PDF_DAMAGED = "pdf_damaged"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    ARCHIVE_TOO_MANY = "archive_too_many"
    ARCHIVE_UNSAFE_NAME = "archive_unsafe_name"


_JPEG = _("Open it in a photo app, save it as a JPEG or PNG and upload that file.")
_COPY = _("Copy it again from the source and upload that copy.")
_PDF = _("Open it in the program it was made with, save it as a PDF and upload that file.")
_PACK = _("Create the ZIP file again with simple file names, or save the document again. Then upload that file.")
_PARTS = _("Upload a file with less in it, or upload the contents one by one.")

FILE_ERROR_TEXTS: dict[str, api.ErrorText] = {
    FileCode.FILE_EMPTY: api.ErrorText(_("This file is empty."), _COPY),
    FileCode.FILE_NO_ROOM: api.ErrorText(
        _("There isn’t enough space left on this site for this file."),
        _("Keep your file and tell the site administrator. Upload it when there is space again."),
    ),
    FileCode.NOT_AN_IMAGE: api.ErrorText(_("We can’t read this file as a picture."), _JPEG),
    FileCode.IMAGE_FORMAT: api.ErrorText(_("Some browsers can’t show this picture format, so we can’t use it."), _JPEG),
    FileCode.IMAGE_DAMAGED: api.ErrorText(_("This picture is damaged or incomplete."), _COPY),
    FileCode.IMAGE_TOO_LARGE: api.ErrorText(
        _("This picture is too large for this archive."),
        _("Save it in a smaller size, for example 4000 pixels wide, and upload that copy."),
    ),
    FileCode.IMAGE_TOO_SMALL: api.ErrorText(
        _("This picture is too small."),
        _("Upload the original, not a thumbnail."),
    ),
    FileCode.DOCUMENT_FORMAT: api.ErrorText(_("We can’t use this document format."), _PDF),
    FileCode.DOCUMENT_TOO_LARGE: api.ErrorText(
        _("This document is too large for this archive."),
        _("Save it with smaller pictures, or upload it in parts."),
    ),
    FileCode.DOCUMENT_MACROS: api.ErrorText(
        _("This document contains macros, which can be harmful."),
        _("Save it without macros or as a PDF and upload that file."),
    ),
    FileCode.NOT_A_DOCUMENT: api.ErrorText(_("The content doesn’t match the file type."), _PDF),
    FileCode.NOT_A_PDF: api.ErrorText(_("This file isn’t a PDF."), _PDF),
    FileCode.PDF_ACTIVE_CONTENT: api.ErrorText(
        _("This PDF contains scripts that run when someone opens it."),
        _("Open it and print it as a new PDF. The copy looks the same and has no scripts. Upload that copy."),
    ),
    FileCode.PDF_DAMAGED: api.ErrorText(_("This PDF is damaged or incomplete."), _COPY),
    FileCode.ARCHIVE_DAMAGED: api.ErrorText(_("This ZIP file or document is damaged, incomplete or protected."), _PACK),
    FileCode.ARCHIVE_TOO_LARGE: api.ErrorText(
        _("The contents of this file are far larger than the file itself."), _PARTS
    ),
    FileCode.ARCHIVE_TOO_MANY: api.ErrorText(_("This file contains too many files."), _PARTS),
    FileCode.ARCHIVE_UNSAFE_NAME: api.ErrorText(
        _("Some names in this file could overwrite other files when it is unpacked."), _PACK
    ),
}


class RefusedFileError(Exception):
    """An image or document that is refused. ``detail`` is for developers."""

    def __init__(self, code: FileCode, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code


def as_validation_error(refusal: RefusedFileError) -> ValidationError:
    """The refusal as an error of the form: what happened, what to do, and the code."""
    words = FILE_ERROR_TEXTS[refusal.code]
    return ValidationError(f"{words.message} {words.advice} ({refusal.code.value})", code=refusal.code.value)
