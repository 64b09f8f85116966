"""What forms for images and documents share."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from home.upload_errors import FileCode, RefusedFileError


def _bytes_of(file: UploadedFile, most: int, too_large: FileCode) -> bytes:
    """What was sent. Raises RefusedFileError when it is more than ``most`` bytes or did not fit."""
    if (file.size or 0) > most:
        raise RefusedFileError(too_large, f"{file.size} bytes")
    try:
        data: bytes = file.read()
        file.seek(0)
    except OSError as problem:
        raise RefusedFileError(FileCode.FILE_NO_ROOM, repr(problem)) from problem
    return data


def _replace(file: UploadedFile, data: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(data)
    file.flush()
    file.seek(0)
    file.size = len(data)


def _exchanged(field: forms.Field, kind: type[forms.Field]) -> forms.Field:
    return kind(label=field.label, required=field.required, widget=field.widget)
