"""The forms by which pictures and documents come in: what is stored is what was checked, in every way through Wagtail.

The file is changed in place: Wagtail keeps the very same object when another field of the form needs another look.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.file_names import clean_file_name
from home.i18n.formats import format_file_size
from home.images.cleaning import clean_picture
from home.upload_errors import FileCode, RefusedFileError, as_form_error
from home.upload_fields import _bytes_of, _exchanged, _replace


class PictureField(WagtailImageField):
    """A picture as ``home.images.cleaning`` draws it afresh."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)
        self.help_text = _(
            "JPEG, PNG or WebP, up to %(size)s. Where and with what it was taken is removed from the file."
        ) % {"size": format_file_size(self.max_upload_size)}

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        try:
            picture = clean_picture(_bytes_of(file, self.max_upload_size, FileCode.IMAGE_TOO_LARGE))
        except RefusedFileError as refusal:
            raise as_form_error(refusal) from refusal
        _replace(file, picture.data)
        file.name = clean_file_name(str(file.name), picture.ending, "picture")
        file.content_type = picture.content_type
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form of a picture, with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchanged(self.fields["file"], PictureField)
