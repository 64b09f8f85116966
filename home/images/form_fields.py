"""The image upload form: what is stored is the cleaned image, in every view of Wagtail.

The file is changed in place: Wagtail keeps the same object when another field of the form has an error.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.file_names import clean_file_name
from home.i18n.formats import format_file_size
from home.images.cleaning import clean_image
from home.upload_errors import FileCode, RefusedFileError, as_validation_error
from home.upload_fields import read_upload, replace_content, with_field_class


class ImageUploadField(WagtailImageField):
    """Replaces the uploaded image by the one that ``home.images.cleaning`` re-encoded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)
        self.help_text = _("JPEG, PNG or WebP, up to %(size)s. We remove location and camera data.") % {
            "size": format_file_size(self.max_upload_size)
        }

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        try:
            image = clean_image(read_upload(file, self.max_upload_size, FileCode.IMAGE_TOO_LARGE))
        except RefusedFileError as refusal:
            raise as_validation_error(refusal) from refusal
        replace_content(file, image.data)
        file.name = clean_file_name(str(file.name), image.extension, "picture")
        file.content_type = image.content_type
        return file


class ImageUploadForm(BaseImageForm):
    """Wagtail's image form with our file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = with_field_class(self.fields["file"], ImageUploadField)
