"""What the upload fields for images and documents share."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from home.upload_errors import FileCode, RefusedFileError


def read_upload(file: UploadedFile, max_bytes: int, too_large: FileCode) -> bytes:
    """The uploaded bytes. Raises RefusedFileError when there are more than ``max_bytes`` or the disk was full."""
    if (file.size or 0) > max_bytes:
        raise RefusedFileError(too_large, f"{file.size} bytes")
    try:
        data: bytes = file.read()
        file.seek(0)
    except OSError as problem:
        raise RefusedFileError(FileCode.FILE_NO_ROOM, repr(problem)) from problem
    return data


def replace_content(file: UploadedFile, data: bytes) -> None:
    """Let ``file`` hold ``data`` from now on."""
    file.seek(0)
    file.truncate()
    file.write(data)
    file.flush()
    file.seek(0)
    file.size = len(data)


def with_field_class(field: forms.Field, field_class: type[forms.Field]) -> forms.Field:
    """``field`` as one of ``field_class``, with the same label and widget."""
    return field_class(label=field.label, required=field.required, widget=field.widget)
