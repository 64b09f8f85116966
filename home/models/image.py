"""Images with the credit they are owed."""

from threading import BoundedSemaphore

from django.core.files.images import get_image_dimensions
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, WagtailImageFieldFile
from wagtail.search import index

from .choices import Licence
from .saved_in_original import SaveInOriginalLanguage

# An upload of 24 million pixels (see home.images.reencode) takes 100 MB while it is scaled; not one for every thread.
_SCALING = BoundedSemaphore(2)


class _PictureFile(WagtailImageFieldFile):
    """Wagtail decodes the whole picture to learn its size: 370 MB for a large WebP, in each thread that takes one."""

    def get_image_dimensions(self):
        """Width and height, as the header says."""
        return get_image_dimensions(self)


class _RemoveMetadata:
    """The last operation of every rendition: location and camera data stay out of it."""

    def run(self, willow, image, env):
        for name in ("exif", "xmp", "comment"):
            willow.image.info.pop(name, None)


class _PublicFilter(Filter):
    """The filter of a public rendition. The image is turned upright before its operations run."""

    @property
    def filter_operations(self):
        return [*super().filter_operations, _RemoveMetadata()]


class Picture(SaveInOriginalLanguage, AbstractImage):
    """An image that names who took it and what others may do with it."""

    photographer = models.CharField(_("photographer"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.ALL_RIGHTS)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("Describe the picture for people who can’t see it."),
    )

    # Wagtail's, and tags among which one may search: its chooser offers both at once.
    search_fields = [
        *AbstractImage.search_fields,
        index.RelatedFields(
            "tags", [index.SearchField("name", boost=10), index.AutocompleteField("name"), index.FilterField("name")]
        ),
    ]
    admin_form_fields = (*Image.admin_form_fields, "photographer", "licence")

    def generate_rendition_file(self, filter, *, source=None):
        with _SCALING:
            return super().generate_rendition_file(_PublicFilter(filter.spec), source=source)

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


Picture._meta.get_field("file").attr_class = _PictureFile


class PictureRendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]
