"""The image upload form: what is stored is the cleaned image, in every view of Wagtail.

The file is changed in place: Wagtail keeps the same object when another field of the form has an error.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.file_names import clean_file_name
from home.i18n.formats import format_file_size
from home.images.cleaning import clean_image
from home.upload_errors import FileCode
from home.upload_fields import CheckedUploadField, use_field_class


class ImageUploadField(CheckedUploadField, WagtailImageField):
    """Replaces the uploaded image by the one that ``home.images.cleaning`` re-encoded."""

    too_large = FileCode.IMAGE_TOO_LARGE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Translators: size is e.g. "20 MB".
        self.help_text = _("JPEG, PNG or WebP, up to %(size)s. We remove location and camera data.") % {
            "size": format_file_size(self.max_upload_size)
        }

    def accept(self, file: UploadedFile) -> None:
        image = clean_image(self.read_upload(file))
        file.seek(0)
        file.truncate()
        file.write(image.data)
        file.flush()
        file.seek(0)
        file.size = len(image.data)
        file.name = clean_file_name(str(file.name), image.extension, "picture")
        file.content_type = image.content_type


class ImageUploadForm(BaseImageForm):
    """Wagtail's image form with our file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_field_class(self, "file", ImageUploadField)
