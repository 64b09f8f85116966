"""What the upload fields for images and documents share."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from home.upload_errors import FileCode, RefusedFileError


class CheckedUploadField(forms.FileField):
    """A file field that hands each upload to ``accept``. Mixed in before Wagtail's field, whose checks it replaces."""

    max_upload_size: int
    too_large: ClassVar[FileCode]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)

    def accept(self, file: UploadedFile) -> None:
        """Check the file and change it as it is to be kept, or raise RefusedFileError."""
        raise NotImplementedError

    def to_python(self, data: Any) -> Any:
        """The accepted file. A refusal is an error of the form: what happened, what to do, and the code."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        try:
            self.accept(file)
        except RefusedFileError as refusal:
            words = refusal.code.text
            sentence = f"{words.message} {words.advice} ({refusal.code.value})"
            raise ValidationError(sentence, code=refusal.code.value) from refusal
        return file

    def read_upload(self, file: UploadedFile) -> bytes:
        """The uploaded bytes. Raises RefusedFileError when there are too many or the disk was full."""
        if (file.size or 0) > self.max_upload_size:
            raise RefusedFileError(self.too_large, f"{file.size} bytes")
        try:
            data: bytes = file.read()
            file.seek(0)
        except OSError as problem:
            raise RefusedFileError(FileCode.FILE_NO_ROOM, repr(problem)) from problem
        return data


def use_field_class(form: forms.BaseForm, name: str, field_class: type[CheckedUploadField]) -> None:
    """Let the form's field ``name``, where it has one, be one of ``field_class`` with the same label and widget."""
    if name in form.fields:
        field = form.fields[name]
        form.fields[name] = field_class(label=field.label, required=field.required, widget=field.widget)
