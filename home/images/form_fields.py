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

# An iPhone converts a picture to JPEG unless HEIC is named, and desktops that don't know the type go by the ending.
ACCEPTED_IMAGES = (
    "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,.jpg,.jpeg,.png,.webp,.heic,.heif,.hif,.avif"
)


class ImageUploadField(CheckedUploadField, WagtailImageField):
    """Replaces the uploaded image by the one that ``home.images.cleaning`` re-encoded."""

    too_large = FileCode.IMAGE_TOO_LARGE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widget.attrs["accept"] = ACCEPTED_IMAGES
        # Translators: size is e.g. "20 MB".
        self.help_text = _("JPEG, PNG, WebP, HEIC or AVIF, up to %(size)s. We remove location and camera data.") % {
            "size": format_file_size(self.max_upload_size)
        }
        # Said by the uploader for several, in the browser, of a file whose name ends otherwise.
        self.error_messages["invalid_image_extension"] = _(
            "We can’t use this file as a picture. Upload a JPEG, PNG, WebP, HEIC or AVIF. Upload videos as clips."
        )

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


def name_accepted_images() -> None:
    """Make the uploader for several say what is accepted: Wagtail's own list has no endings, and no setting."""
    from wagtail.images.views import multiple

    multiple.get_accept_attributes = lambda: ACCEPTED_IMAGES
