"""Error codes of images and documents, with their messages; those of videos are in ``media_pipeline.error_texts``.

Each message says what is wrong with the file, each advice what to do about it.
"""

from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from media_pipeline import api

_JPEG = _("Open it in a photo app, save it as a JPEG or PNG and upload that file.")
_COPY = _("Copy it again from the source and upload that copy.")
_PDF = _("Open it in the program it was made with, save it as a PDF and upload that file.")
_PACK = _("Create the ZIP file again with simple file names, or save the document again. Then upload that file.")
_PARTS = _("Upload a file with less in it, or upload the contents one by one.")


class FileCode(StrEnum):
    """What can be wrong with an image or a document; each code has its ``text``."""

    text: api.ErrorText

    def __new__(cls, code: str, message: Any, advice: Any) -> Self:
        member = str.__new__(cls, code)
        member._value_, member.text = code, api.ErrorText(message, advice)
        return member

    FILE_EMPTY = "file_empty", _("This file is empty."), _COPY
    FILE_NO_ROOM = (
        "file_no_room",
        _("There isn’t enough space left on this site for this file."),
        _("Keep your file and tell the site administrator. Upload it when there is space again."),
    )
    # Images.
    NOT_AN_IMAGE = "not_an_image", _("We can’t read this file as a picture."), _JPEG
    IMAGE_IS_VIDEO = (
        "image_is_video",
        _("This is a video, not a picture."),
        _("Upload it as a clip. If it is part of a Live Photo, upload the photo: the file that ends in .heic or .jpg."),
    )
    IMAGE_FORMAT = "image_format", _("Some browsers can’t show this picture format, so we can’t use it."), _JPEG
    IMAGE_DAMAGED = "image_damaged", _("This picture is damaged or incomplete."), _COPY
    IMAGE_TOO_LARGE = (
        "image_too_large",
        _("This picture is too large for this archive."),
        _("Save it in a smaller size, for example 4000 pixels wide, and upload that copy."),
    )
    IMAGE_TOO_SMALL = "image_too_small", _("This picture is too small."), _("Upload the original, not a thumbnail.")
    # Documents.
    DOCUMENT_FORMAT = "document_format", _("We can’t use this document format."), _PDF
    DOCUMENT_TOO_LARGE = (
        "document_too_large",
        _("This document is too large for this archive."),
        _("Save it with smaller pictures, or upload it in parts."),
    )
    DOCUMENT_MACROS = (
        "document_macros",
        _("This document contains macros, which can be harmful."),
        _("Save it without macros or as a PDF and upload that file."),
    )
    DOCUMENT_ACTIVE_CONTENT = (
        "document_active_content",
        _("This document loads or runs something by itself when someone opens it."),
        _PDF,
    )
    NOT_A_DOCUMENT = "not_a_document", _("The content doesn’t match the file type."), _PDF
    NOT_A_PDF = "not_a_pdf", _("This file isn’t a PDF."), _PDF
    PDF_ACTIVE_CONTENT = (
        "pdf_active_content",
        _("This PDF contains scripts that run when someone opens it."),
        _("Open it and print it as a new PDF. The copy looks the same and has no scripts. Upload that copy."),
    )
    PDF_PASSWORD = (
        "pdf_password",
        _("This PDF is protected by a password, so we can’t check it."),
        _("Save it without a password and upload that file."),
    )
    PDF_DAMAGED = "pdf_damaged", _("This PDF is damaged or incomplete."), _COPY
    ARCHIVE_DAMAGED = "archive_damaged", _("This ZIP file or document is damaged, incomplete or protected."), _PACK
    ARCHIVE_TOO_LARGE = "archive_too_large", _("The contents of this file are far larger than the file itself."), _PARTS
    ARCHIVE_TOO_MANY = "archive_too_many", _("This file contains too many files."), _PARTS
    ARCHIVE_UNSAFE_NAME = (
        "archive_unsafe_name",
        _("Some names in this file could overwrite other files when it is unpacked."),
        _PACK,
    )


FILE_ERROR_TEXTS = {code: code.text for code in FileCode}


class RefusedFileError(Exception):
    """An image or document that is refused. ``detail`` is for developers."""

    def __init__(self, code: FileCode, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
